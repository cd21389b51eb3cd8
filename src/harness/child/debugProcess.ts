/**
 * What VS Code's debugger launches: one check in this process, without limits, the learner's own files under their own
 * names. Its verdict is said on the debug console and recorded nowhere.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { compileModule } from '../compile/compile';
import type { ModuleBody, Program } from '../compile/loader';
import { writeMappings } from '../compile/positions';
import type { PositionMap } from '../compile/positions';
import { runChecks } from '../judge/judge';
import { launchKernel } from '../realm/launch';
import type { CheckOutcome } from '../report';
import { withoutTimeLimits } from '../submission';
import type { DebugJob } from '../debug/debugJob';
import { DebugRealm } from '../debug/debugRealm';

/**
 * As a script of its own, not as a compiled function: a debugger that sees a source map holds a script before its first
 * statement until the breakpoints of the file behind it are set.
 */
function evaluate(code: string, filename: string): ModuleBody {
  return new vm.Script(`(function (exports, require) {${code}\n})`, { filename }).runInThisContext() as ModuleBody;
}

type Module = Program['modules'][number];

/** The compiled text with a source map to the file at `path`, under a name beside it: two texts cannot share one name. */
function withFile(module: Module, { path, map }: { readonly path: string; readonly map: PositionMap }): Module {
  const source = pathToFileURL(path).href;
  const sourceMap = { version: 3, sources: [source], names: [], mappings: writeMappings(map) };
  const url = `data:application/json;base64,${Buffer.from(JSON.stringify(sourceMap)).toString('base64')}`;
  return { ...module, filename: `${source}.js`, code: `${module.code}\n//# sourceMappingURL=${url}\n` };
}

/** A debugger sets the breakpoints of a file a moment after it has seen the script that came from it. */
const settlingMs = 500;

async function debug({ submission, files, input }: DebugJob): Promise<void> {
  const paths = new Map(Object.entries(files));
  const maps = new Map<string, PositionMap>();
  for (const source of [submission.learner, ...submission.earlier]) {
    const compiled = compileModule(source);
    if (compiled.ok) maps.set(source.exercise, compiled.module.map);
  }
  const realm = new DebugRealm({
    evaluate,
    launch: launchKernel,
    beforeFirstCall: () => new Promise((resolve) => setTimeout(resolve, settlingMs)),
    input,
    withFile: (module) => {
      const path = paths.get(module.id);
      const map = maps.get(module.id);
      return path === undefined || map === undefined ? module : withFile(module, { path, map });
    },
  });
  const report = await runChecks({
    submission: { ...submission, limits: withoutTimeLimits(submission.limits) },
    realm,
    evaluate,
  });
  for (const { sentence, outcome } of report.checks) console.log(`${sentence}\n  ${inWords(outcome)}`);
  if (report.checks.length === 0) console.log(report.sentence);
  if (realm.callsMet === 0) {
    console.log('  The input on which it failed did not come up again. Check the exercise once more, then debug.');
  }
}

function inWords(outcome: CheckOutcome): string {
  switch (outcome.status) {
    case 'passed':
      return 'holds.';
    case 'failed':
      return outcome.sentence;
    case 'threw':
      return `${outcome.error.name}: ${outcome.error.message}`;
    case 'notStarted':
      return `${outcome.function} is still to be written.`;
    case 'harnessFailed':
      return `The check itself failed: ${outcome.message}`;
    case 'notRun':
      return `Not run: ${outcome.because}.`;
    case 'timedOut':
    case 'outOfMemory':
      return 'was stopped.';
    default:
      return outcome satisfies never;
  }
}

const [, , jobFile = ''] = process.argv;
void debug(JSON.parse(readFileSync(jobFile, 'utf8')) as DebugJob);
