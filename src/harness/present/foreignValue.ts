/**
 * A value of the learner's that does not cross between the realms: a function, a symbol, an instance of a class of their
 * own. All the judge ever knows of it is a description, which is enough to say what is wrong with it.
 */
export class ForeignValue {
  readonly type: string;
  readonly text: string;

  /** `type` completes the sentence "it returned …" (`a function`, `a promise`, `a Map`); `text` shows the value itself. */
  constructor(type: string, text = type) {
    this.type = type;
    this.text = text;
  }
}
