/**
 * The worker that holds the learner's realm, in a browser. When this script is loaded the walls go up; `dist/realm.js`,
 * loaded behind it, finds only what they leave; then the realm gets its one port. This side turns texts into functions
 * for it and looks at nothing that comes out.
 */
import { outside } from './walls';
import type { RealmDoor } from '../realm/main';
import type { FromLearner, ToLearner } from './messages';

const { evaluate, postMessage } = outside;
let provide: RealmDoor['provide'] = () => undefined;

/** Before any code of the learner's there is nobody else who could take it. */
function takeDoor(): RealmDoor {
  const holder = globalThis as { groundupDoor?: RealmDoor };
  const door = holder.groundupDoor;
  delete holder.groundupDoor;
  if (door === undefined) throw new Error('The realm did not open its door.');
  return door;
}

outside.listen(({ data, ports }) => {
  const message = data as ToLearner;
  switch (message.kind) {
    case 'connect': {
      const door = takeDoor();
      ({ provide } = door);
      door.connect(ports?.[0] as unknown as Parameters<RealmDoor['connect']>[0]);
      return;
    }
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
