import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../repository/workspace.ts';
import { type NpmProject, npmProject } from './install/npm-project.ts';
import { type Packed, packed } from './install/packed.ts';
import { listen, startRequest, type Vendor } from './install/vendor.ts';

/** What docs/commonjs-and-jest.md tells a reader to write, by file. */
const files = new Map(
  fromMarkdown(readFileSync(join(root, 'docs/commonjs-and-jest.md'), 'utf8')).children.flatMap(
    (node): [string, string][] => {
      const title = node.type === 'code' && /title=(\S+)/.exec(node.meta ?? '')?.[1];
      return title ? [[title, node.value]] : [];
    },
  ),
);

const libraries = [
  'typingkit',
  '@typingkit/core',
  '@typingkit/linq',
  '@typingkit/testing',
  '@typingkit/tsyringe',
];

let pack: Packed;
let vendor: Vendor;
let project: NpmProject;
beforeAll(async () => {
  pack = await packed();
  vendor = await listen();
  project = await npmProject(pack.folder, pack.tarballs, libraries, {
    type: 'commonjs',
    dependencies: {
      '@types/jest': '30',
      '@types/node': '22',
      jest: '30',
      'node-20': 'npm:node@20',
      'node-22': 'npm:node@22',
      'reflect-metadata': '0.2',
      'ts-jest': '29',
      tsyringe: '4',
      'typescript-5.4': 'npm:typescript@5.4',
      typescript: '5.9',
      undici: '7',
    },
  });
  for (const [file, text] of files) await project.write(file, text);
  await project.write('everything.cts', everything);
  await project.write('everything.ts', everything);
}, 400_000);
afterAll(async () => {
  await vendor[Symbol.asyncDispose]();
  await pack[Symbol.asyncDispose]();
});

const node22 = 'node_modules/node-22/bin/node';

test('the page shows a program, a test, a configuration and types', () => {
  expect([...files.keys()]).toEqual(['bot.cjs', 'bot.test.js', 'tsconfig.json', 'bot.cts']);
});

test.for(['node', node22])('%s requires it', async (node) => {
  expect(await project.run(node, ['bot.cjs'], vendor.environment)).toBe('accepted\n');
  expect(vendor.requests()).toEqual([startRequest]);
});

test.for(['node', node22])('%s has one copy, whoever requires it or imports it', async (node) => {
  await project.write(
    'one-copy.cjs',
    `const { TypingError } = require('@typingkit/core');
     const kit = require('typingkit');
     import('@typingkit/core').then((core) =>
       console.log(core.TypingError === TypingError, kit.TypingError === TypingError));`,
  );
  expect(await project.run(node, ['one-copy.cjs'])).toBe('true true\n');
});

test('the CommonJS form knows the errors of the modules, and they know its own', async () => {
  await project.write(
    'two-copies.mjs',
    `import { createRequire } from 'node:module';
     import { TypingError } from '@typingkit/core';
     const require = createRequire(import.meta.url);
     const { TypingError: Other } = require('./node_modules/@typingkit/core/dist/cjs/index.js');
     const details = { code: 'timeout', reason: 'it took long' };
     console.log(
       Other === TypingError,
       Other.isInstance(new TypingError(details)),
       TypingError.isInstance(new Other(details)),
     );`,
  );
  expect(await project.run('node', ['two-copies.mjs'])).toBe('false true true\n');
});

test('Jest runs the test of the page', { timeout: 120_000 }, async () => {
  const printed = await project.run('jest', ['bot.test.js']);
  expect(printed).toMatch(/Tests: +1 passed, 1 total/);
});

test('in Jest a bot sends typing, as shipped and over undici', { timeout: 120_000 }, async () => {
  await project.write(
    'sends.test.js',
    `const { sendTyping, configureTyping } = require('typingkit');
     const { linq } = require('@typingkit/linq');
     const { undiciFetch } = require('@typingkit/core/undici');
     const target = { chatId: '550e8400-e29b-41d4-a716-446655440000' };
     test('sends', async () => {
       await sendTyping('imessage', target);
       const fetch = undiciFetch();
       const { LINQ_API_KEY: apiKey, LINQ_API_BASE_URL: baseUrl } = process.env;
       configureTyping({ channels: { imessage: () => linq({ apiKey, baseUrl, fetch }) } });
       await sendTyping('imessage', target);
       await fetch.close();
     });`,
  );
  const printed = await project.run('jest', ['sends.test.js'], vendor.environment);
  expect(printed).toMatch(/Tests: +1 passed, 1 total/);
  expect(vendor.requests().filter((request) => request === startRequest)).toHaveLength(2);
});

test('ts-jest runs it in TypeScript', { timeout: 120_000 }, async () => {
  const typed = (files.get('bot.test.js') ?? '').replaceAll(
    /const (\{.*\}) = require\((.*)\);/g,
    'import $1 from $2;',
  );
  expect(typed).toContain('import {');
  await project.write('typed.test.ts', typed);
  await project.write('ts-jest.json', JSON.stringify({ preset: 'ts-jest' }));
  const printed = await project.run('jest', ['--config', 'ts-jest.json', 'typed.test.ts']);
  expect(printed).toMatch(/Tests: +1 passed, 1 total/);
});

/** Where `moduleResolution` is older than `exports`, too. */
const settings = [
  ['--module commonjs --moduleResolution node10', 'everything.ts'],
  ['--module node16', 'everything.cts'],
  ['--module nodenext', 'everything.ts'],
  ['--module esnext --moduleResolution bundler', 'everything.ts'],
  ['--module node16 --lib es2022,dom --types reflect-metadata', 'without-node.cts'],
] as const;
const compilers = ['typescript-5.4', 'typescript'];

test.for(
  settings.flatMap(([flags, file]) => compilers.map((compiler) => ({ compiler, flags, file }))),
)(
  '$compiler $flags finds the types in $file',
  { timeout: 120_000 },
  async ({ compiler, flags, file }) => {
    await project.write('without-node.cts', files.get('bot.cts') ?? '');
    const tsc = [`node_modules/${compiler}/bin/tsc`, '--noEmit', '--strict'];
    const rest = ['--target', 'es2022', '--skipLibCheck', 'false', ...flags.split(' '), file];
    expect(await project.run('node', [...tsc, ...rest])).toBe('');
  },
);

test('the tsconfig.json of the page compiles its files', { timeout: 120_000 }, async () => {
  await project.write(
    'tsconfig.page.json',
    JSON.stringify({
      extends: './tsconfig.json',
      files: ['bot.cts', 'everything.ts'],
      compilerOptions: { noEmit: true },
    }),
  );
  expect(await project.run('tsc', ['-p', 'tsconfig.page.json'])).toBe('');
});

test('the command line on Node 20 says which Node it needs', async () => {
  const cli = await npmProject(pack.folder, pack.tarballs, [...libraries, ...tools], {
    dependencies: { undici: '7', 'reflect-metadata': '0.2', tsyringe: '4' },
  });
  const node20 = join(project.folder, 'node_modules/node-20/bin/node');
  const run = cli.run(node20, ['node_modules/@typingkit/cli/dist/bin.js', '--help']);
  const { message } = await run.then(
    () => new Error('It ended with 0.'),
    (error: Error) => error,
  );
  expect(message).toMatch(/\ntypingkit needs Node 22 or newer\. This is Node 20\.\d+\.\d+\.\n$/);
}, 120_000);

const tools = ['@typingkit/cli', '@typingkit/playground', '@typingkit/simulator'];

const everything = `
import 'reflect-metadata';
import { createTyping, TypingError } from '@typingkit/core';
import { errorCodes } from '@typingkit/core/error-codes';
import { vendorClient } from '@typingkit/core/http';
import { object } from '@typingkit/core/schema';
import { undiciFetch } from '@typingkit/core/undici';
import { webhookHandler } from '@typingkit/core/webhook';
import { connectSafely } from '@typingkit/connectsafely';
import { linq } from '@typingkit/linq';
import { linqWebhook } from '@typingkit/linq/webhook';
import { fakeProvider } from '@typingkit/testing/fake';
import { registerTyping } from '@typingkit/tsyringe';
import { container } from 'tsyringe';
import { sendTyping, withTyping } from 'typingkit';

export const values = [TypingError, errorCodes, vendorClient, object, undiciFetch, webhookHandler];
export const more = [connectSafely, linqWebhook, fakeProvider];

export async function use(chatId: string): Promise<number> {
  await sendTyping('imessage', { chatId });
  // @ts-expect-error -- there is no such channel.
  await sendTyping('imessag', { chatId });
  const typing = createTyping({ channels: { imessage: linq({ apiKey: 'x' }) } });
  // @ts-expect-error -- the target is checked.
  typing.keep('imessage', { chat: chatId });
  const token = registerTyping(container, { imessage: () => linq({ apiKey: 'x' }) });
  container.resolve(token).keep('imessage', { chatId });
  return withTyping('imessage', { chatId }, async () => 1);
}
`;
