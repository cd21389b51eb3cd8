/**
 * Runs inside VS Code's extension host: mocha over the bundled integration tests that lie beside this bundle, with the
 * reporter of all our suites.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

export async function run(): Promise<void> {
  // The runner on a server recognises the tests' own lines by this mark; on a desktop there is none.
  const mark = process.env['GROUNDUP_LINE_MARK'] ?? '';
  const print = (...parts: unknown[]) => {
    for (const line of format(...parts).split('\n')) console.log(mark + line);
  };
  Object.assign(Mocha.reporters.Base, { consoleLog: print });
  const grep = process.env['GROUNDUP_GREP'] ?? '';
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 120_000,
    reporter: path.join(__dirname, '../../../scripts/countingReporter.cjs'),
    color: process.env['GROUNDUP_COLOR'] === '1',
    ...(grep === '' ? {} : { grep }),
  });
  const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.js'),
  );
  if (tests.length === 0) throw new Error(`No integration tests lie in ${__dirname}.`);
  for (const test of tests.sort()) mocha.addFile(path.join(__dirname, test));
  const failures = await new Promise<number>((resolve, reject) => {
    try {
      mocha.run(resolve);
    } catch (error) {
      const problem = error instanceof Error ? error : new Error(String(error));
      print(problem.stack ?? problem.message);
      reject(problem);
    }
  });
  if (failures > 0) throw new Error(`${String(failures)} integration tests failed.`);
}
