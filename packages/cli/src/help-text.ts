/** Command lines to copy, for the end of a help page. All of them run as they are. */
export function examples(lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  ${line}`), ''].join('\n');
}
