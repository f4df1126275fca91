import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const tsc = join(import.meta.dirname, '../../../../node_modules/.bin/tsc');

const user = `
import { createTyping, type TypingProvider } from '@typingkit/core';
interface LinqTarget { readonly chatId: string }
declare const linq: TypingProvider<LinqTarget>;
const typing = createTyping({ channels: { imessage: linq, other: () => linq } });
export const work = typing.with('imessage', { chatId: 'a' }, Promise.resolve(1));
export const stopped = typing.keep('imessage', { chatId: 'a' }).stop();
void typing.send('imesage', { chatId: 'a' });
void typing.with('imessage', { chatId: 'a' }, 5);
export const shown: never = typing;
`;

/** A project that knows no disposables, and checks its libraries. */
const project = {
  compilerOptions: {
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    types: [],
    module: 'NodeNext',
    allowImportingTsExtensions: true,
  },
  files: ['user.ts'],
};

async function compilerOutput(): Promise<string> {
  const folder = await mkdtemp(join(import.meta.dirname, 'compiled-'));
  try {
    await writeFile(join(folder, 'user.ts'), user);
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
    await run(tsc, ['-p', folder, '--pretty', 'false'], { cwd: folder });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the compiler', () => {
  let output = '';
  beforeAll(async () => {
    output = await compilerOutput();
  }, 60_000);

  test('answers a channel that there is not with those that there are', () => {
    expect(output).toContain(
      `'"imesage"' is not assignable to parameter of type '"imessage" | "other"'`,
    );
  });

  test('answers what is not work with what is', () => {
    expect(output).toContain(
      "Argument of type 'number' is not assignable to parameter of type 'TypingWork<unknown>'",
    );
  });

  test('shows the type of a Typing as its channels', () => {
    expect(output).toContain(`Type 'Typing<{ imessage: LinqTarget; other: LinqTarget; }>'`);
  });

  test('has nothing else to say, also where a project knows no disposables and checks its libraries', () => {
    const places = output.split('\n').filter((line) => /^\S/.test(line));
    expect(places.map((line) => line.slice(0, line.indexOf(',')))).toEqual([
      'user.ts(8',
      'user.ts(9',
      'user.ts(10',
    ]);
  });
});
