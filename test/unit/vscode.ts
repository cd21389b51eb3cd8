/**
 * What stands in for VS Code in the unit tests: as much of it as code needs that only says something through it. Whatever
 * does more with VS Code is tested in a real one.
 */
export const l10n = {
  bundle: undefined as Readonly<Record<string, string>> | undefined,
  t(message: string, ...values: readonly (string | number | boolean)[]): string {
    return message.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
  },
};
