/** Entry of `groundup`: this process's arguments, terminal and signals, and nothing else. */
import path from 'node:path';
import { groundup } from './groundup';
import { Installation } from './installation';
import { processScreen } from './terminal';

const interrupted = new AbortController();
// Once lets a watch end in order; twice ends whatever is going on.
process.once('SIGINT', () => {
  interrupted.abort();
  if (!process.argv.includes('--watch')) process.exit(130);
});

groundup(process.argv.slice(2), {
  screen: processScreen(),
  installation: new Installation(path.join(__dirname, '..')),
  signal: interrupted.signal,
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
