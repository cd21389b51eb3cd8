// Mocha's own reporter for people, and as JSON, for the script that sums over all suites, what the tests came to: how many
// passed, which failed and of what, and the time that each file's tests and hooks took.
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const process = require('node:process');
const Mocha = require('mocha');

const quiet = process.env.GROUNDUP_QUIET === '1';

module.exports = class CountingReporter extends (quiet ? Mocha.reporters.Dot : Mocha.reporters.Spec) {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.GROUNDUP_COUNTS;
    if (file === undefined) return;
    const failures = [];
    const milliseconds = {};
    const add = (runnable) => {
      const name = runnable.file === undefined ? 'all files' : path.basename(runnable.file);
      milliseconds[name] = (milliseconds[name] ?? 0) + (runnable.duration ?? 0);
    };
    runner.on('test end', add);
    runner.on('hook end', add);
    runner.on('fail', (runnable, error) => {
      failures.push({ title: runnable.fullTitle(), message: String(error?.message ?? error).slice(0, 1000) });
    });
    runner.once('end', () => {
      const { passes, failures: failed, pending } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed, skipped: pending, failures, milliseconds }));
    });
  }
};
