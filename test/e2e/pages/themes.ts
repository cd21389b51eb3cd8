/**
 * The colours of VS Code's own themes, as far as our pages use them, so that a page outside VS Code can be looked at as
 * it will be there. A variable that is missing here shows at once: it has a colour that no theme has.
 */
export type ThemeName = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

export const bodyClassOf: Readonly<Record<ThemeName, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  highContrast: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast vscode-high-contrast-light',
};

type Palette = Readonly<Record<string, string>>;

const dark: Palette = {
  'button-background': '#0078d4',
  'button-border': '#ffffff12',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#026ec1',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': '#3c3c3c',
  'charts-blue': '#59a4f9',
  'charts-green': '#89d185',
  'charts-orange': '#d18616',
  'charts-purple': '#b180d7',
  'charts-red': '#f14c4c',
  'charts-yellow': '#cca700',
  'debugTokenExpression-boolean': '#4e94ce',
  'debugTokenExpression-number': '#b5cea8',
  'debugTokenExpression-string': '#ce9178',
  descriptionForeground: '#9d9d9d',
  'editor-background': '#1f1f1f',
  'editor-foreground': '#cccccc',
  'editorLineNumber-foreground': '#6e7681',
  'editorWarning-foreground': '#cca700',
  errorForeground: '#f85149',
  focusBorder: '#0078d4',
  foreground: '#cccccc',
  'inputValidation-warningBackground': '#352a05',
  'input-background': '#313131',
  'input-border': '#3c3c3c',
  'input-foreground': '#cccccc',
  'list-hoverBackground': '#2a2d2e',
  'list-inactiveSelectionBackground': '#37373d',
  'list-inactiveSelectionForeground': '#cccccc',
  'progressBar-background': '#0078d4',
  'symbolIcon-functionForeground': '#b180d7',
  'testing-iconFailed': '#f14c4c',
  'textBlockQuote-background': '#2b2b2b',
  'textBlockQuote-border': '#616161',
  'textCodeBlock-background': '#2b2b2b',
  'textLink-activeForeground': '#4daafc',
  'textLink-foreground': '#4daafc',
  'textPreformat-background': '#3c3c3c',
  'textPreformat-foreground': '#d0d0d0',
};

const light: Palette = {
  ...dark,
  'button-background': '#005fb8',
  'button-border': '#0000001a',
  'button-hoverBackground': '#0258a8',
  'button-secondaryBackground': '#e5e5e5',
  'button-secondaryForeground': '#3b3b3b',
  'button-secondaryHoverBackground': '#cccccc',
  'charts-blue': '#1a85ff',
  'charts-green': '#388a34',
  'charts-orange': '#d18616',
  'charts-purple': '#652d90',
  'charts-red': '#e51400',
  'charts-yellow': '#bf8803',
  'debugTokenExpression-boolean': '#0000ff',
  'debugTokenExpression-number': '#098658',
  'debugTokenExpression-string': '#a31515',
  descriptionForeground: '#3b3b3b',
  'editor-background': '#ffffff',
  'editor-foreground': '#3b3b3b',
  'editorLineNumber-foreground': '#6e7681',
  'editorWarning-foreground': '#bf8803',
  errorForeground: '#c72e0f',
  focusBorder: '#005fb8',
  foreground: '#3b3b3b',
  'inputValidation-warningBackground': '#f6f5d2',
  'input-background': '#ffffff',
  'input-border': '#cecece',
  'input-foreground': '#3b3b3b',
  'list-hoverBackground': '#f2f2f2',
  'list-inactiveSelectionBackground': '#e4e6f1',
  'list-inactiveSelectionForeground': '#3b3b3b',
  'progressBar-background': '#005fb8',
  'symbolIcon-functionForeground': '#652d90',
  'testing-iconFailed': '#e51400',
  'textBlockQuote-background': '#f8f8f8',
  'textBlockQuote-border': '#e5e5e5',
  'textCodeBlock-background': '#f8f8f8',
  'textLink-activeForeground': '#005fb8',
  'textLink-foreground': '#005fb8',
  'textPreformat-background': '#0000001f',
  'textPreformat-foreground': '#3b3b3b',
};

const highContrast: Palette = {
  ...dark,
  'button-background': '#000000',
  'button-border': '#6fc3df',
  'button-hoverBackground': '#000000',
  'button-secondaryBackground': '#000000',
  'button-secondaryForeground': '#ffffff',
  'button-secondaryHoverBackground': '#000000',
  contrastBorder: '#6fc3df',
  contrastActiveBorder: '#f38518',
  descriptionForeground: '#ffffffb3',
  'editor-background': '#000000',
  'editor-foreground': '#ffffff',
  'editorLineNumber-foreground': '#ffffff',
  errorForeground: '#f48771',
  focusBorder: '#f38518',
  foreground: '#ffffff',
  'inputValidation-warningBackground': '#000000',
  'input-background': '#000000',
  'input-border': '#6fc3df',
  'input-foreground': '#ffffff',
  'list-hoverBackground': '#ffffff1a',
  'list-inactiveSelectionBackground': '#000000',
  'list-inactiveSelectionForeground': '#ffffff',
  'progressBar-background': '#6fc3df',
  'textBlockQuote-background': '#000000',
  'textBlockQuote-border': '#ffffff',
  'textCodeBlock-background': '#000000',
  'textLink-activeForeground': '#21a6ff',
  'textLink-foreground': '#21a6ff',
  'textPreformat-background': '#ffffff',
  'textPreformat-foreground': '#000000',
};

const highContrastLight: Palette = {
  ...light,
  'button-background': '#0f4a85',
  'button-border': '#0f4a85',
  'button-hoverBackground': '#0f4a85',
  'button-secondaryBackground': '#ffffff',
  'button-secondaryForeground': '#292929',
  'button-secondaryHoverBackground': '#ffffff',
  contrastBorder: '#0f4a85',
  contrastActiveBorder: '#006bbd',
  descriptionForeground: '#292929b3',
  'editor-foreground': '#292929',
  'editorLineNumber-foreground': '#292929',
  errorForeground: '#b5200d',
  focusBorder: '#006bbd',
  foreground: '#292929',
  'inputValidation-warningBackground': '#ffffff',
  'input-background': '#ffffff',
  'input-border': '#0f4a85',
  'input-foreground': '#292929',
  'list-hoverBackground': '#0f4a851a',
  'list-inactiveSelectionBackground': '#ffffff',
  'list-inactiveSelectionForeground': '#292929',
  'progressBar-background': '#0f4a85',
  'textBlockQuote-background': '#f2f2f2',
  'textBlockQuote-border': '#292929',
  'textCodeBlock-background': '#f2f2f2',
  'textLink-activeForeground': '#0f4a85',
  'textLink-foreground': '#0f4a85',
  'textPreformat-background': '#09345f',
  'textPreformat-foreground': '#ffffff',
};

const palettes: Readonly<Record<ThemeName, Palette>> = { light, dark, highContrast, highContrastLight };

const common: Palette = {
  'font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
  'font-size': '13px',
  'editor-font-family': '"Droid Sans Mono", monospace',
  'editor-font-size': '14px',
};

/** The declarations of all variables among `names` that VS Code sets in this theme. */
export function themeDeclarations(theme: ThemeName, names: Iterable<string>): string {
  const palette = { ...common, ...palettes[theme] };
  return [...names]
    .flatMap((name) => {
      const key = name.replace('--vscode-', '');
      const value = Object.hasOwn(palette, key) ? palette[key] : key.startsWith('contrast') ? undefined : 'hotpink';
      return value === undefined ? [] : [`${name}:${value}`];
    })
    .join(';');
}
