import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A part of a page that is made by a script: what stands between `<!-- name -->` and `<!-- /name -->`. */
export interface GeneratedPart {
  readonly name: string;
  /** The page, from the root of the repository. */
  readonly file: string;
  readonly content: string;
}

/** Writes the parts, or, where `check` is true, complains of those that are out of date. */
export function generateParts(
  parts: readonly GeneratedPart[],
  { check, command }: { readonly check: boolean; readonly command: string },
): void {
  for (const { name, file, content } of parts) {
    const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
    if (!existsSync(path)) continue;
    const before = readFileSync(path, 'utf8');
    const after = replaced(before, name, content);
    if (after === before) continue;
    if (after === undefined) console.error(`${file} has no <!-- ${name} --> … <!-- /${name} -->`);
    else if (check) console.error(`${file} is out of date: run ${command}`);
    else writeFileSync(path, after);
    if (check || after === undefined) process.exitCode = 1;
  }
}

/** A Markdown table. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [titles, titles.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** The page with a fresh part; nothing where it has no place for it. */
function replaced(text: string, name: string, content: string): string | undefined {
  const begin = `<!-- ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(`<!-- /${name} -->`);
  if (from < 0 || to < from) return undefined;
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}
