import { readFileSync, writeFileSync } from 'node:fs';
import { exitCodeMeanings } from '../src/exit-codes.ts';
import { type HelpPage, helpPages } from './help-pages.ts';

const file = new URL('../../../docs/cli.md', import.meta.url);

/** The page of the documentation as it is. */
export function writtenReference(): string {
  return readFileSync(file, 'utf8');
}

/** The same, with what is made from the command itself made anew. */
export async function freshReference(): Promise<string> {
  const withCodes = replaced(writtenReference(), 'exit-codes', exitCodeTable());
  return replaced(withCodes, 'help', helpSections(await helpPages()));
}

function exitCodeTable(): string {
  const rows = exitCodeMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return ['| exit code | |', '|---|---|', ...rows].join('\n');
}

/** Of the commands that are the same for every channel, only the first channel's page. */
function helpSections(pages: readonly HelpPage[]): string {
  const seen = new Set<string>();
  const shown = pages.filter(({ command }) => {
    const [, verb = '', channel] = command.split(' ');
    if (verb === 'webhooks' || channel === undefined) return true;
    return !seen.has(verb) && seen.add(verb);
  });
  return shown
    .map(({ command, text }) => `### ${command}\n\n\`\`\`text\n${text}\n\`\`\``)
    .join('\n\n');
}

function replaced(text: string, name: string, content: string): string {
  const begin = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/cli.md has no ${begin} ... ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

if (import.meta.main) writeFileSync(file, await freshReference());
