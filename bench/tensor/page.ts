/** What a page runs of the measurement; chromium.ts puts the functions there that it calls. */
import { measureHost, type Measurement } from './measure';

interface Asked {
  readonly only: string;
  readonly suffix: string;
  readonly tfBackends: Measurement['tfBackends'];
  readonly torch: boolean;
}

interface Page {
  measureTensors?: (asked: Asked) => Promise<void>;
  readonly showRow: Measurement['show'];
  readonly sayLine: Measurement['say'];
  readonly runTorch: (work: string) => Promise<number>;
  readonly crossOriginIsolated: boolean;
  readonly OffscreenCanvas?: new (
    width: number,
    height: number,
  ) => { getContext(kind: 'webgl2'): Renderer | undefined };
}

interface Renderer {
  getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | undefined;
  getParameter(name: number): unknown;
}

const page = globalThis as unknown as Page;

/** Who draws, as WebGL says; `software` says so where no graphics card does. */
function renderer(): string {
  const context = page.OffscreenCanvas && new page.OffscreenCanvas(1, 1).getContext('webgl2');
  const extension = context?.getExtension('WEBGL_debug_renderer_info');
  const name = extension ? String(context?.getParameter(extension.UNMASKED_RENDERER_WEBGL)) : 'unknown renderer';
  return /swiftshader|llvmpipe|software/i.test(name) ? ' on a software rasteriser' : ` on ${name}`;
}

page.measureTensors = ({ only, suffix, tfBackends, torch }) =>
  measureHost({
    only,
    suffix,
    tfBackends,
    tfNotes: { webgl: renderer(), ...(page.crossOriginIsolated ? { wasm: ' with its threads' } : {}) },
    wasmFiles: '/tfjs/',
    torch: torch ? page.runTorch : undefined,
    show: page.showRow,
    say: page.sayLine,
  });
