/** An exercise's runs: the form and the list at one side, the curves and what the chosen run shows at the other. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FromLab } from '../labProtocol';
import { CurveBoard } from './curves/CurveBoard';
import type { RunsModel } from './labModel';
import { typedOf, type LabMemory } from './memory';
import { Questions } from './questions/Questions';
import { RunDetail } from './runs/RunDetail';
import { RunList } from './runs/RunList';
import { SettingsForm } from './runs/SettingsForm';

export interface RunsPageProps {
  readonly model: RunsModel;
  readonly memory: LabMemory;
  readonly remember: (memory: LabMemory) => void;
  readonly post: (message: FromLab) => void;
}

export function RunsPage({ model, memory, remember, post }: RunsPageProps): JSX.Element {
  const [kept, setKept] = useState(memory);
  const keep = (changes: Partial<LabMemory>): void => {
    const next = { ...kept, ...changes };
    setKept(next);
    remember(next);
  };
  const run = model.runs.find(({ facts }) => facts.id === kept.selected) ?? model.runs.at(-1);
  return (
    <>
      {model.note === undefined ? null : <p class="page-note">{model.note}</p>}
      <div class="bench">
        <div class="bench-side">
          <SettingsForm
            fields={model.settings}
            typed={kept.typed}
            type={(typed) => keep({ typed })}
            post={(message) => {
              // A run that was just started is the one to look at.
              keep({ selected: undefined });
              post(message);
            }}
          />
          <RunList
            runs={model.runs}
            fields={model.settings}
            hidden={kept.hidden}
            selected={run?.facts.id}
            hide={(id, isHidden) =>
              keep({ hidden: isHidden ? [...kept.hidden, id] : kept.hidden.filter((other) => other !== id) })
            }
            select={(selected) => keep({ selected })}
            again={({ facts }) => {
              keep({ typed: typedOf(facts.settings, facts.seed) });
              document.querySelector<HTMLElement>('.settings input, .settings select')?.focus();
            }}
            post={post}
          />
        </div>
        <div class="bench-main">
          <CurveBoard model={model} hidden={kept.hidden} post={post} />
          {run === undefined ? null : (
            <>
              <RunDetail run={run} fields={model.settings} post={post} />
              <Questions model={model} run={run.facts.id} post={post} />
            </>
          )}
        </div>
      </div>
    </>
  );
}
