import assert from 'node:assert/strict';
import { oneOf, readCommandLine, wholeNumber } from '../../../src/cli/commandLine';
import { editDistance, nearest } from '../../../src/cli/nearest';
import { mayColour } from '../../../src/cli/terminal';

function wrongText(...args: readonly string[]): string {
  const request = readCommandLine(args);
  assert.equal(request.kind, 'wrong', JSON.stringify(request));
  return request.text;
}

function helpText(...args: readonly string[]): string {
  const request = readCommandLine(args);
  assert.equal(request.kind, 'help', JSON.stringify(request));
  return request.text;
}

describe('the command line', () => {
  it('is read into a command, its operands and its options, in any order and either spelling', () => {
    const expected = {
      kind: 'command',
      command: 'check',
      operands: ['tensors/matmul', 'tensors/broadcasting'],
      options: { folder: 'mine', watch: true, seed: '7' },
    };
    for (const args of [
      'check tensors/matmul tensors/broadcasting --folder mine --watch --seed 7',
      'check --watch --folder=mine tensors/matmul --seed=7 tensors/broadcasting',
    ]) {
      assert.deepEqual(readCommandLine(args.split(' ')), expected);
    }
  });

  it('takes what follows -- as it stands', () => {
    const request = readCommandLine(['grade', '--', '--odd-folder']);
    assert.deepEqual(request.kind === 'command' && request.operands, ['--odd-folder']);
  });

  it('has help for everything, with every option of a command in it', () => {
    assert.match(helpText(), /groundup <command>/);
    assert.equal(helpText('--help'), helpText('help'));
    for (const command of ['list', 'start', 'open', 'lesson', 'hint', 'check', 'grade', 'course', 'new']) {
      assert.match(helpText(), new RegExp(`^  ${command} `, 'm'));
      const help = helpText(command, '--help');
      assert.equal(help, helpText('help', command));
      assert.equal(help, helpText(command, '-h'));
      assert.match(help, new RegExp(`^groundup ${command}`));
      for (const [option] of help.matchAll(/--[a-z]+ [a-z]+ /g)) {
        const request = readCommandLine([command, ...option.trim().split(' '), 'tensors/matmul']);
        assert.notEqual(request.kind === 'wrong' && request.text.includes('no option'), true, option);
      }
    }
  });

  it('answers what it does not know with the nearest that it knows', () => {
    assert.match(wrongText('chekc'), /no command chekc\. Did you mean check\?/);
    assert.match(wrongText('xyz'), /no command xyz\. There are list,/);
    assert.match(wrongText('--watch'), /A command comes first/);
    assert.match(wrongText('check', '--flder', 'x'), /no option --flder\. Did you mean --folder\?/);
    assert.match(wrongText('check', '--report=tap'), /Did you mean --reporter\?/);
    assert.match(wrongText('check', '-f', 'x'), /no option -f\./);
    assert.match(wrongText('list', '--watch'), /groundup list has no option --watch\. It has --folder,/);
    assert.match(wrongText('help', 'gardening'), /no command gardening/);
  });

  it('says what a value must be, and that a switch takes none', () => {
    assert.match(wrongText('check', 'x', '--folder'), /--folder needs a value: --folder dir/);
    assert.match(wrongText('check', 'x', '--folder', '--watch'), /--folder needs a value/);
    assert.match(wrongText('check', 'x', '--watch=yes'), /--watch takes no value/);
    assert.deepEqual(wholeNumber({ seed: '7' }, { name: 'seed', low: 0, high: 9 }), 7);
    assert.equal(wholeNumber({}, { name: 'seed', low: 0, high: 9 }), undefined);
    for (const seed of ['-1', '1.5', '1e3', 'x', '10', '0x1', ' 1']) {
      const read = wholeNumber({ seed }, { name: 'seed', low: 0, high: 9 });
      assert.deepEqual(read, { problem: `--seed is ${seed}, but it is a whole number from 0 to 9.` });
    }
    const words = { name: 'reporter', words: ['pretty', 'json'] } as const;
    assert.equal(oneOf({ reporter: 'json' }, words), 'json');
    const problem = '--reporter is jsno, but there are pretty, json. Did you mean json?';
    assert.deepEqual(oneOf({ reporter: 'jsno' }, words), { problem });
  });

  it('says how many operands a command takes', () => {
    assert.match(wrongText('grade'), /groundup grade takes <folder …>; you gave nothing/);
    assert.match(wrongText('lesson', 'a', 'b'), /takes <exercise>; you gave a b/);
    assert.match(wrongText('list', 'x'), /groundup list takes nothing else; you gave x/);
  });
});

describe('the nearest word', () => {
  it('is at the distance of the slips that lead to it', () => {
    const cases: readonly (readonly [string, string, number])[] = [
      ['', '', 0],
      ['abc', '', 3],
      ['check', 'chekc', 1],
      ['check', 'chec', 1],
      ['check', 'chuck', 1],
      ['kitten', 'sitting', 3],
    ];
    for (const [a, b, distance] of cases) {
      assert.deepEqual([editDistance(a, b), editDistance(b, a)], [distance, distance], `${a} ${b}`);
    }
  });

  it('is none where nothing is near', () => {
    assert.equal(nearest('tensors/matmul', ['attention/attend']), undefined);
    assert.equal(nearest('gr', ['grade', 'start']), 'grade');
  });
});

describe('colours', () => {
  it('are for a person at a terminal who has not asked for none', () => {
    const given = { isTTY: true, noColor: undefined, term: 'xterm' };
    assert.ok(mayColour(given));
    assert.ok(mayColour({ ...given, noColor: '' }));
    assert.ok(!mayColour({ ...given, noColor: '1' }));
    assert.ok(!mayColour({ ...given, isTTY: undefined }));
    assert.ok(!mayColour({ ...given, term: 'dumb' }));
  });
});
