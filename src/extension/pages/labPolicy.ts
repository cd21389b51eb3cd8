/**
 * The policy of the lab page. It allows no network at all: nothing can be fetched, whatever a learner's kernel tries. Code
 * made of strings is allowed in this page alone, because GPU.js makes its programs so in its `cpu` mode (and WebAssembly in
 * `webasm`); they run in workers, made from blobs, which take this policy over.
 */
export interface LabPolicyOptions {
  readonly nonce: string;
  /** Where VS Code serves the extension's files from: `webview.cspSource`. */
  readonly source: string;
}

export function labPolicy({ nonce, source }: LabPolicyOptions): string {
  return [
    `default-src 'none'`,
    `connect-src 'none'`,
    // A script that has the nonce may load another one by handing it on: the text of the workers comes so.
    `script-src 'nonce-${nonce}' 'unsafe-eval'`,
    `worker-src blob:`,
    // Charts and bars set their places and colours inline.
    `style-src ${source} 'unsafe-inline'`,
  ].join('; ');
}

/** Below the extension's folder, in this order. The page loads `dist/labKernels.js` from beside its script when it needs it. */
export const labResources = {
  styles: ['media/shared.css', 'media/figures.css', 'media/lab.css'],
  script: 'dist/lab.js',
} as const;
