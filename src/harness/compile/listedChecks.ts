/**
 * Lists the checks of a `checks.ts` without running any of it: a course is data until its folder is trusted, and a list of
 * tests is drawn before that. A check that is not written as a plain member of what `defineChecks` is given is not seen.
 */
import type { AnyNode, Program } from 'acorn';
import type { ExerciseId } from '../../course/course';
import { exportedNames } from './moduleFacts';
import { checkedTree } from './syntax';
import { boundNames, isFunction, walk } from './walk';

export interface ListedCheck {
  readonly sentence: string;
  /** The derivation step that it tests. */
  readonly step?: string;
  /** The functions of the exercise that it uses, in the order in which they are written down there. */
  readonly functions: readonly string[];
}

export interface ListInput {
  readonly exercise: ExerciseId;
  /** The text of `checks.ts`. */
  readonly checks: string;
  /** The text of `stub.ts`. */
  readonly stub: string;
}

/** What is to be written in an exercise: the exported functions and classes of its stub that still have a TODO. */
export function functionsToWrite({ exercise, stub }: Pick<ListInput, 'exercise' | 'stub'>): readonly string[] {
  const source = checkedTree({ exercise, text: stub });
  if (!source.ok) {
    return [];
  }
  const { tree, moduleCode } = source;
  const code = exportedNames(tree).map(({ name, node }) => {
    const statement = tree.body.find(({ start, end }) => start <= node.start && node.end <= end);
    return { name, text: statement === undefined ? '' : moduleCode.slice(statement.start, statement.end) };
  });
  return code.filter(({ text }) => text.includes('TODO')).map(({ name }) => name);
}

/** The checks in the order in which they run; none where the text does not parse. */
export function listChecks({ exercise, checks, stub }: ListInput): readonly ListedCheck[] {
  const source = checkedTree({ exercise, text: checks });
  if (!source.ok) {
    return [];
  }
  const functions = functionsToWrite({ exercise, stub });
  const helpers = topLevel(source.tree);
  return membersOf(source.tree).map(({ name, value }) => {
    const step = stepOf(value);
    const used = namesIn(value, helpers);
    return {
      sentence: name,
      ...(step === undefined ? {} : { step }),
      functions: functions.filter((each) => used.has(each)),
    };
  });
}

interface Member {
  readonly name: string;
  readonly value: AnyNode;
}

/** The members of the object that is the default export, or that it passes to `defineChecks`. */
function membersOf(tree: Program): readonly Member[] {
  for (const statement of tree.body) {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      const given = declaration.type === 'CallExpression' ? declaration.arguments[0] : declaration;
      return given?.type === 'ObjectExpression' ? given.properties.flatMap(memberOf) : [];
    }
  }
  return [];
}

function memberOf(property: AnyNode): readonly Member[] {
  if (property.type !== 'Property' || property.computed) {
    return [];
  }
  const { key, value } = property;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
  return name === undefined ? [] : [{ name, value }];
}

function stepOf(check: AnyNode): string | undefined {
  const members = check.type === 'ObjectExpression' ? check.properties.flatMap(memberOf) : [];
  const step = members.find(({ name }) => name === 'step')?.value;
  return step?.type === 'Literal' && typeof step.value === 'string' ? step.value : undefined;
}

/** The functions and values that a module declares for itself, by name. */
function topLevel(tree: Program): ReadonlyMap<string, AnyNode> {
  const declared = new Map<string, AnyNode>();
  for (const statement of tree.body) {
    if (isFunction(statement) && statement.type === 'FunctionDeclaration') {
      declared.set(statement.id.name, statement);
    } else if (statement.type === 'VariableDeclaration') {
      for (const declarator of statement.declarations) {
        for (const name of boundNames(declarator.id)) {
          declared.set(name, declarator);
        }
      }
    }
  }
  return declared;
}

/** Every name that `root` mentions, through the helpers that it calls too. */
function namesIn(root: AnyNode, helpers: ReadonlyMap<string, AnyNode>): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = [root];
  for (let next = pending.pop(); next; next = pending.pop()) {
    walk(next, (node, parent) => {
      // `reference.matmul(…)` is the author's own, whatever the check is about.
      const ofReference =
        parent?.type === 'MemberExpression' &&
        parent.object.type === 'Identifier' &&
        parent.object.name === 'reference' &&
        parent.property === node;
      if (node.type === 'Identifier' && !ofReference && !names.has(node.name)) {
        names.add(node.name);
        const helper = helpers.get(node.name);
        if (helper !== undefined) {
          pending.push(helper);
        }
      }
      return undefined;
    });
  }
  return names;
}
