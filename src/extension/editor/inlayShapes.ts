/** The shapes that a function was given and gave back in the last check, beside its parameters, until the text changes. */
import * as vscode from 'vscode';
import type { CallShapes } from '../../harness/report';
import type { CheckSession } from '../check/checkSession';
import { Disposer } from '../disposables';
import type { LearnerWork } from '../learner/learnerWork';
import { editorSettings } from '../settings';
import { exerciseDocuments } from './exerciseFunctions';
import type { ExerciseFunctions, PlacedFunction } from './exerciseFunctions';

export interface InlayShapesOptions {
  readonly functions: ExerciseFunctions;
  readonly session: CheckSession;
  readonly work: LearnerWork;
}

export class InlayShapes extends Disposer implements vscode.InlayHintsProvider {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.changed.event;

  constructor(private readonly options: InlayShapesOptions) {
    super();
    this.own(vscode.languages.registerInlayHintsProvider(exerciseDocuments, this));
    this.own(options.session.onDidChange(() => this.changed.fire()));
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('groundup.inlayShapes')) this.changed.fire();
      }),
    );
  }

  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    if (!editorSettings().inlayShapes) {
      return [];
    }
    const { functions, session, work } = this.options;
    const exercise = await functions.exerciseAt(document.uri);
    const known = exercise === undefined ? undefined : session.reportOf(exercise.id);
    // VS Code asks again the moment a text changes, which may be before the session has noticed.
    if (exercise === undefined || known === undefined || !work.isText(document.getText(), known.report)) {
      return [];
    }
    const placed = await functions.inDocument(document, exercise.id);
    return (known.report.shapes ?? []).flatMap((shapes) => {
      const at = placed.find(({ name }) => name === shapes.function);
      return at === undefined ? [] : hintsOf(at, shapes).filter(({ position }) => range.contains(position));
    });
  }
}

function hintsOf(placed: PlacedFunction, shapes: CallShapes): vscode.InlayHint[] {
  const hint = (position: vscode.Position, label: string): vscode.InlayHint => {
    const made = new vscode.InlayHint(position, label);
    made.paddingLeft = true;
    made.tooltip = vscode.l10n.t('As in the last check: “{0}”', shapes.check);
    return made;
  };
  const given = placed.parameterEnds.flatMap((end, index) => {
    const shape = shapes.arguments[index];
    return shape === undefined || shape === null ? [] : [hint(end, shape)];
  });
  const { close } = placed;
  return close === undefined || shapes.result === undefined ? given : [...given, hint(close, `→ ${shapes.result}`)];
}
