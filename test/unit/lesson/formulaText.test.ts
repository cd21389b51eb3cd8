import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { formulaText } from '../../../src/lesson/formulaText';

describe('a formula as text', () => {
  const written: readonly (readonly [string, string])[] = [
    ['dW_{ki} = \\sum_{n} dy_{nk} \\, x_{ni}', 'dWₖᵢ = Σₙ dyₙₖ xₙᵢ'],
    ['dW = dy^\\top x', 'dW = dyᵀ x'],
    ['\\frac{\\partial L}{\\partial \\theta} = 2', '∂L/∂θ = 2'],
    ['\\frac{q \\cdot k}{\\sqrt{c}}', '(q · k)/√c'],
    ['\\hat{x} = \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}}', 'x̂ = (x − μ)/√(σ² + ε)'],
    ['m_t = \\beta_1 m_{t-1} + (1 - \\beta_1) g_t', 'mₜ = β₁ mₜ₋₁ + (1 − β₁) gₜ'],
    [
      'y = \\begin{cases} 1 & \\text{if } n = m \\\\ 0 & \\text{otherwise} \\end{cases}',
      'y = { 1 if n = m; 0 otherwise }',
    ],
    ['A = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}', 'A = [1 2; 3 4]'],
    ['\\left( a \\right) \\Rightarrow \\max_j b', '( a) ⇒ maxⱼ b'],
    ['x_{QK}', 'x_(QK)'],
  ];
  for (const [tex, text] of written) {
    it(`writes ${tex} as ${text}`, () => {
      assert.equal(formulaText(tex), text);
    });
  }

  it('leaves no TeX in any derivation step of the course', () => {
    const lessons = readdirSync('exercises', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('lesson.md'),
    );
    const left = lessons.flatMap((name) =>
      [...readFileSync(`exercises/${name}`, 'utf8').matchAll(/\$\$\n?([^$]+?)\$\$/g)]
        .map(([, tex = '']) => formulaText(tex))
        .filter((text) => /\\|[{}]_|\$|&/.test(text) || text === '')
        .map((text) => `${name}: ${text}`),
    );
    assert.deepEqual(left, []);
  });
});
