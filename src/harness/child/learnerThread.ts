/**
 * The worker thread that holds the learner's realm: a context of its own into which nothing of this thread goes but one
 * message port. This side compiles program texts for the context and never looks at anything that comes out of it.
 * It runs in strict mode (as every module does), so that no stack frame of it shows its functions to the context.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { moveMessagePortToContext, parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { RealmDoor } from '../realm/main';
import type { FromThread, ThreadData, ToThread } from './threadMessages';

// What the learner's code rejects or throws outside any call must not be looked at: `inspect` would run code of theirs
// in this realm.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);

const { realmPath } = workerData as ThreadData;
const realm = new vm.Script(readFileSync(realmPath, 'utf8'), { filename: path.basename(realmPath) });

interface Realm {
  readonly context: vm.Context;
  readonly door: RealmDoor;
}

let standing: Realm | undefined;

function stand(port: MessagePort): Realm {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    name: 'learner',
    codeGeneration: { strings: false, wasm: true },
  });
  realm.runInContext(context);
  const holder = context as { groundupDoor?: RealmDoor };
  const door = holder.groundupDoor;
  delete holder.groundupDoor;
  if (door === undefined) throw new Error('The realm did not open its door.');
  const portInside = moveMessagePortToContext(port, context) as unknown as Parameters<RealmDoor['connect']>[0] &
    Pick<MessagePort, 'start'>;
  door.connect(portInside);
  portInside.start();
  return { context, door };
}

function install(modules: Extract<ToThread, { kind: 'install' }>['modules'], realm: Realm | undefined): boolean {
  if (realm === undefined) return false;
  let ok = true;
  for (const { filename, code } of modules) {
    try {
      const body = vm.compileFunction(code, ['exports', 'require'], { filename, parsingContext: realm.context });
      realm.door.provide(body as Parameters<RealmDoor['provide']>[0]);
    } catch {
      ok = false;
    }
  }
  return ok;
}

parentPort?.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'stand':
      try {
        standing = stand(message.port);
      } catch {
        // Whoever waits for the realm sees the thread end.
        process.exit(1);
      }
      return;
    case 'install':
      parentPort?.postMessage({ kind: 'installed', ok: install(message.modules, standing) } satisfies FromThread);
      return;
    default:
      message satisfies never;
  }
});
