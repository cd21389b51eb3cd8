/**
 * A page's end of the line to the extension: messages out, messages in, and the little that a page remembers over a
 * reload. Everything that knows of `acquireVsCodeApi` is here, so that the pages themselves are ordinary Preact.
 */

export interface Host<In, Out, Memory> {
  /** What this page remembered before it was reloaded, or `undefined` the first time. */
  readonly recalled: Memory | undefined;
  readonly post: (message: Out) => void;
  readonly remember: (memory: Memory) => void;
  /** Calls `listener` for each message of the extension, from now on. */
  readonly listen: (listener: (message: In) => void) => void;
}

/** Connects this page; may be called once, as VS Code hands out its interface once. */
export function connectHost<In extends { readonly type: string }, Out, Memory>(): Host<In, Out, Memory> {
  const vscode = acquireVsCodeApi<Memory>();
  return {
    recalled: vscode.getState(),
    post: (message) => vscode.postMessage(message),
    remember: (memory) => {
      vscode.setState(memory);
    },
    listen: (listener) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        // Browser add-ons and test drivers post into pages too; theirs are not tagged as ours are.
        if (typeof event.data === 'object' && event.data !== null && 'type' in event.data) {
          listener(event.data as In);
        }
      });
    },
  };
}
