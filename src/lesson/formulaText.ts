/**
 * A formula in one line of Unicode text, for places that cannot render mathematics: hovers, names, terminals. It knows the
 * TeX that lessons use; what it does not know stays as it is written. Indices become subscripts where Unicode has all of
 * their characters (`dWₖᵢ`), and stand behind `_` or `^` where it has not.
 */

/** One line for each row of the formula. */
export function formulaText(tex: string): string {
  const reader = new Reader(tex.replace(/\\begin\{aligned\}|\\end\{aligned\}/g, '').replace(/\s+/g, ' '));
  return reader
    .sequence()
    .split('\n')
    .map((line) =>
      line
        .replace(/\s+/g, ' ')
        .replace(/ ([,.;)\]])/g, '$1')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
}

const symbols = table(`
  alpha α  beta β  gamma γ  delta δ  epsilon ε  varepsilon ε  eta η  theta θ  lambda λ  mu μ  pi π  rho ρ
  sigma σ  tau τ  phi φ  varphi φ  omega ω  Phi Φ  Sigma Σ  Delta Δ  sum Σ  prod Π  int ∫  partial ∂
  nabla ∇  infty ∞  ell ℓ  top ⊤  cdot ·  times ×  odot ⊙  pm ±  cup ∪  cap ∩  setminus ∖  in ∈  circ ∘  div ÷  le ≤
  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠  approx ≈  sim ∼  equiv ≡  ll ≪  gg ≫  rightarrow →  to →
  longrightarrow →  mapsto ↦  leftarrow ←  Rightarrow ⇒  Leftrightarrow ⇔  Longleftrightarrow ⇔  dots …
  cdots ⋯  ldots …  vdots ⋮  lVert ‖  rVert ‖  Vert ‖  lvert |  rvert |  vert |  mid |  lceil ⌈  rceil ⌉
  lfloor ⌊  rfloor ⌋  langle ⟨  rangle ⟩
`);

const words = new Set('max min exp ln log sin cos tan tanh det sup inf lim arg'.split(' '));

/** Commands that only set size, style or space. */
const silent = new Set(
  'left right big Big bigl Bigl bigr Bigr bigg Bigg biggl biggr middle textstyle displaystyle scriptstyle limits nolimits hline'.split(
    ' ',
  ),
);
const spaces = new Set([',', ';', ':', '!', ' ', 'quad', 'qquad']);
const wrappers = new Set(
  'text textbf textit mathrm mathbf mathit mathsf texttt operatorname boldsymbol mathcal'.split(' '),
);
const accents: Readonly<Record<string, string>> = {
  hat: '\u0302',
  bar: '\u0304',
  tilde: '\u0303',
  vec: '\u20D7',
  dot: '\u0307',
  overline: '\u0304',
};
const blackboard: Readonly<Record<string, string>> = { R: 'ℝ', E: '𝔼', N: 'ℕ', Z: 'ℤ', '1': '𝟙' };

const below: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()aehijklmnoprstuvxβγρφχ'].map((from, index) => [
    from,
    [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ'][index] ?? from,
  ]),
);
const above: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()abcdefghijklmnoprstuvwxyz⊤'].map((from, index) => [
    from,
    [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ'][index] ?? from,
  ]),
);

class Reader {
  private index = 0;

  constructor(private readonly tex: string) {}

  /** Up to the end, or to the `}`, `\end` or `]` that closes what was opened. */
  sequence(until = ''): string {
    let text = '';
    while (this.index < this.tex.length && !(until !== '' && this.tex.startsWith(until, this.index))) {
      text += this.next();
    }
    this.index += until.length;
    return text;
  }

  private next(): string {
    const character = this.tex[this.index] ?? '';
    switch (character) {
      case '{':
        this.index += 1;
        return this.sequence('}');
      case '_':
        this.index += 1;
        return script(this.argument(), { table: below, mark: '_' });
      case '^':
        this.index += 1;
        return script(this.argument(), { table: above, mark: '^' });
      case '&':
        this.index += 1;
        return ' ';
      case '~':
        this.index += 1;
        return ' ';
      case "'":
        this.index += 1;
        return '′';
      case '-':
        this.index += 1;
        return '−';
      case '\\':
        return this.command();
      default:
        this.index += 1;
        return character;
    }
  }

  /** A group, a command, or one character. */
  private argument(): string {
    while (this.tex[this.index] === ' ') this.index += 1;
    return this.next().trim();
  }

  private command(): string {
    const name = /^\\([A-Za-z]+|[^])/.exec(this.tex.slice(this.index))?.[1] ?? '';
    this.index += name.length + 1;
    if (name === '\\') {
      this.index += /^ ?\[[^\]]*\]/.exec(this.tex.slice(this.index))?.[0].length ?? 0;
      return '\n';
    }
    if (Object.hasOwn(symbols, name)) {
      const symbol = symbols[name] ?? '';
      if (symbol === '∂' && this.tex[this.index] === ' ') this.index += 1;
      return /^[→←⇒⇔↦=≤≥≠≈∼]$/.test(symbol) ? ` ${symbol} ` : symbol;
    }
    if (Object.hasOwn(accents, name)) {
      const base = this.argument();
      return [...base].length === 1
        ? `${base}${accents[name] ?? ''}`
        : name === 'overline'
          ? `mean(${base})`
          : `${name}(${base})`;
    }
    if (name === 'bmod') return ' mod ';
    if (words.has(name)) return /^ ?[_^({]/.test(this.tex.slice(this.index)) ? ` ${name}` : ` ${name} `;
    if (silent.has(name)) return this.delimiterAfter(name);
    if (spaces.has(name)) return name === '!' ? '' : name.length > 1 ? '   ' : ' ';
    if (wrappers.has(name)) return this.argument();
    switch (name) {
      case 'frac':
      case 'tfrac':
      case 'dfrac':
        return `${grouped(this.argument())}/${grouped(this.argument())}`;
      case 'sqrt':
        return `√${grouped(this.argument())}`;
      case 'mathbb': {
        const letter = this.argument();
        return blackboard[letter] ?? letter;
      }
      case 'begin':
        return this.environment(this.argument());
      case '{':
      case '}':
      case '%':
      case '_':
      case '#':
      case '$':
      case '&':
        return name;
      case '|':
        return '‖';
      default:
        return `\\${name}`;
    }
  }

  /** `\left.` draws nothing. */
  private delimiterAfter(name: string): string {
    if ((name === 'left' || name === 'right') && this.tex[this.index] === '.') {
      this.index += 1;
    }
    return '';
  }

  private environment(name: string): string {
    if (name === 'array') this.argument();
    const rows = this.sequence(`\\end{${name}}`)
      .split('\n')
      .map((row) => row.trim())
      .filter((row) => row !== '');
    const tidy = rows.map((row) => row.replace(/\s+/g, ' '));
    switch (name) {
      case 'cases':
        return `{ ${tidy.join('; ')} }`;
      case 'pmatrix':
      case 'bmatrix':
      case 'matrix':
      case 'array':
        return `[${tidy.join('; ')}]`;
      default:
        return rows.join('\n');
    }
  }
}

/** A numerator, a denominator or what stands below a root, in brackets where it is more than one thing. */
function grouped(text: string): string {
  return /^√\([^()]*\)$/.test(text) || /^√?[\p{L}\p{N}\p{M}∂∞ℓ₀-ₜᵢ-ᵪⱼ⁰-ₐᵀ.]+$/u.test(text) ? text : `(${text.trim()})`;
}

function script(
  text: string,
  { table, mark }: { readonly table: Readonly<Record<string, string>>; readonly mark: string },
): string {
  const plain = text.replace(/[ ,]/g, '').replaceAll('−', '-');
  const characters = [...plain];
  if (characters.length > 0 && characters.every((character) => Object.hasOwn(table, character))) {
    return characters.map((character) => table[character] ?? character).join('');
  }
  return characters.length === 1 ? `${mark}${plain}` : `${mark}(${text.trim()})`;
}

/** Names and what stands for them, in turns, apart by spaces. */
function table(text: string): Readonly<Record<string, string>> {
  const all = text.trim().split(/\s+/);
  return Object.fromEntries(all.flatMap((name, index) => (index % 2 === 0 ? [[name, all[index + 1] ?? '']] : [])));
}
