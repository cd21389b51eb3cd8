// Mocha's own reporter for people, and the counts as JSON for the script that sums over all suites.
const { writeFileSync } = require('node:fs');
const process = require('node:process');
const Mocha = require('mocha');

const quiet = process.env.GROUNDUP_QUIET === '1';

module.exports = class CountingReporter extends (quiet ? Mocha.reporters.Dot : Mocha.reporters.Spec) {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.GROUNDUP_COUNTS;
    if (file === undefined) return;
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
};
