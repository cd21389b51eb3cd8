import assert from 'node:assert/strict';
import { renderLesson } from '../../../src/lesson/renderLesson';

const head = '---\ntitle: T\nminutes: 5\n---\n';

/** Renders `body` and returns the TeX of its formulas, in order, as KaTeX recorded them, displayed ones in brackets. */
function formulas(body: string): {
  tex: string[];
  html: string;
  problems: readonly { line: number; message: string }[];
} {
  const { html, problems } = renderLesson(head + body);
  const tex = [
    ...html.matchAll(
      /(<span class="katex-display">)?<span class="katex">.*?<annotation encoding="application\/x-tex">(.*?)<\/annotation>/gs,
    ),
  ];
  return {
    tex: tex.map((match) => (match[1] === undefined ? (match[2] ?? '') : `[${match[2] ?? ''}]`)),
    html,
    problems,
  };
}

function check(body: string, expected: readonly string[]): void {
  const { tex, problems } = formulas(body);
  assert.deepEqual(tex, expected, body);
  assert.deepEqual(problems, [], body);
}

describe('Mathematics in a lesson', () => {
  it('is found between dollars', () => {
    check('a $x$ b $y + 1$.', ['x', 'y + 1']);
    check('$x$', ['x']);
    check('**$x$** and _$y_1$_ and $a_i * b_i$ times $c*d$', ['x', 'y_1', 'a_i * b_i', 'c*d']);
    check('- $x$\n- $y$\n\n> $z$', ['x', 'y', 'z']);
    check('| a | b |\n|---|---|\n| $x$ | $y$ |', ['x', 'y']);
  });

  it('leaves money alone', () => {
    check('It costs $5 and then $10 more.', []);
    check('Between $5 and $10, not more.', []);
    check('One $ alone, and $ spaced $ ones.', []);
    check('$20,000 and $30,000', []);
    check('$20,000 and US$30,000', []);
  });

  it('leaves an escaped dollar alone, outside and inside', () => {
    check('\\$x\\$ is text', []);
    check('a \\$5 and $x$', ['x']);
    check('$\\$5 + x$', ['\\$5 + x']);
  });

  it('leaves code alone', () => {
    check('`$x$` and `a$b` and $y$', ['y']);
    check('costs $5 and `a$b`', []);
    check('```ts\nconst a = `$x$`;\n```', []);
    check('    $indented$', []);
  });

  it('is displayed between double dollars, on one line or several', () => {
    check('$$x = 1$$', ['[x = 1]']);
    check('$$\nx = 1\n$$', ['[x = 1]']);
    check('before\n$$\na \\\\\n$$\nafter', ['[a \\\\]']);
    check('in a sentence $$x$$ too', ['[x]']);
    check('$$x$$ begins a sentence', ['[x]']);
    check('- item\n\n  $$\n  y\n  $$\n', ['[y]']);
  });

  it('is rendered for the eye and for the ear', () => {
    const { html } = formulas('$x$');
    assert.match(html, /<math xmlns/);
    assert.match(html, /<span class="katex-html" aria-hidden="true">/);
  });

  it('that does not render is a problem with its line, and stays readable as text', () => {
    const { html, problems } = formulas('fine\n\ntext and\n$\\frac{1}$ then');
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.line, 8);
    assert.match(problems[0]?.message ?? '', /does not render/);
    assert.match(html, /<code class="math-problem">\\frac\{1\}<\/code>/);
    assert.equal(formulas('\n\n$$\n\\nonsense\n$$').problems[0]?.line, 7);
  });

  it('that never closes is a problem, and swallows nothing silently', () => {
    const { problems } = formulas('$$\nx\n\nmore');
    assert.match(problems[0]?.message ?? '', /never closes/);
  });

  it('cannot bring links, markup, images or endless macros', () => {
    for (const hostile of [
      '$\\href{javascript:alert(1)}{x}$',
      '$\\htmlStyle{background:url(x)}{x}$',
      '$\\includegraphics{https://x}$',
      '$\\def\\a{\\a\\a}\\a$',
      '$\\class{x}{y}$',
    ]) {
      const { html, problems } = formulas(hostile);
      assert.equal(problems.length, 1, hostile);
      assert.doesNotMatch(html, /<a |<img|style="background/);
    }
    assert.doesNotMatch(formulas('$\\text{<img src=x onerror=alert(1)>}$').html, /<img/);
  });

  it('of a thousand dollars takes no time to speak of', () => {
    const started = performance.now();
    renderLesson(`${head}${'$ $a '.repeat(20_000)}`);
    assert.ok(performance.now() - started < 5_000);
  });
});
