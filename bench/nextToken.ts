/**
 * What the lesson on the next token shows: the smallest model, a row of logits for each character, before and after it is
 * trained with the reference solution's loss, and what it writes each time with the same random numbers.
 */
import { Adam, backward, fromData, noGrad, parameter, random, scope, slice } from 'tensor';
import type { Tensor } from 'tensor';
import { embed } from 'attention/embedding';
import { causalLanguageLoss, sample, shiftTargets } from 'attention/next-token';
import { showRows } from './rows';

const sentence = 'the cat sat on the mat and the rat ran at the cat. ';
const steps = 200;
const rate = 0.1;
const length = 40;
const seed = 1;

export function main(args: readonly string[]): void {
  const text = sentence.repeat(2);
  const characters = [...new Set(text)].sort();
  const ids = fromData(
    Float32Array.from(text, (character) => characters.indexOf(character)),
    [text.length],
  );
  const { inputs, targets } = shiftTargets(ids);
  const table = parameter(random(seed).normal([characters.length, characters.length], { std: 0.1 }));
  const optimiser = new Adam([table], { learningRate: rate });
  const lossNow = (): number => noGrad(() => causalLanguageLoss(embed(inputs, table), targets).at());
  const before = lossNow();
  console.log(`before: ${JSON.stringify(written(table, characters))}`);
  for (let step = 0; step < steps; step += 1) {
    scope(() => {
      optimiser.zeroGrad();
      backward(causalLanguageLoss(embed(inputs, table), targets));
      optimiser.step();
    });
  }
  console.log(`after:  ${JSON.stringify(written(table, characters))}`);
  showRows(
    [
      { name: 'different characters', value: characters.length, unit: '' },
      { name: 'loss of knowing nothing, ln v', value: Math.log(characters.length), unit: 'nats' },
      { name: 'loss before', value: before, unit: 'nats' },
      { name: `loss after ${String(steps)} steps of Adam at ${String(rate)}`, value: lossNow(), unit: 'nats' },
    ],
    args,
  );
}

/** Forty characters, begun behind a space. */
function written(table: Tensor, characters: readonly string[]): string {
  const draws = random(seed + 1);
  let last = characters.indexOf(' ');
  const ids = Array.from({ length }, () => {
    last = sample(slice(table, [last]), { temperature: 1, draw: draws.number() });
    return last;
  });
  return ids.map((id) => characters[id]).join('');
}
