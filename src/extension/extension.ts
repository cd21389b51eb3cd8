/** What the extension is made of. It constructs, registers and pushes; what each part does is said where it lives. */
import * as vscode from 'vscode';
import { ActiveExercise } from './activeExercise';
import { CheckSession } from './check/checkSession';
import { ReportStore } from './check/reportStore';
import { RunnerHost } from './check/runnerHost';
import { CodeLenses } from './editor/codeLenses';
import { ExerciseFunctions } from './editor/exerciseFunctions';
import { Hovers } from './editor/hovers';
import { InlayShapes } from './editor/inlayShapes';
import { QuickFixes } from './editor/quickFixes';
import { typeScriptOnceTrusted } from './editor/typeScriptOnceTrusted';
import { FileDecorations } from './fileDecorations';
import { ExerciseDebugger } from './debug/exerciseDebugger';
import { ExerciseCommands } from './commands/exerciseCommands';
import { PortableProgress } from './commands/portableProgress';
import { registerCommands } from './commands/registerCommands';
import { OwnData } from './course/ownData';
import { CourseLibrary } from './course/courseLibrary';
import { ExerciseFiles } from './learner/exerciseFiles';
import { LearnerFolder } from './learner/learnerFolder';
import { LearnerWork } from './learner/learnerWork';
import { TypeFiles } from './learner/typeFiles';
import { LessonPanel } from './pages/lessonPanel';
import { OverviewPanel } from './pages/overviewPanel';
import { LessonRefresh } from './pages/lessonRefresh';
import { ResultsView } from './pages/resultsView';
import type { Lazy, Platform } from './platform';
import { ProgressStore } from './progress/progressStore';
import { ApiSource } from './api';
import type { GroundUpApi } from './api';
import { SolutionDocuments, solutionScheme } from './solutionDocuments';
import { StatusBar } from './statusBar';
import { TryItView } from './trial/tryItView';
import { LabPanels } from './lab/labPanels';
import { CourseTests } from './testing/courseTests';
import { createCourseView } from './tree/courseView';
import { warmWhileActive } from './check/warmWhileActive';

export type { GroundUpApi };

let settle = (): Promise<void> => Promise.resolve();

/** Waits for what is still being written: a window may be closed or reloaded the moment an exercise has passed. */
export function deactivate(): Promise<void> {
  return settle();
}

export function activate(context: vscode.ExtensionContext, platform: Platform): GroundUpApi {
  const started = performance.now();
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const extension = context.extensionUri;
  const { version } = context.extension.packageJSON as { readonly version: string };
  // While the extension is developed its stubs change without its version; so every start counts as another build.
  const build = context.extensionMode === vscode.ExtensionMode.Production ? version : `${version}+${Date.now()}`;

  const load = (): Promise<Lazy> => platform.load();
  const data = new OwnData({ load });
  const library = own(
    new CourseLibrary({
      load,
      root: vscode.Uri.joinPath(extension, 'exercises'),
      ownData: (name, set) => data.read(name, set),
    }),
  );
  const folder = own(new LearnerFolder());
  const course = () => library.course();
  const progress = own(new ProgressStore({ course, folder, load, mirror: context.globalState }));
  const work = own(new LearnerWork({ folder, library, progress }));
  const types = new TypeFiles({ extension, version: build, library });
  const files = new ExerciseFiles({ folder, library, types });
  const runners = own(new RunnerHost(platform));
  const reports = new ReportStore(context.workspaceState, version);
  const session = own(new CheckSession({ folder, files, library, progress, work, reports, runners }));
  const { debuggee } = platform;
  const storage = context.globalStorageUri;
  const exerciseDebugger = own(new ExerciseDebugger({ debuggee, folder, library, session, storage, work }));
  const active = own(new ActiveExercise({ folder, library, work }));
  const lessons = own(new LessonPanel({ extension, active, library, load, progress, session, work }));
  const results = own(new ResultsView({ extension, folder, lessons, library, load, session }));
  const functions = new ExerciseFunctions({ folder, library });
  const tests = own(new CourseTests({ active, exerciseDebugger, folder, functions, library, progress, session, work }));
  const labs = own(new LabPanels({ extension, folder, library, load, platform, session, work }));
  settle = async () => void (await Promise.all([progress.settled(), labs.settled()]));
  const api = own(new ApiSource({ library, work, session, results, tests }));
  const commands = new ExerciseCommands({ files, folder, labs, lessons, library, progress, session, work });

  const tryIt = own(new TryItView({ extension, files, folder, library, load, progress, runners, session, work }));
  const overview = own(new OverviewPanel({ extension, folder, library, load, progress, work }));
  const portable = new PortableProgress({ folder, library, load, progress });

  own(
    registerCommands({
      active,
      commands,
      exerciseDebugger,
      folder,
      library,
      load,
      overview,
      portable,
      session,
      tryIt,
      work,
    }),
  );
  own(new LessonRefresh({ library, lessons }));
  own(createCourseView({ library, folder, progress, work }));
  own(new StatusBar({ active, library, session, work }));
  own(vscode.workspace.registerTextDocumentContentProvider(solutionScheme, new SolutionDocuments(library)));
  own(new CodeLenses({ functions, library, session }));
  own(new Hovers({ functions, library, work }));
  own(new InlayShapes({ functions, session, work }));
  own(new QuickFixes(library));
  own(new FileDecorations({ folder, library, work }));
  own(warmWhileActive({ active, files, runners }));
  own(typeScriptOnceTrusted());

  void active.refresh();
  return api.create(performance.now() - started);
}
