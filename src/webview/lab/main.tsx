/**
 * The lab page: what the extension tells of runs, drawn while they go. Steps come up to twenty times a second; the page
 * draws them at most ten times, so that it never holds up the window that it is part of.
 */
import { render } from 'preact';
import { connectHost } from '../host';
import type { FromLab, ToLab } from '../labProtocol';
import { LabApp } from './LabApp';
import { emptyModel, received, type LabModel } from './labModel';
import { forgetfulMemory, type LabMemory } from './memory';

const host = connectHost<ToLab, FromLab, LabMemory>();
const root = document.getElementById('root') ?? document.body;
const drawEveryMs = 100;

let model: LabModel = emptyModel;
let memory = host.recalled ?? forgetfulMemory;
let drawnAt = Number.NEGATIVE_INFINITY;
let pending: ReturnType<typeof setTimeout> | undefined;

function remember(next: LabMemory): void {
  memory = next;
  host.remember(next);
}

function draw(): void {
  clearTimeout(pending);
  pending = undefined;
  drawnAt = performance.now();
  render(<LabApp model={model} memory={memory} remember={remember} post={host.post} />, root);
}

host.listen((message) => {
  model = received(model, message);
  if (message.type === 'state' && 'exercise' in message.state && message.state.exercise !== memory.exercise) {
    remember({ ...forgetfulMemory, exercise: message.state.exercise });
  }
  if (message.type === 'steps') {
    pending ??= setTimeout(draw, Math.max(0, drawnAt + drawEveryMs - performance.now()));
  } else {
    draw();
  }
});

draw();
host.post({ type: 'ready' });
