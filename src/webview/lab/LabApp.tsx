/** The lab page: what an exercise that has passed can be watched doing, or why there is nothing to watch just now. */
import type { JSX } from 'preact';
import { Icon } from '../icons';
import { Sentence } from '../Sentence';
import { KernelsPage } from './kernels/KernelsPage';
import type { FromLab } from '../labProtocol';
import { t } from '../l10n';
import type { LabModel } from './labModel';
import type { LabMemory } from './memory';
import { RunsPage } from './RunsPage';

export interface LabAppProps {
  readonly model: LabModel;
  readonly memory: LabMemory;
  readonly remember: (memory: LabMemory) => void;
  readonly post: (message: FromLab) => void;
}

export function LabApp(props: LabAppProps): JSX.Element {
  const { model } = props;
  return (
    <>
      {model.kind === 'empty' ? null : (
        <header class="lab-head">
          <h1>{model.title}</h1>
          <span class="note">{t('Lab')}</span>
        </header>
      )}
      <main class={`lab shows-${model.kind}`}>
        <Content {...props} model={model} />
      </main>
    </>
  );
}

function Content({ model, memory, remember, post }: LabAppProps): JSX.Element | null {
  switch (model.kind) {
    case 'empty':
      return <p class="blank">{model.sentence}</p>;
    case 'locked':
      return (
        <div class="blank" role="status">
          <p>
            {model.checking ? <Icon name="running" /> : null} <Sentence text={model.sentence} />
          </p>
          {model.checking ? null : (
            <div class="actions">
              <button type="button" class="primary" onClick={() => post({ type: 'check' })}>
                {t('Check')}
              </button>
            </div>
          )}
        </div>
      );
    case 'run':
      return <RunsPage key={model.exercise} model={model} memory={memory} remember={remember} post={post} />;
    case 'kernels':
      return <KernelsPage key={model.exercise} state={model} post={post} />;
    default:
      return model satisfies never;
  }
}
