/**
 * The theme's colours for what is painted on a canvas, where style sheets do not reach. They are read anew when VS Code
 * changes the theme, which it does by the body's class and the variables on the root element.
 */

export interface PaintTheme {
  readonly foreground: string;
  readonly quiet: string;
  readonly background: string;
  readonly gridLine: string;
  readonly font: string;
  readonly bad: string;
  /** Told apart by dash and label as well. */
  readonly hues: readonly string[];
}

/** In the order in which lines take them. */
export const hueVariables = [
  '--vscode-charts-blue',
  '--vscode-charts-orange',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-charts-red',
  '--vscode-charts-yellow',
] as const;

export function hueVariable(index: number): string {
  return hueVariables[index % hueVariables.length] ?? hueVariables[0];
}

export function readTheme(): PaintTheme {
  const style = getComputedStyle(document.body);
  const value = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const foreground = value('--vscode-foreground', 'CanvasText');
  return {
    foreground,
    quiet: value('--vscode-descriptionForeground', foreground),
    background: value('--vscode-editor-background', 'Canvas'),
    gridLine: `color-mix(in srgb, ${foreground} 13%, transparent)`,
    font: value('--vscode-font-family', 'sans-serif'),
    bad: value('--vscode-testing-iconFailed', value('--vscode-charts-red', foreground)),
    hues: hueVariables.map((name) => value(name, foreground)),
  };
}

/** Calls `listener` whenever the theme may have changed; returns what ends that. */
export function followTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'style'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
  const forced = window.matchMedia('(forced-colors: active)');
  forced.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    forced.removeEventListener('change', listener);
  };
}
