import assert from 'node:assert/strict';
import { Bench, loops, rightMatmul, withMatmul } from './bench';

/** A module's own `exports` and `require`, which its text may not name. */
const inside = `const inside: { exports?: unknown; require?: unknown } = { exports: arguments[0], require: arguments[1] };`;

/** Walks everything that can be reached from `roots` and names what does not belong to the realm it is run in. */
const crawler = `
${inside}
const seen = new Set<unknown>();
function foreign(roots: Record<string, unknown>): string[] {
  const found: string[] = [];
  const queue: [string, unknown][] = Object.entries(roots);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [path, value] = next;
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    if (seen.size > 20000) break;
    let root: any = value;
    for (let above = Object.getPrototypeOf(root); above !== null; above = Object.getPrototypeOf(root)) root = above;
    const own = root === Object.prototype || root === value || !('constructor' in root);
    if (!own) found.push(path);
    for (const key of Reflect.ownKeys(value as object)) {
      const d = Object.getOwnPropertyDescriptor(value, key)!;
      const name = path + '.' + String(key);
      queue.push([name, d.value], [name + ' (get)', d.get], [name + ' (set)', d.set]);
    }
    queue.push([path + '.[[prototype]]', Object.getPrototypeOf(value)]);
  }
  return found;
}
`;

describe('the walls around a learner’s code', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());
  afterEach(() => bench.nextIsRight());

  /** What `code` printed with `report(…)` while a right program ran it at each call. */
  async function printed(code: string, top = ''): Promise<string[]> {
    const body = `  const report = (...found: unknown[]) => console.log(...found);\n${code}\n${loops}`;
    const report = await bench.check(withMatmul(body, top));
    assert.equal(report.verdict, 'passed', report.sentence);
    return report.console.lines.map(({ text }) => text);
  }

  it('leave nothing to reach that belongs to another realm', async () => {
    const lines = await printed(
      `  let thrown: unknown[] = [];
  const attempts: (() => unknown)[] = [
    () => new WebAssembly.Module(new Uint8Array(1)),
    () => new WebAssembly.Memory({ initial: 1e9 } as any),
    () => (WebAssembly as any).Module(),
    () => new (globalThis as any).Tensor(),
    () => (inside.require as any)('fs'),
    () => (null as any).x,
    () => fromData([1], [2]),
    () => eval('1'),
    () => new Intl.NumberFormat('nonsense-nonsense-nonsense'),
    () => new Array(-1),
    () => new ArrayBuffer(1e15),
    () => Object.prototype.toString.call(new Proxy({}, { get() { throw 1; } })),
    () => (console.log as any).call.call(1),
    () => WebAssembly.compile(new Uint8Array(1)).catch((error) => late.push(error)),
    () => WebAssembly.instantiate(new Uint8Array(1)).catch((error) => late.push(error)),
    () => (Atomics as any).waitAsync?.(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1),
  ];
  for (const attempt of attempts) try { thrown.push(attempt()); } catch (error) { thrown.push(error); }
  let deep: unknown;
  const dive = (): void => { try { dive(); } catch (error) { deep ??= error; console.log('x'); } };
  if (A.shape[0] === 1) dive();
  const roots = { late, globalThis, console, inside, Tensor, zeros, thrown, deep, A, B };
  seen.clear();
  report('foreign', foreign(roots), seen.size > 500, late.length);`,
      `${crawler}\nconst late: unknown[] = [];`,
    );
    assert.equal(lines[0], 'foreign [] true 0');
    // What was rejected in an earlier call has arrived by the next.
    assert.ok(lines.includes('foreign [] true 2'), lines.join('\n'));
    assert.ok(
      lines.every((line) => !/^foreign \[[^\]]/.test(line)),
      lines.join('\n'),
    );
  });

  it('have no door to Node', async () => {
    const names = ['process', 'require', 'module', 'Buffer', 'setTimeout', 'queueMicrotask', 'postMessage', 'fetch'];
    const others = ['self', 'global', 'performance', 'WebSocket', 'structuredClone', 'onmessage', 'groundupDoor'];
    const wanted = JSON.stringify([...names, ...others]);
    const lines = await printed(`  report(${wanted}.filter((name) => name in globalThis));`);
    assert.equal(lines[0], '[]');
    const streaming = await printed(
      "  report('compileStreaming' in WebAssembly, 'instantiateStreaming' in WebAssembly);",
    );
    assert.equal(streaming[0], 'false false');
  });

  it('compile no text', async () => {
    const lines = await printed(
      `  const attempts: (() => unknown)[] = [
    () => Function('return process')(),
    () => eval('process'),
    () => (0, eval)('1 + 1'),
    () => ([] as any).constructor.constructor('return process')(),
    () => (async () => 1).constructor('return process')(),
    () => Object.getPrototypeOf(function* () {}).constructor('return process')().next(),
    () => (console.log as any).constructor('return process')(),
    () => (inside.require as any).constructor('return process')(),
    () => (A as any).constructor.constructor('return process')(),
    () => (inside.require as any)('node:fs'),
    () => (inside.require as any)('child_process'),
    () => (globalThis as any).process.getBuiltinModule('fs'),
    () => (globalThis as any).process.exit(0),
  ];
  const through: string[] = [];
  for (const attempt of attempts) try { attempt(); through.push(String(attempt)); } catch {}
  report('through', through, typeof inside.require);`,
      inside,
    );
    assert.equal(lines[0], 'through [] function');
  });

  it('refuse import() and other modules before anything runs', async () => {
    for (const text of [
      "import('node:fs');",
      "import fs from 'node:fs'; fs.readFileSync('x');",
      "import x from '../secret'; x();",
    ]) {
      const report = await bench.check(`${text}\n${rightMatmul}`);
      assert.equal(report.verdict, 'didNotCompile', text);
    }
  });

  it('show a learner no stack frame but by its text', async () => {
    const lines = await printed(`  const grabbed: unknown[] = [];
  let asked = 0;
  const grab = (_: unknown, sites: any[]) => {
    asked += 1;
    for (const site of sites) grabbed.push(site.getThis?.(), site.getFunction?.());
    return 'grabbed';
  };
  const attempts = [
    () => { Error.prepareStackTrace = grab; },
    () => { (globalThis as any).Error = { prepareStackTrace: grab }; },
    () => { Object.defineProperty(Error, 'prepareStackTrace', { value: grab }); },
    () => { (Object.prototype as any).prepareStackTrace = grab; },
  ];
  for (const attempt of attempts) try { attempt(); } catch {}
  const o: any = {};
  Error.captureStackTrace(o);
  void o.stack;
  try { (null as any).x; } catch (error) { void (error as Error).stack; }
  delete (Object.prototype as any).prepareStackTrace;
  report('grabbed', grabbed.filter((x) => x !== undefined).length, asked);`);
    assert.equal(lines[0], 'grabbed 0 0');
  });

  it('never look into what is rejected or thrown where nobody catches', async () => {
    const lines = await printed(
      `  if (A.shape[0] === 4) report('leaks', leaks.length);`,
      `const leaks: unknown[] = [];
const hostile = () => ({
  [Symbol.for('nodejs.util.inspect.custom')](...all: unknown[]) { leaks.push(...all); },
  get stack() { leaks.push('stack'); return ''; },
  get message() { leaks.push('message'); return ''; },
  toString() { leaks.push('toString'); return ''; },
});
void Promise.reject(hostile());
void Promise.resolve().then(() => { throw hostile(); });
void (async () => { throw new Proxy(hostile(), { get: (t, k) => { leaks.push(k); return (t as any)[k]; } }); })();`,
    );
    assert.equal(lines[0], 'leaks 0');
  });
});
