/**
 * The measurement in Chromium, without a window: a page without isolation, which has one thread, and one whose headers
 * isolate it, which has several. Pages come from a server of this computer that lives as long as the measurement.
 */
import * as esbuild from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { launchBrowser } from '../../scripts/browser.mjs';
import { gpuJsAlias } from '../../scripts/build.mjs';
import type { Measurement } from './measure';

type Options = Pick<Measurement, 'only' | 'torch' | 'show' | 'say'>;

/** Measures both kinds of page; without a browser it says so and measures nothing. */
export async function measureChromium(options: Options): Promise<void> {
  let browser;
  try {
    browser = await launchBrowser();
  } catch (error) {
    options.say(`Nothing is measured in Chromium: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  try {
    options.say(`Chromium ${browser.version()}`);
    const script = await bundledPage();
    for (const isolated of [false, true]) {
      const server = await serve(script, isolated);
      const page = await browser.newPage();
      await page.exposeFunction('showRow', options.show);
      await page.exposeFunction('sayLine', options.say);
      await page.exposeFunction('runTorch', async (work: string) => options.torch?.(work) ?? NaN);
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://localhost:${port}/`);
      const asked = {
        only: options.only,
        suffix: isolated ? ', Chromium isolated' : ', Chromium',
        tfBackends: isolated ? ['wasm'] : ['cpu', 'wasm', 'webgl'],
        torch: options.torch !== undefined,
      };
      try {
        await page.evaluate(`measureTensors(${JSON.stringify(asked)})`);
        await page.close();
      } finally {
        server.close();
        server.closeAllConnections();
      }
    }
  } finally {
    await browser.close();
  }
}

async function bundledPage(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['bench/tensor/page.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: true,
    keepNames: false,
    logLevel: 'error',
    alias: gpuJsAlias,
  });
  return outputFiles[0]?.text ?? '';
}

function serve(script: string, isolated: boolean): Promise<Server> {
  const headers = isolated
    ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
    : {};
  const server = createServer((request, response) => {
    const answer = (type: string, body: string | Buffer): void => {
      response.writeHead(200, { ...headers, 'Content-Type': type });
      response.end(body);
    };
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') answer('text/html', '<!doctype html><script src="/page.js"></script>');
    else if (pathname === '/page.js') answer('text/javascript', script);
    else {
      const file = path.join('node_modules/@tensorflow/tfjs-backend-wasm/dist', path.basename(pathname));
      readFile(file).then(
        (body) => {
          answer(file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', body);
        },
        () => {
          response.writeHead(404, headers).end();
        },
      );
    }
  });
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () => {
      resolve(server);
    });
  });
}
