import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TimeLimit } from '../../../src/harness/judge/timeLimits';
import { RealmClient } from '../../../src/harness/judge/realmClient';
import type { RealmPort } from '../../../src/harness/judge/realmPort';
import { ForeignValue } from '../../../src/harness/present/foreignValue';
import { readFromChild } from '../../../src/harness/protocol/childMessages';
import { readFromRealm } from '../../../src/harness/protocol/readFromRealm';
import type { FromRealm, ToRealm } from '../../../src/harness/protocol/realmMessages';
import { wireTensors } from '../../../src/harness/protocol/tensors';
import { decode, encode } from '../../../src/harness/protocol/wire';
import { tensor } from '../../../src/tensor';
import { verdictStates } from '../../fixtures/reports';
import { damaged, junk, seeded, settings } from './fuzzing';

const value = encode([tensor([1, NaN]), { deep: ['text', -0, undefined] }], wireTensors);
const circumstances = {
  changed: [{ index: 0, after: value }],
  backends: [{ backend: 'loops', ran: 'tensor operations', reason: 'small' }],
};

const limitOf = (ms: number): TimeLimit => ({ ms, of: 'call', wholeMs: ms });

/** Every message of the realm. */
const fromRealm: readonly FromRealm[] = [
  { kind: 'ready' },
  { kind: 'started', id: 1 },
  { kind: 'awaiting', id: 1 },
  { kind: 'answered', id: 1, value, ...circumstances },
  {
    kind: 'launched',
    id: 1,
    value,
    kernelClass: 'WebAssemblyKernel',
    milliseconds: 0.5,
    cellByCellMilliseconds: 0.5,
    ...circumstances,
  },
  { kind: 'launchFailed', id: 1, sentence: 'No.', stack: '' },
  {
    kind: 'threw',
    id: 1,
    thrown: { name: 'Error', message: 'no', stack: 'Error: no' },
    changed: circumstances.changed,
  },
  { kind: 'notCallable', id: 1, name: 'f', found: 'nothing' },
  { kind: 'console', level: 'log', text: 'hello' },
  { kind: 'dropped', count: 2 },
];

/** No list in it has a place in which there is nothing. */
function isDense(node: unknown): boolean {
  if (typeof node !== 'object' || node === null || node instanceof ArrayBuffer) return true;
  const isWhole = !Array.isArray(node) || Object.keys(node).length === node.length;
  return isWhole && Object.values(node).every(isDense);
}

describe(`the messages of the protocol ${seeded}`, function () {
  this.timeout(60_000);

  it('are read as they were sent', () => {
    for (const message of fromRealm) assert.deepEqual(readFromRealm(structuredClone(message)), message);
  });

  it('of the realm are nothing, or whole, however they are damaged', () => {
    const messages = fc.constantFrom(...fromRealm).chain(damaged);
    fc.assert(
      fc.property(fc.oneof(messages, junk), (raw) => {
        const message = readFromRealm(raw);
        if (message === undefined) return;
        assert.ok(isDense(message), JSON.stringify(message));
        assert.deepEqual(readFromRealm(message), message);
        for (const wire of wiresOf(message)) decode(wire, wireTensors);
      }),
      settings(5_000),
    );
  });

  it('of the judge’s process are nothing, or have a kind, however they are damaged', () => {
    const identity = { job: 'j', nonce: 'n' };
    const reports = Object.values(verdictStates).map(({ report }) => ({ kind: 'report', ...identity, report }));
    const draft = {
      planned: [{ sentence: 's' }],
      results: [],
      console: { lines: [], dropped: 0 },
      backends: [],
      kernels: [],
      earlier: [],
    };
    const whole = [
      { kind: 'ready' },
      { kind: 'unfit', message: 'm' },
      { kind: 'accepted', ...identity },
      { kind: 'progress', ...identity, draft },
      ...reports,
    ];
    for (const message of whole) assert.equal(readFromChild(structuredClone(message))?.kind, message.kind);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom<unknown>(...whole).chain(damaged), junk), (raw) => {
        const message = readFromChild(raw);
        if (message === undefined) return;
        assert.ok(whole.some(({ kind }) => kind === message.kind));
        if (message.kind === 'report') assert.ok(Array.isArray(message.report.checks));
      }),
      settings(1_500),
    );
  });

  it('are decoded without a throw, whatever text they hold', () => {
    const fragments = fc.array(
      fc.constantFrom(
        '["t"',
        '["o"',
        '["a"',
        '["x"',
        '["n"',
        '"NaN"',
        ',',
        ']',
        '[',
        '1',
        '-0',
        'null',
        '"float32"',
        '{}',
        '["u"]',
      ),
      { maxLength: 24 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fragments.map((parts) => parts.join('')),
          fc.string(),
          fc.json(),
        ),
        (text) => {
          decode({ text, bytes: new ArrayBuffer(16) }, wireTensors);
        },
      ),
      settings(3_000),
    );
  });

  it('that are far too deep or far too long are refused, not followed', () => {
    for (const text of [
      '['.repeat(1_000_000),
      `${'["a",'.repeat(200_000)}1${']'.repeat(200_000)}`,
      `["x",${'9'.repeat(1_000_000)}]`,
    ]) {
      const there = decode({ text, bytes: new ArrayBuffer(0) }, wireTensors);
      assert.ok(there instanceof ForeignValue, typeof there);
    }
  });
});

function wiresOf(message: FromRealm): readonly Parameters<typeof decode>[0][] {
  const changed = 'changed' in message ? message.changed.map(({ after }) => after) : [];
  return 'value' in message ? [message.value, ...changed] : changed;
}

describe(`the judge’s questions to a realm ${seeded}`, function () {
  this.timeout(60_000);

  /** A realm that answers each question as it is told, at once or later, and anything else beside it. */
  class ScriptedPort implements RealmPort {
    listener: Parameters<RealmPort['listen']>[0] | undefined;
    terminated = 0;
    readonly asked: number[] = [];
    constructor(private readonly answersTo: (id: number) => readonly unknown[]) {}
    install(): Promise<boolean> {
      return Promise.resolve(true);
    }
    send(message: ToRealm): void {
      const id = 'id' in message ? message.id : 0;
      this.asked.push(id);
      for (const answer of this.answersTo(id)) queueMicrotask(() => this.listener?.message(answer));
    }
    listen(listener: Parameters<RealmPort['listen']>[0]): void {
      this.listener = listener;
    }
    terminate(): void {
      this.terminated += 1;
    }
  }

  const call = { kind: 'call', module: 'm', name: 'f', arguments: [] } as const;
  const right = (id: number): FromRealm => ({
    kind: 'answered',
    id,
    value: encode(id, wireTensors),
    changed: [],
    backends: [],
  });

  it('each get the answer that is theirs, whatever else comes: earlier ones again, later ones early, and junk', async () => {
    const noise = fc.oneof(
      fc
        .integer({ min: -3, max: 3 })
        .filter((away) => away !== 0)
        .map((away) => ({ away })),
      junk.map((other) => ({ other })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(noise, { maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (plan) => {
        const port = new ScriptedPort((id) => [
          ...(plan[id - 1] ?? []).map((each) => ('away' in each ? right(Math.max(0, id + each.away)) : each.other)),
          right(id),
          right(id),
        ]);
        const client = new RealmClient(port);
        const answers = await Promise.all(plan.map(() => client.ask(call, () => limitOf(60_000))));
        answers.forEach((answer, index) => {
          assert.equal(answer.kind, 'answered');
          assert.equal(decode(answer.value, wireTensors), index + 1);
        });
        assert.deepEqual([port.terminated, client.ended], [0, undefined]);
      }),
      settings(200),
    );
  });

  it('are never settled by an answer to another kind of question', async () => {
    const whole = fromRealm.filter((message) => 'id' in message);
    const questions = {
      start: [
        { kind: 'start', program: { entry: 'e', modules: [] }, backend: 'auto', tensorBytes: 1e6 },
        ['started', 'threw'],
      ],
      call: [call, ['answered', 'threw', 'notCallable']],
      launch: [
        { ...call, kind: 'launch', output: [1], parameterNames: [] },
        ['launched', 'launchFailed', 'threw', 'notCallable'],
      ],
    } as const;
    for (const [question, fitting] of Object.values(questions)) {
      for (const message of whole) {
        const port = new ScriptedPort((id) => [{ ...message, id }]);
        const answer = await new RealmClient(port).ask(question, () => limitOf(10));
        const fits = (fitting as readonly string[]).includes(message.kind);
        assert.equal(answer.kind, fits ? message.kind : 'timedOut', `${message.kind} to ${question.kind}`);
      }
    }
  });

  it('all end when the realm does, at whatever moment, and none is asked after that', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), async (count, fatal) => {
        const port = new ScriptedPort((id) => {
          if (id === fatal) queueMicrotask(() => port.listener?.ended({ kind: 'outOfMemory' }));
          return id === fatal ? [] : [right(id)];
        });
        const client = new RealmClient(port);
        const answers = await Promise.all(Array.from({ length: count }, () => client.ask(call, () => limitOf(60_000))));
        assert.deepEqual(
          answers.map(({ kind }) => kind),
          Array.from({ length: count }, (_, index) => (index + 1 < fatal ? 'answered' : 'outOfMemory')),
        );
        assert.equal(port.asked.length, Math.min(count, fatal));
      }),
      settings(60),
    );
  });
});
