import { readFileSync } from 'node:fs';
import { CommandError } from './command-error.ts';
import { exitCodes } from './exit-codes.ts';
import { settings } from './settings.ts';

/** Where the tokens of the server are, unless a file is named. */
export const tokensVariable = 'TYPINGKIT_TOKENS';

/**
 * The tokens that let a request in: of a file, one for each line, or of the environment.
 *
 * @throws CommandError where the file cannot be read, or holds none: a server without tokens would be a surprise.
 */
export function serverTokens(file: string | undefined): string[] {
  if (file === undefined) return tokensIn(settings.read(tokensVariable) ?? '');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw unusable(`The file ${file} cannot be read (${code})`);
  }
  const tokens = tokensIn(text);
  if (tokens.length === 0) throw unusable(`The file ${file} holds no token`);
  return tokens;
}

function tokensIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((token) => token !== '');
}

function unusable(what: string): CommandError {
  return new CommandError(what, 'Name a file with one token per line.', exitCodes.usage);
}
