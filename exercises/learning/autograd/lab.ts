/** A two-layer network that learns by one's own tape, and the graph that the tape recorded: values forth, gradients back. */
import { defineRun } from 'authoring';
import type { GraphEdge, GraphNode, RunView } from 'authoring';
import { Variable } from 'learning/autograd';
import { multiply, oneHot, random, reshape, slice, subtract, tensor, zeros } from 'tensor';
import type { Tensor } from 'tensor';

const tasks = ['exclusive or', 'handwritten digits'] as const;

type Parameters = Readonly<Record<'W1' | 'b1' | 'W2' | 'b2', Tensor>>;

interface Batch {
  /** `(N, in)` */
  readonly x: Tensor;
  /** `(N, out)` */
  readonly y: Tensor;
}

/** Right where exactly one of the two inputs is 1, which no single layer can learn. */
const exclusiveOr: Batch = {
  x: tensor([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  y: tensor([[0], [1], [1], [0]]),
};

/** One step forth and back: the loss, everything with a name in it, and what the network answered. */
function record({ x, y }: Batch, parameters: Parameters) {
  const named = {
    x: new Variable(x),
    y: new Variable(y),
    W1: new Variable(parameters.W1),
    b1: new Variable(parameters.b1),
    W2: new Variable(parameters.W2),
    b2: new Variable(parameters.b2),
    share: new Variable(tensor(1 / (2 * (x.shape[0] ?? 1)))),
  };
  const hidden = named.x.matmul(named.W1.transpose()).add(named.b1).relu();
  const output = hidden.matmul(named.W2.transpose()).add(named.b2).sigmoid();
  const error = output.subtract(named.y);
  const loss = error.multiply(error).sum().multiply(named.share);
  loss.backward();
  return { loss, named, output };
}

/** What `last` was made from, each after its own inputs. Without recursion: a tape may be long. */
function inOrder(last: Variable): Variable[] {
  const order: Variable[] = [];
  const done = new Set<Variable>();
  const open = [last];
  for (let variable = open.at(-1); variable !== undefined; variable = open.at(-1)) {
    const next = variable.inputs.find((input) => !done.has(input));
    if (next !== undefined && !done.has(variable)) {
      open.push(next);
      continue;
    }
    open.pop();
    if (!done.has(variable)) order.push(variable);
    done.add(variable);
  }
  return order;
}

/** The graph as the tape remembers it. The share along each arrow is what the rule of its operation sends back. */
function graphOf(loss: Variable, named: Readonly<Record<string, Variable>>): RunView {
  const names = new Map(
    Object.entries(named).map(([name, variable]) => [variable, name === 'share' ? '1/(2N)' : name]),
  );
  const order = inOrder(loss);
  const nodes = order.map((variable): GraphNode => {
    const name = names.get(variable);
    const { value, gradient, op } = variable;
    return { label: name ?? op, kind: name === undefined ? 'op' : 'value', value, gradient };
  });
  const edges = order.flatMap((variable, to): GraphEdge[] => {
    const shares = variable.rule(variable.gradient);
    return variable.inputs.map((input, n) => ({
      from: order.indexOf(input),
      to,
      ...(shares[n] === undefined ? {} : { gradient: shares[n] }),
    }));
  });
  return { kind: 'graph', title: 'Your network as your tape recorded it at this step', nodes, edges };
}

export default defineRun({
  title: 'Your tape at work',
  settings: {
    task: { kind: 'choice', label: 'To learn', value: tasks[0], choices: tasks },
    hidden: { kind: 'integer', label: 'Hidden units', value: 4, minimum: 1, maximum: 64 },
    rate: { kind: 'number', label: 'Learning rate', value: 2, minimum: 0, maximum: 100 },
    batchSize: { kind: 'integer', label: 'Digits in a batch', value: 16, minimum: 1, maximum: 64 },
    steps: { kind: 'integer', label: 'Steps', value: 1_500, minimum: 1, maximum: 20_000 },
  },
  curves: { loss: { label: 'Loss', scale: 'logarithmic' } },
  *start({ settings, seed, data }) {
    const { task, hidden, rate, batchSize, steps } = settings;
    const stream = random(seed);
    const isDigits = task === tasks[1];
    const batchAt = isDigits ? digitBatches(data('digits').train, batchSize) : () => exclusiveOr;
    const [inputs, outputs] = isDigits ? [784, 10] : [2, 1];
    let parameters: Parameters = {
      W1: stream.normal([hidden, inputs], { std: Math.sqrt(2 / inputs) }),
      b1: zeros([hidden]),
      W2: stream.normal([outputs, hidden], { std: Math.sqrt(1 / hidden) }),
      b2: zeros([outputs]),
    };
    for (let step = 1; step <= steps; step += 1) {
      const { loss, named, output } = record(batchAt(step), parameters);
      const after = (name: keyof Parameters): Tensor =>
        subtract(parameters[name], multiply(rate, named[name].gradient));
      const tensors = { ...parameters };
      parameters = { W1: after('W1'), b1: after('b1'), W2: after('W2'), b2: after('b2') };
      yield {
        step,
        of: steps,
        curves: { loss: loss.value.at() },
        tensors,
        views: () => [
          graphOf(loss, named),
          ...(isDigits
            ? []
            : [
                {
                  kind: 'bars',
                  title: 'What it answers for each pair; 0, 1, 1 and 0 are right',
                  labels: ['0 and 0', '0 and 1', '1 and 0', '1 and 1'],
                  values: reshape(output.value, [4]),
                } as const,
              ]),
        ],
      };
    }
  },
});

/** The training digits, a batch after the other, from the beginning again once all were seen. */
function digitBatches(
  { images, labels }: { readonly images: Tensor; readonly labels: Tensor },
  batchSize: number,
): (step: number) => Batch {
  const [count = 0] = images.shape;
  const rows = reshape(images, [count, 784]);
  const batches = Math.floor(count / batchSize);
  return (step) => {
    const from = ((step - 1) % batches) * batchSize;
    const range = [[from, from + batchSize]] as const;
    return { x: slice(rows, range), y: oneHot(slice(labels, range), 10) };
  };
}
