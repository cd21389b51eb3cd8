/** What one core can do at most with vectors of 128 bits, which is all that WebAssembly has: multiplications and additions in registers. */
import {
  add,
  addI,
  assemble,
  Code,
  float,
  get,
  int,
  mul,
  relaxedMulAdd,
  splat,
} from '../../src/tensor/backends/wasm/encode';

declare const WebAssembly: {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly Memory: new (options: { initial: number; maximum: number }) => object;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { exports: Record<string, (turns: number) => void> };
};

const sums = 12;

function chains(fused: boolean): Uint8Array<ArrayBuffer> {
  const code = new Code('run', ['i32']);
  const locals = Array.from({ length: sums }, () => code.local('v128'));
  const [x, y] = [code.let('v128', splat(float(0.999))), code.let('v128', splat(float(1e-3)))];
  code.while(get(0), () => {
    for (const sum of locals) code.set(sum, fused ? relaxedMulAdd(get(sum), x, y) : add(mul(get(sum), x), y));
    code.set(0, addI(get(0), int(-1)));
  });
  // Stored, so that nothing of it may be left out.
  locals.forEach((sum, i) => {
    code.store(int(16 * i), get(sum));
  });
  return assemble([code], { shared: false, initial: 1, maximum: 1 });
}

/** GFLOP/s, fused where this engine has that. */
export function measuredPeak(): { gflops: number; fused: boolean } {
  const fused = WebAssembly.validate(chains(true));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(chains(fused)), { env: { memory } }).exports;
  // Long enough for the clock of a page, which may tick only every tenth of a millisecond.
  const turns = 1_000_000;
  let least = Infinity;
  for (let round = 0; round < 30; round++) {
    const start = performance.now();
    run?.(turns);
    least = Math.min(least, performance.now() - start);
  }
  return { gflops: (turns * sums * 8) / (least * 1e6), fused };
}
