/**
 * The worker that holds the learner's realm, in a browser: first the walls go up, then the realm is set up in what is
 * left, then it gets its one port. This side turns texts into functions for it and looks at nothing that comes out.
 * Import order is evaluation order, and here it is what keeps the browser out of the realm.
 */
import { outside } from './walls';
import '../realm/main';
import type { RealmDoor } from '../realm/main';
import type { FromLearner, ToLearner } from './messages';

const holder = globalThis as { groundupDoor?: RealmDoor };
const door = holder.groundupDoor;
delete holder.groundupDoor;
if (door === undefined) throw new Error('The realm did not open its door.');
const { provide, connect } = door;
const { evaluate, postMessage } = outside;

outside.listen(({ data, ports }) => {
  const message = data as ToLearner;
  switch (message.kind) {
    case 'connect':
      connect(ports?.[0] as unknown as Parameters<RealmDoor['connect']>[0]);
      return;
    case 'install': {
      let ok = true;
      for (let index = 0; index < message.modules.length; index += 1) {
        const module = message.modules[index];
        if (module === undefined) continue;
        try {
          provide(evaluate(module.code, module.filename));
        } catch {
          ok = false;
        }
      }
      postMessage({ kind: 'installed', ok } satisfies FromLearner);
      return;
    }
    default:
      message satisfies never;
  }
});
