import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';

const file = '.env';
const fromFile = new Set<string>();

/** Reads `.env` of the working directory, if there is one. What the environment already says wins. */
export function readEnvironmentFile(): void {
  const text = textOfFile();
  if (text === undefined) return;
  for (const [variable, value] of Object.entries(parseEnv(text))) {
    if (value === undefined || process.env[variable] !== undefined) continue;
    process.env[variable] = value;
    fromFile.add(variable);
  }
}

/** The file that a variable was read from, if it was. */
export function fileOfVariable(variable: string): string | undefined {
  return fromFile.has(variable) ? file : undefined;
}

function textOfFile(): string | undefined {
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `${file} in this directory cannot be read (${reason})`,
      'Fix it, or run the command in another directory.',
      exitCodes.usage,
    );
  }
}

/** Windows editors write UTF-16, and UTF-8 with a mark in front of the first name. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittleEndian = first === 0xff && second === 0xfe;
  const isBigEndian = first === 0xfe && second === 0xff;
  const encoding = isLittleEndian ? 'utf-16le' : isBigEndian ? 'utf-16be' : 'utf-8';
  try {
    // A decoder takes the mark away.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  throw new Error('it is not UTF-8 text: save it as UTF-8');
}
