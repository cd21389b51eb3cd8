/**
 * One lab: the panel of one exercise, from its opening to its end. It opens only for a text that has passed; a changed file
 * is checked again first. Its runs go on while the panel is hidden and end with it.
 */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';
import type { LabDescription } from '../../harness/runs/labData';
import type { LabJob, RunHost } from '../../harness/runs/runHost';
import { hashOf } from '../../harness/sourceHash';
import type { FromLab, LabState, RunFacts, RunSnapshot, ToLab } from '../../webview/labProtocol';
import type { CheckSession } from '../check/checkSession';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import { folderFiles } from '../learner/folderFiles';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import { labPolicy, labResources } from '../pages/labPolicy';
import { openPlace } from '../pages/openPlace';
import { resourceRoots, shellHtml } from '../pages/shell';
import type { Platform } from '../platform';
import { checkSettings } from '../settings';
import { messageOf } from '../words';
import { LabRuns } from './labRuns';
import type { RunText } from './labRuns';
import { csvOf } from './runCsv';

export interface LabPageOptions extends Pick<Platform, 'load'> {
  readonly extension: vscode.Uri;
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly session: CheckSession;
  readonly work: LearnerWork;
  readonly log: vscode.LogOutputChannel;
  /** What labs run in; made when the first lab is opened. */
  readonly host: () => Promise<RunHost>;
}

/** A lab whose text has passed. */
interface Loaded {
  readonly learnerText: string;
  readonly description: LabDescription;
  /** For a run. */
  readonly runs: LabRuns | undefined;
  /** What there is to know about runs here. */
  readonly note: string | undefined;
}

export class LabPage extends Disposer {
  #ready = false;
  #state: LabState = { kind: 'empty', sentence: '' };
  #loaded: Loaded | undefined;
  #isStale = false;
  /** A check is under way that was asked for here. */
  #isChecking = false;
  #isLoading = false;
  #isClosed = false;
  /** Once there can be views. */
  #drawGraphs: ((message: ToLab) => ToLab) | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly exercise: Exercise,
    private readonly options: LabPageOptions,
  ) {
    super();
    const { extension, work } = options;
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'course.svg');
    this.own(panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)));
    this.own(work.onDidChangeStates(() => void this.#follow()));
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    panel.webview.html = shellHtml({
      webview: panel.webview,
      extension,
      ...labResources,
      title: vscode.l10n.t('Ground Up Lab'),
      policy: labPolicy,
    });
  }

  /** Decides what there is to show, checking a changed file first. */
  async open(): Promise<void> {
    const { work } = this.options;
    if (!vscode.workspace.isTrusted) {
      return this.#lock(
        vscode.l10n.t('The lab runs the code in this folder, and the folder is not trusted. Trust it to open the lab.'),
      );
    }
    await work.load();
    switch (work.stateOf(this.exercise)) {
      case 'passed':
        return await this.#load();
      case 'passedThenChanged':
        return await this.#check();
      case 'notStarted':
      case 'inProgress':
      case 'skipped':
        return this.#lock(
          vscode.l10n.t('The lab opens once your own work has passed. Check {0}.ts first.', this.exercise.id),
        );
    }
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** Resolves when what its runs told is kept. */
  async settled(): Promise<void> {
    await this.#loaded?.runs?.settled();
  }

  /** Called when the panel is gone: what was going is interrupted, and can go on when the lab is opened again. */
  async close(): Promise<void> {
    const runs = this.#loaded?.runs;
    const going = runs?.going ?? [];
    this.dispose();
    await runs?.settled();
    if (going.length > 0) {
      const names = going.map(({ number }) => number).join(', ');
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'The lab of {0} was closed, so its runs were interrupted: {1}. Open it again, and they can go on.',
          this.exercise.title,
          names,
        ),
      );
    }
  }

  /** When the window goes, nobody is there to be told. */
  override dispose(): void {
    this.#isClosed = true;
    void this.#loaded?.runs?.close();
    super.dispose();
  }

  #lock(sentence: string, options: { readonly checking?: boolean } = {}): void {
    const { id, title } = this.exercise;
    this.#show({ kind: 'locked', exercise: id, title, sentence, checking: options.checking ?? false });
  }

  async #check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      this.#lock(vscode.l10n.t('Your file has changed since it passed. It is being checked again.'), {
        checking: true,
      });
      const report = await this.options.session.check(this.exercise.id);
      if (report?.verdict === 'passed') {
        await this.#load();
      } else {
        this.#lock(
          vscode.l10n.t(
            'The present text of {0}.ts has not passed. The results say what is missing.',
            this.exercise.id,
          ),
        );
      }
    } finally {
      this.#isChecking = false;
    }
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const text = await this.#text();
      const host = await this.options.host();
      const { description } = await describe(host, text.job);
      if (this.#isClosed) return;
      const runs = description.kind === 'run' ? (this.#loaded?.runs ?? (await this.#runs(host))) : undefined;
      runs?.compareWith(text.version);
      this.#loaded = { learnerText: text.job.learner.text, description, runs, note: host.note };
      this.#isStale = false;
      this.#showLoaded();
    } catch (error) {
      this.#lock(messageOf(error));
    } finally {
      this.#isLoading = false;
    }
  }

  async #runs(host: RunHost): Promise<LabRuns> {
    const { folder, load } = this.options;
    const { archivePath, readArchive, writeArchive, mostRuns, drawGraphs } = await load();
    this.#drawGraphs = drawGraphs;
    const root = await folder.locate();
    const files = root === undefined ? undefined : folderFiles(root);
    const path = archivePath(this.exercise.id);
    const kept = await files?.readText(path).catch(() => undefined);
    const save = async (runs: readonly RunSnapshot[]): Promise<void> => {
      if (files === undefined) return;
      const temporary = `${path}.tmp`;
      await files.writeText(temporary, writeArchive(runs));
      await files.rename(temporary, path);
    };
    const post = (message: ToLab): void => this.#post(message);
    return new LabRuns({ host, post, save, mostRuns }, kept === undefined ? [] : readArchive(kept));
  }

  /** The present text, with all that belongs to it. */
  async #text(): Promise<RunText> {
    const { library, work } = this.options;
    const text = await work.textOf(this.exercise.id);
    if (text === undefined) throw new Error(vscode.l10n.t('{0}.ts is not there any more.', this.exercise.id));
    const job = await library.labJob({
      exercise: this.exercise,
      text,
      earlierWork: (earlier) => work.passedTextOf(earlier),
      ...checkSettings(),
    });
    const version = hashOf([job.lab, text, ...job.earlier.map((one) => one.text)].join('\n')).slice(0, 12);
    const earlier: RunFacts['earlier'] = job.earlier.map(({ exercise, author }) => ({ exercise, author }));
    return { job, version, earlier };
  }

  #showLoaded(): void {
    const { description, runs, note } = this.#loaded ?? {};
    const { id: exercise, title } = this.exercise;
    if (description === undefined) return;
    if (description.kind === 'kernels') {
      this.#show({ kind: 'kernels', exercise, title, kernels: description.kernels });
      return;
    }
    const { settings, curves, questions } = description;
    const stale = vscode.l10n.t(
      'Your file has changed since it passed. It is checked again before the next run; runs that are going keep the text they began with.',
    );
    this.#show({
      kind: 'run',
      exercise,
      title: description.title,
      settings,
      curves,
      questions,
      runs: runs?.snapshots() ?? [],
      ...(this.#isStale ? { note: stale } : note === undefined ? {} : { note }),
    });
  }

  /** The file was edited, or passed again. */
  async #follow(): Promise<void> {
    const loaded = this.#loaded;
    if (this.#isChecking || this.#isLoading || this.#isClosed) return;
    const state = this.options.work.stateOf(this.exercise);
    if (loaded === undefined) {
      if (state === 'passed' && vscode.workspace.isTrusted) await this.#load();
      return;
    }
    const text = await this.options.work.textOf(this.exercise.id).catch(() => undefined);
    const isSame = text === loaded.learnerText;
    if (isSame ? !this.#isStale : this.#isStale && state !== 'passed') return;
    if (!isSame && state === 'passed') return await this.#load();
    this.#isStale = !isSame;
    if (this.#isStale && loaded.description.kind === 'kernels') {
      this.#lock(vscode.l10n.t('Your file has changed since it passed. Check it, and its kernels race again.'));
    } else {
      this.#showLoaded();
    }
  }

  async #receive(received: unknown): Promise<void> {
    const { readFromLab } = await this.options.load();
    const message = readFromLab(received);
    if (message === undefined || this.#isClosed) return;
    try {
      await this.#act(message);
    } catch (error) {
      void vscode.window.showErrorMessage(messageOf(error));
    }
  }

  async #act(message: FromLab): Promise<void> {
    const runs = this.#loaded?.runs;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (this.#loaded !== undefined && this.#state.kind === 'run') this.#showLoaded();
        else this.#post({ type: 'state', state: this.#state });
        return;
      case 'start':
        // It is checked again first.
        if (this.#isStale) await this.#check();
        if (!this.#isStale) say(this.#loaded?.runs?.start(message, await this.#text()));
        return;
      case 'pause':
        return runs?.pause(message.run);
      case 'resume':
        say(runs?.resume(message.run, await this.#text()));
        return;
      case 'stop':
        return runs?.stop(message.run);
      case 'remove':
        return runs?.remove(message.run);
      case 'ask':
        return runs?.ask(message, await this.#text());
      case 'exportCsv':
        return await this.#exportCsv(message.run);
      case 'exportPng':
        return await saveAs(message.png, { name: message.name, extension: 'png', folder: this.options.folder });
      case 'openPlace':
        return await openPlace(message, this.options);
      case 'check':
        return await this.#check();
      case 'problem':
        this.options.log.warn(message.sentence);
        return;
      default:
        message satisfies never;
    }
  }

  async #exportCsv(id: string): Promise<void> {
    const { description, runs } = this.#loaded ?? {};
    const run = runs?.snapshots().find(({ facts }) => facts.id === id);
    if (run === undefined || description?.kind !== 'run') return;
    const bytes = new TextEncoder().encode(csvOf(run, description.curves));
    const name = `${this.exercise.id.replace('/', '-')}-run-${run.facts.number}`;
    await saveAs(bytes, { name, extension: 'csv', folder: this.options.folder });
  }

  #show(state: LabState): void {
    this.#state = state;
    this.#post({ type: 'state', state });
  }

  #post(message: ToLab): void {
    // What comes before the page is ready is in the state that it is sent then.
    if (!this.#ready || this.#isClosed) return;
    void this.panel.webview.postMessage(this.#drawGraphs?.(message) ?? message);
  }
}

/** Reads what a lab declares. Rejects with the sentence of what is wrong. */
async function describe(host: RunHost, job: LabJob): Promise<{ readonly description: LabDescription }> {
  return await new Promise((resolve, reject) => {
    const process = host.open(job, (event) => {
      if (event.kind === 'described') resolve(event);
      else if (event.kind === 'failed') reject(new Error(event.failure.sentence));
      process.end();
    });
  });
}

function say(refused: string | undefined): void {
  if (refused !== undefined) void vscode.window.showInformationMessage(refused);
}

interface SaveOptions {
  readonly name: string;
  readonly extension: 'csv' | 'png';
  readonly folder: LearnerFolder;
}

async function saveAs(bytes: Uint8Array, { name, extension, folder }: SaveOptions): Promise<void> {
  const root = await folder.locate();
  const file = `${name.replace(/[^\w.-]+/g, '-')}.${extension}`;
  const target = await vscode.window.showSaveDialog({
    ...(root === undefined ? {} : { defaultUri: vscode.Uri.joinPath(root, file) }),
    filters: extension === 'csv' ? { CSV: ['csv'] } : { PNG: ['png'] },
  });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, bytes);
}
