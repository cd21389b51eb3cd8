/**
 * What a learner's program finds in its global object: the language and WebAssembly, as in the bare context of the child
 * runner, whatever the browser adds. New names of the language come in when Node has them, so that no program passes in
 * one place alone. `console` is there too, and is replaced by the realm's own.
 */
export const languageGlobals: readonly string[] = [
  ...['globalThis', 'undefined', 'NaN', 'Infinity'],
  ...[
    'Object',
    'Function',
    'Boolean',
    'Symbol',
    'Number',
    'BigInt',
    'String',
    'RegExp',
    'Date',
    'Math',
    'Intl',
    'JSON',
  ],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SuppressedError', 'SyntaxError'],
  ...['TypeError', 'URIError'],
  ...['Array', 'ArrayBuffer', 'SharedArrayBuffer', 'Atomics', 'DataView'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['BigInt64Array', 'BigUint64Array', 'Float16Array', 'Float32Array', 'Float64Array'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry'],
  ...['Iterator', 'Promise', 'Proxy', 'Reflect', 'DisposableStack', 'AsyncDisposableStack'],
  ...['parseInt', 'parseFloat', 'isFinite', 'isNaN', 'eval', 'escape', 'unescape'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent'],
  ...['WebAssembly', 'console'],
];
