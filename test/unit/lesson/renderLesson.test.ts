import assert from 'node:assert/strict';
import { renderLesson } from '../../../src/lesson/renderLesson';

const head = '---\ntitle: T\nminutes: 5\n---\n';
const step =
  ':::step dW The weights\n$$dW = dy^T x$$\n\nshapes: dW (out, in)\n\nEach weight meets each example.\n:::\n';

function problems(body: string): string[] {
  return renderLesson(head + body).problems.map(({ line, message }) => `${line}: ${message}`);
}

function checkProblem(body: string, expected: RegExp): void {
  const found = problems(body);
  assert.ok(
    found.some((problem) => expected.test(problem)),
    `${expected.source} is not among ${JSON.stringify(found)}`,
  );
}

describe('A derivation step', () => {
  it('becomes a closed details with number, title, shapes and reason, and is returned on its own', () => {
    const lesson = renderLesson(
      `${head}before\n\n${step}\nafter\n\n${step.replace('dW', 'db').replace('The weights', 'a < b')}`,
    );
    assert.deepEqual(lesson.problems, []);
    assert.deepEqual(lesson.stepOrder, ['dW', 'db']);
    assert.match(
      lesson.html,
      /<details class="step" id="step-dW" data-step="dW"><summary><span class="step-number">1<\/span> <span class="step-title">The weights<\/span>/,
    );
    assert.match(lesson.html, /<span class="step-number">2<\/span> <span class="step-title">a &lt; b<\/span>/);
    assert.match(
      lesson.steps['dW']?.html ?? '',
      /<p class="shapes"><span class="shapes-label">Shapes<\/span> dW \(out, in\)<\/p>/,
    );
    assert.match(lesson.steps['dW']?.html ?? '', /Each weight meets each example/);
    assert.equal(lesson.steps['db']?.title, 'a < b');
    assert.match(lesson.html, /<p>before<\/p>[\s\S]*<p>after<\/p>/);
    assert.equal(lesson.html.match(/<details/g)?.length, lesson.html.match(/<\/details>/g)?.length);
  });

  it('finds its shapes line right below other text too', () => {
    const body = ':::step a Title\nBecause $x$ is so.\nshapes: x (N,)\n:::';
    assert.deepEqual(problems(body), []);
    assert.match(renderLesson(head + body).html, /<p class="shapes">/);
  });

  it('without shapes, formula or reason is a problem at its line', () => {
    checkProblem('\n:::step a Title\n$x$ because it is\n:::', /^6: Step a gives no shapes/);
    checkProblem(':::step a Title\nwords only\n\nshapes: $x$ (N,)\n:::', /^5: Step a has no formula/);
    checkProblem(':::step a Title\n$$x$$\nshapes: x (N,)\n:::', /^5: Step a gives no reason/);
  });

  it('without an end, an id or a title, or with an id for the second time, is a problem', () => {
    checkProblem(step.replace(/:::\n$/, ''), /never ends/);
    checkProblem(step.replace(/:::\n$/, '') + step.replace('dW', 'other'), /^5: Step dW never ends/);
    checkProblem(step.replace(':::step dW The weights', ':::step'), /needs an id/);
    checkProblem(step.replace(' dW The weights', ' dW'), /has no title/);
    checkProblem(step.replace(' dW ', ' "><script> '), /needs an id of letters/);
    checkProblem(step + step, /already a step called dW/);
  });

  it('is not closed by a fence that holds :::', () => {
    const lesson = renderLesson(`${head}:::step a Title\nso $x$ is\n\`\`\`\n:::\n\`\`\`\nshapes: x (N,)\n:::\n\nafter`);
    assert.deepEqual(lesson.problems, []);
    assert.match(lesson.html, /<\/details>\n<p>after<\/p>/);
  });

  it('cannot stand in a list, and no other container exists', () => {
    checkProblem('- :::step a Title\n  x\n  :::', /not inside another block/);
    checkProblem(':::note\nhm\n:::', /:::step id Title only/);
    checkProblem(':::', /closes nothing/);
  });
});

describe('A lesson', () => {
  it('shows no markup of its author', () => {
    const { html } = renderLesson(
      `${head}<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n<div onclick="x">y</div>`,
    );
    assert.doesNotMatch(html, /<script|<img|<div/);
  });

  it('links to https and to exercises, and to nothing else', () => {
    const lesson = renderLesson(`${head}[a](https://example.org/x?y=1&z) and [b](exercise:tensors/matmul)`);
    assert.deepEqual(lesson.problems, []);
    assert.match(lesson.html, /<a href="https:\/\/example.org\/x\?y=1&amp;z">a<\/a>/);
    assert.match(lesson.html, /<a href="exercise:tensors\/matmul" data-exercise="tensors\/matmul">b<\/a>/);
    assert.deepEqual(lesson.links, [{ exercise: 'tensors/matmul', line: 5 }]);
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'command:workbench.action.quit',
      'http://example.org',
      'vscode://x',
      'data:text/html,x',
      'file:///etc/passwd',
      '//example.org',
      '../x',
      '#x',
      'exercise:../../x',
      'https:evil',
      '<java&#115;cript:alert(1)>',
    ]) {
      const { html, problems: found } = renderLesson(`${head}\nsee [b](${href})`);
      assert.doesNotMatch(html, /<a /, href);
      assert.match(html, /see b/, href);
      assert.equal(found[0]?.line, 6, href);
    }
    assert.doesNotMatch(renderLesson(`${head}<javascript:alert(1)> and [b]\n\n[b]: command:x`).html, /<a /);
    assert.doesNotMatch(renderLesson(`${head}<me@example.org>`).html, /<a /);
  });

  it('reports a link to an exercise that the course does not have', () => {
    const knows = (id: string): boolean => id === 'a/b';
    const { problems: found } = renderLesson(`${head}[x](exercise:a/b) [y](exercise:a/c)`, { knows });
    assert.deepEqual(found, [{ line: 5, message: 'The course has no exercise a/c. Correct the link or remove it.' }]);
  });

  it('links to its own steps, and reports a link to a step that it does not have', () => {
    const step = ':::step dW The weights\nso $x$ is\nshapes: x (N,)\n:::\n';
    const { html, problems: found } = renderLesson(`${head}[the weights](#step-dW) [the bias](#step-db)\n\n${step}`);
    assert.match(html, /<a href="#step-dW">the weights<\/a>/);
    assert.deepEqual(
      found.map(({ message }) => message),
      ['The lesson has no step db; it has dW. Correct the link or remove it.'],
    );
  });

  it('reports an address that is none', () => {
    const { problems: found } = renderLesson(`${head}[x](https://exa[mple.org/)`);
    assert.match(found[0]?.message ?? '', /is no address\. Correct it\./);
  });

  it('leaves images out and keeps their words', () => {
    const { html, problems: found } = renderLesson(`${head}![a <b> cat](https://example.org/cat.png)`);
    assert.doesNotMatch(html, /<img/);
    assert.match(html, /a &lt;b&gt; cat/);
    assert.match(found[0]?.message ?? '', /figures, not images/);
  });

  it('names its headings, each with an id of its own', () => {
    const { headings, html } = renderLesson(`${head}## The rule\n\n### Why $x$?\n\n## The rule\n`);
    assert.deepEqual(headings, [
      { level: 2, text: 'The rule', id: 'section-the-rule', line: 5 },
      { level: 3, text: 'Why x?', id: 'section-why-x', line: 7 },
      { level: 2, text: 'The rule', id: 'section-the-rule~2', line: 9 },
    ]);
    assert.match(html, /<h2 id="section-the-rule~2">/);
  });

  it('colours TypeScript and escapes it', () => {
    const { html } = renderLesson(`${head}\`\`\`ts\nconst a = f("<b>"); // 1 < 2\n\`\`\``);
    assert.match(
      html,
      /<span class="tok-keyword">const<\/span> a = <span class="tok-call">f<\/span>\(<span class="tok-string">&quot;&lt;b&gt;&quot;<\/span>\); <span class="tok-comment">\/\/ 1 &lt; 2<\/span>/,
    );
    assert.match(renderLesson(`${head}\`\`\`\n<b>\n\`\`\``).html, /&lt;b&gt;/);
  });

  it('shows what it can when a figure cannot be drawn, and says where', () => {
    const { html, problems: found } = renderLesson(
      `${head}a\n\n\`\`\`figure grid\n{ "values": [[1, 2], [3]], "caption": "c" }\n\`\`\`\n\nb`,
    );
    assert.match(html, /<p>a<\/p>[\s\S]*could not be drawn[\s\S]*<p>b<\/p>/);
    assert.equal(found[0]?.line, 8);
  });

  it('reads line ends of every system alike', () => {
    const text = `${head}${step}`;
    assert.deepEqual(renderLesson(text.replaceAll('\n', '\r\n')), renderLesson(text));
  });

  it('wraps a table so that a wide one scrolls within itself, by keyboard too', () => {
    const { html } = renderLesson(`${head}${step}\n| a | b |\n|---|---|\n| 1 | 2 |\n`);
    assert.match(html, /<div class="wide-table" tabindex="0">\s*<table>[\s\S]*<\/table>\s*<\/div>/);
  });
});
