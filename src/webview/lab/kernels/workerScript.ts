/**
 * The text of the kernels' worker. A page without a network cannot fetch it, so it comes as a script that leaves the text
 * in a variable; that script is loaded from beside the page's own when a race is first wanted.
 */
import { t } from '../../l10n';

declare global {
  interface Window {
    /** Set by `dist/labKernels.js`, as `scripts/build.mjs` writes it. */
    groundUpKernelWorker?: string;
  }
}

// Only while a script is first run does the page know which one it is.
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;

let loading: Promise<string> | undefined;

export function workerScript(): Promise<string> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = own?.nonce ?? '';
    script.src = (own?.src ?? '').replace(/lab\.js(?=$|\?)/, 'labKernels.js');
    script.addEventListener('load', () => {
      const text = window.groundUpKernelWorker;
      if (text === undefined) {
        reject(new Error(t('The script of the kernels’ workers is not what it should be. Install Ground Up again.')));
      } else {
        resolve(text);
      }
    });
    script.addEventListener('error', () =>
      reject(new Error(t('The script of the kernels’ workers cannot be loaded. Close the lab and open it again.'))),
    );
    document.head.append(script);
  });
  return loading;
}
