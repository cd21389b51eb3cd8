import assert from 'node:assert/strict';
import { parseFrontMatter } from '../../../src/lesson/frontMatter';

describe('Front matter', () => {
  it('is read, with what may be left out filled in', () => {
    const parsed = parseFrontMatter('---\ntitle: Matrix product\nminutes: 25\n---\nbody\n');
    assert.deepEqual(parsed, {
      frontMatter: { title: 'Matrix product', buildsOn: [], minutes: 25, optional: false, offers: undefined },
      body: 'body\n',
      linesBefore: 4,
      problems: [],
    });
  });

  it('is read in full', () => {
    const text = '---\ntitle: "T: x"\nbuildsOn: [a/b, c/d-e]\nminutes: 5\noptional: true\noffers: [Tensor, zeros]\n---';
    assert.deepEqual(parseFrontMatter(text).frontMatter, {
      title: 'T: x',
      buildsOn: ['a/b', 'c/d-e'],
      minutes: 5,
      optional: true,
      offers: ['Tensor', 'zeros'],
    });
  });

  const check = (yaml: string, line: number, expected: RegExp): void => {
    const { frontMatter, problems } = parseFrontMatter(`---\n${yaml}\n---\nbody`);
    assert.equal(frontMatter, undefined, yaml);
    assert.ok(
      problems.some((problem) => problem.line === line && expected.test(problem.message)),
      JSON.stringify(problems),
    );
  };

  it('that is wrong is a problem at its line', () => {
    check('title: T\nminutes: soon', 3, /minutes/);
    check('minutes: 5', 1, /title/);
    check('title: T\nminutes: 5\nbuildsOn:\n  - ../x', 4, /buildsOn.0: should be the id of an exercise/);
    check('title: T\nminutes: 5\nauthor: me', 4, /author/);
    check('title: [T\nminutes: 5', 3, /not YAML/);
    check('title: T\nminutes: 5\noffers: ["a b"]', 4, /offers.0/);
    check('- a\n- b', 1, /Front matter/);
  });

  it('cannot blow up, reach prototypes or run anything', () => {
    check(`a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\ntitle: *b\nminutes: 5`, 1, /alias/);
    check('title: !!js/function "function(){}"\nminutes: 5', 2, /not YAML: Unresolved tag/);
    check('__proto__: {x: 1}\ntitle: T\nminutes: 5', 2, /__proto__/);
    check(`title: ${'x'.repeat(9_000)}\nminutes: 5`, 1, /longer than/);
  });

  it('that is missing or never ends is a problem', () => {
    assert.match(parseFrontMatter('# Hello').problems[0]?.message ?? '', /no front matter/);
    assert.match(parseFrontMatter('---\ntitle: T').problems[0]?.message ?? '', /never ends/);
    assert.match(parseFrontMatter('').problems[0]?.message ?? '', /no front matter/);
  });
});
