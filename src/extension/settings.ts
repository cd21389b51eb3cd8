/** The learner's settings, read when they are needed and brought within their bounds whatever a file says. */
import * as vscode from 'vscode';
import { defaultLimits, limitsFor } from '../harness/submission';
import type { Limits, Submission } from '../harness/submission';

export interface CheckSettings {
  readonly backend: Submission['backend'];
  readonly limits: Limits;
}

export function checkSettings(): CheckSettings {
  const settings = vscode.workspace.getConfiguration('groundup');
  const backend: unknown = settings.get('backend');
  const callMs =
    1_000 *
    bounded(settings.get('limits.callSeconds'), { low: 0.5, high: 60, otherwise: defaultLimits.callMs / 1_000 });
  const megabytes = bounded(settings.get('limits.memoryMegabytes'), {
    low: 384,
    high: 8_192,
    otherwise: defaultLimits.memoryBytes / 2 ** 20,
  });
  return {
    backend: backend === 'loops' || backend === 'gpu.js' ? backend : 'auto',
    limits: limitsFor({ callMs, memoryBytes: megabytes * 2 ** 20 }),
  };
}

export interface EditorSettings {
  /** Whether each function to write has its actions above it. */
  readonly codeLens: boolean;
  /** Whether the shapes of the last check stand beside the parameters. */
  readonly inlayShapes: boolean;
}

export function editorSettings(): EditorSettings {
  const settings = vscode.workspace.getConfiguration('groundup');
  return { codeLens: settings.get('codeLens') !== false, inlayShapes: settings.get('inlayShapes') !== false };
}

/** The folder that the learner has named for a data set of the course, if any: `groundup.digits.folder` for `digits`. */
export function ownDataFolder(name: string): string | undefined {
  const folder: unknown = vscode.workspace.getConfiguration('groundup').get(`${name}.folder`);
  return typeof folder === 'string' && folder.trim() !== '' ? folder.trim() : undefined;
}

/** The folders of courses that the learner has added, each once. Relative ones mean nothing and are left out. */
export function addedCourseFolders(): readonly string[] {
  const folders: unknown = vscode.workspace.getConfiguration('groundup').get('courses');
  const paths = (Array.isArray(folders) ? folders : []).filter((path): path is string => typeof path === 'string');
  return [...new Set(paths.map((path) => path.trim()).filter((path) => /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path)))];
}

function bounded(
  value: unknown,
  range: { readonly low: number; readonly high: number; readonly otherwise: number },
): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(range.high, Math.max(range.low, value))
    : range.otherwise;
}
