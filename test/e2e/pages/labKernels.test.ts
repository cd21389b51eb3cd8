import assert from 'node:assert/strict';
import type { FromLab, LabState } from '../../../src/webview/labProtocol';
import { matmulRace } from '../../fixtures/labStates';
import { assertPresentable, showLab } from './labUnderTest';
import { itInFull, walkedThemes } from '../fullRun';
import { Pages, type PageUnderTest } from './pageUnderTest';
import type { ThemeName } from './themes';

describe('a race of kernels', function () {
  this.timeout(120_000);
  let pages: Pages;
  before(async function () {
    this.timeout(60_000);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  /** The page after its race is over. */
  async function raced(state: LabState, theme: ThemeName = 'dark'): Promise<PageUnderTest> {
    const shown = await showLab(pages, state, { width: 1280, height: 900, theme });
    await shown.page.getByRole('button', { name: 'Race' }).click();
    await shown.page.getByRole('status').filter({ hasText: 'The race is over' }).waitFor({ timeout: 110_000 });
    return shown;
  }

  const sentencesOf = async ({ posted }: PageUnderTest): Promise<readonly string[]> =>
    ((await posted()) as FromLab[]).flatMap((message) => (message.type === 'problem' ? [message.sentence] : []));

  it('runs a matrix product on every backend that is there, and they agree', async () => {
    const { page } = await raced(matmulRace());
    const rows = await page.locator('.race-table tbody tr').allInnerTexts();
    for (const ran of ['CPUKernel', 'WebAssemblyKernel', 'WebGL2Kernel']) {
      assert.equal(rows.filter((row) => row.includes(ran)).length, 3, `${ran}: ${rows.join('\n')}`);
    }
    assert.match(
      await page.locator('.findings').innerText(),
      /^All agree: the largest difference between two of them is/,
    );
    assert.equal(await page.locator('.apart').count(), 0);
    await page.getByRole('img', { name: /Matrix product: milliseconds against n/ }).waitFor();
    const hidden = await page.locator('.race-table').evaluate((table) => table.scrollWidth - table.clientWidth);
    assert.ok(hidden <= 0, `${hidden} pixels of the table are cut off`);
  });

  it('names the renderer, and says when it is a program and no GPU', async () => {
    const { page } = await raced(matmulRace({ sizes: [16] }));
    const webgl = page.locator('.backends li', { hasText: 'WebGL2' });
    assert.match(await webgl.innerText(), /SwiftShader[\s\S]*A program that stands in for a GPU/);
    assert.match(
      await page.locator('.backends li', { hasText: 'WebGPU' }).innerText(),
      /not here\. This window has no WebGPU/,
    );
  });

  it('launches nothing that would take too long, and says so', async () => {
    const { page } = await raced(matmulRace({ sizes: [512] }));
    const rows = await page.locator('.race-table tbody tr').allInnerTexts();
    assert.equal(rows.length, 3);
    assert.ok(
      rows.every((row) => row.includes('Not launched: 268,435,456 operations are too many to begin with')),
      rows.join('\n'),
    );
  });

  itInFull('ends a kernel whose loop never does, and goes on with the others', async () => {
    const shown = await raced(
      matmulRace({
        sizes: [16],
        source: 'function (a, b, inner) { let s = 0; while (inner > 0) { s += a[0][0]; } return s; }',
      }),
    );
    const rows = await shown.page.locator('.race-table tbody tr').allInnerTexts();
    assert.match(
      rows[0] ?? '',
      /JavaScript\s+It was ended after 8 s without an answer\. A loop that never ends does that/,
    );
    assert.match((await sentencesOf(shown)).join('\n'), /^Matrix product: JavaScript, size 16: It was ended after 8 s/);
  });

  it('says what GPU.js cannot make a program of', async () => {
    const { page } = await raced(
      matmulRace({ sizes: [16], source: 'function (a) { try { return a[0][0]; } catch { return 0; } }' }),
    );
    const rows = await page.locator('.race-table tbody tr').allInnerTexts();
    assert.equal(rows.length, 3);
    assert.ok(
      rows.every((row) => row.includes('cannot make a program of this kernel')),
      rows.join('\n'),
    );
  });

  for (const call of ["fetch('http://elsewhere.test/')", "importScripts('http://elsewhere.test/')", 'postMessage(1)']) {
    it(`lets a kernel reach nothing: ${call}`, async () => {
      const shown = await showLab(
        pages,
        matmulRace({ sizes: [16], source: `function (a) { ${call}; return a[0][0]; }` }),
      );
      const requests: string[] = [];
      shown.page.on('request', (request) => requests.push(request.url()));
      await shown.page.getByRole('button', { name: 'Race' }).click();
      await shown.page.getByRole('status').filter({ hasText: 'The race is over' }).waitFor({ timeout: 110_000 });
      assert.deepEqual(
        requests.filter((url) => url.includes('elsewhere')),
        [],
      );
      assert.equal(await shown.page.locator('.race-table tbody tr .failed').count(), 3);
    });
  }

  it('gives no worker the network, whatever its program is', async () => {
    const { page } = await showLab(pages, matmulRace());
    const heard = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const program = `addEventListener('securitypolicyviolation', (event) => postMessage(event.effectiveDirective));
            fetch('http://page.test/dist/lab.js').then(() => postMessage('fetched'), () => {});`;
          const worker = new Worker(URL.createObjectURL(new Blob([program])));
          worker.addEventListener('message', (event) => resolve(String(event.data)));
        }),
    );
    assert.equal(heard, 'connect-src');
  });

  it('can be stopped', async () => {
    const { page } = await showLab(
      pages,
      matmulRace({ sizes: [16], source: 'function (a, b, n) { let s = 0; while (n > 0) { s += 1; } return s; }' }),
    );
    await page.getByRole('button', { name: 'Race' }).click();
    await page.getByRole('status').filter({ hasText: 'Timing' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Race again' }).waitFor();
  });

  for (const theme of walkedThemes) {
    it(`is accessible, fits 400 pixels, is pictured and saved: ${theme}`, async () => {
      const { page, posted } = await raced(matmulRace({ sizes: [16, 32, 64, 128, 1024] }), theme);
      await assertPresentable(page, { name: 'kernels', theme });
      await page.getByRole('button', { name: 'Save as picture' }).click();
      await page.waitForFunction(() =>
        window.fakeHost.posted.some((message) => (message as FromLab).type === 'exportPng'),
      );
      const saved = ((await posted()) as FromLab[]).find((message) => message.type === 'exportPng');
      assert.equal(saved?.name, 'tensors-kernel-matmul-matmulKernel-race');
      assert.deepEqual([...saved.png.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    });
  }
});
