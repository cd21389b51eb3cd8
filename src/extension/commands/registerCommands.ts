/** The commands by their names, with the one place where what goes wrong in any of them is said. */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';
import type { CheckSession } from '../check/checkSession';
import { messageOf } from '../words';
import type { ExerciseDebugger } from '../debug/exerciseDebugger';
import type { OverviewPanel } from '../pages/overviewPanel';
import type { Platform } from '../platform';
import { addCourse } from './addCourse';
import type { ExerciseCommands } from './exerciseCommands';
import type { PortableProgress } from './portableProgress';
import type { TryItView } from '../trial/tryItView';
import { exerciseOfArgument, pickExercise } from './target';
import type { TargetOptions } from './target';

export interface CommandOptions extends TargetOptions {
  readonly commands: ExerciseCommands;
  readonly exerciseDebugger: ExerciseDebugger;
  readonly load: Platform['load'];
  readonly overview: OverviewPanel;
  readonly portable: PortableProgress;
  readonly session: CheckSession;
  readonly tryIt: TryItView;
}

export function registerCommands(options: CommandOptions): vscode.Disposable {
  const { active, commands, exerciseDebugger, load, overview, portable, session, tryIt } = options;
  const register = (
    name: string,
    run: (argument: unknown, further: unknown) => Promise<void> | void,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(`groundup.${name}`, async (argument: unknown, further: unknown) => {
      try {
        await run(argument, further);
      } catch (error) {
        void vscode.window.showErrorMessage(messageOf(error));
      }
    });
  /** For commands about one exercise: the argument, else the active one, else one that is picked. */
  const forExercise = (name: string, run: (exercise: Exercise, further: unknown) => Promise<void>): vscode.Disposable =>
    register(name, async (argument, further) => {
      const exercise =
        (await exerciseOfArgument(argument, options)) ??
        active.current ??
        (await pickExercise(options, vscode.l10n.t('Which exercise?')));
      if (exercise !== undefined) {
        await run(exercise, further);
      }
    });
  return vscode.Disposable.from(
    register('openExercise', async (argument) => {
      const exercise =
        (await exerciseOfArgument(argument, options)) ??
        (await pickExercise(options, vscode.l10n.t('Open which exercise?')));
      if (exercise !== undefined) {
        await commands.open(exercise);
      }
    }),
    forExercise('checkSolution', (exercise) => commands.check(exercise)),
    forExercise('debugExercise', (exercise, sentence) =>
      exerciseDebugger.debug(exercise, typeof sentence === 'string' ? sentence : undefined),
    ),
    forExercise('tryIt', (exercise, sentence) =>
      tryIt.open(exercise, typeof sentence === 'string' ? sentence : undefined),
    ),
    forExercise('showLesson', (exercise, step) =>
      commands.showLesson(exercise, typeof step === 'string' ? { step } : {}),
    ),
    forExercise('openLab', (exercise) => commands.openLab(exercise)),
    forExercise('skipExercise', (exercise) => commands.skip(exercise)),
    forExercise('unskipExercise', (exercise) => commands.unskip(exercise)),
    forExercise('showHint', (exercise) => commands.hint(exercise)),
    forExercise('resetExercise', (exercise) => commands.reset(exercise)),
    forExercise('showSolution', (exercise) => commands.showSolution(exercise)),
    register('nextExercise', async (argument) =>
      commands.openNext((await exerciseOfArgument(argument, options)) ?? active.current),
    ),
    register('continue', () => commands.continue()),
    register('showProgress', () => overview.show()),
    register('exportProgress', (to) => portable.export(to instanceof vscode.Uri ? to : undefined)),
    register('importProgress', (from) => portable.import(from instanceof vscode.Uri ? from : undefined)),
    register('addCourse', (folder) => addCourse(load, folder instanceof vscode.Uri ? folder : undefined)),
    register('cancelCheck', () => session.cancel()),
  );
}
