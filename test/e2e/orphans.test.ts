/** No judging process outlives the editor: not when the extension host is killed in the middle of a check, nor the server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { solutionOf, startCourse, type Course } from './course';
import { judgesOf, running } from './processes';
import { eventually } from './eventually';

const exercise = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const endless = solutionOf(exercise.id).replace(/(export function matmul\(.*\{)/, '$1\n  for (;;);');

describe('when the editor dies while an endless loop is checked', function () {
  this.timeout(300_000);
  let course: Course;

  before(function () {
    // Only Linux lists its processes in files.
    if (process.platform !== 'linux') this.skip();
  });
  beforeEach(async () => {
    course = await startCourse({ settings: { 'groundup.limits.callSeconds': 60 } });
    await course.showTree();
    await course.open(exercise);
    await course.workbench.replaceText(exercise.file, endless);
    await course.workbench.save();
  });
  afterEach(async () => {
    await course.workbench.stop();
  });

  /** Begins the check and returns the judges, once one of them has been at it for a while, and who started them. */
  async function looping(): Promise<{ readonly pids: readonly number[]; readonly host: number }> {
    await course.check();
    await eventually('a judge uses the processor', () =>
      Promise.resolve(judgesOf(course).some(({ pid }) => processorTicks(pid) > 150)),
    );
    const found = judgesOf(course);
    const [first] = found;
    assert.ok(first);
    assert.ok(found.every(({ parent }) => parent === first.parent));
    return { pids: found.map(({ pid }) => pid), host: first.parent };
  }

  function processorTicks(pid: number): number {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  }

  async function allGone(pids: readonly number[]): Promise<void> {
    await eventually('no judge is left', () => Promise.resolve(!running().some(({ pid }) => pids.includes(pid))));
  }

  it('no judge is left of an extension host that was killed', async () => {
    const { pids, host } = await looping();
    assert.match(running().find(({ pid }) => pid === host)?.command ?? '', /--type=extensionHost/);
    process.kill(host, 'SIGKILL');
    await allGone(pids);
  });

  it('no judge is left of a server that was killed', async () => {
    const { pids, host } = await looping();
    const server = running().find(({ pid }) => pid === host)?.parent;
    assert.ok(server !== undefined && server > 1 && server !== process.pid);
    assert.match(running().find(({ pid }) => pid === server)?.command ?? '', /server-main/);
    process.kill(server, 'SIGKILL');
    await allGone(pids);
  });
});
