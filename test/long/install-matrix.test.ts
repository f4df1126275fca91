import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../repository/workspace.ts';
import { type NpmProject, npmProject } from './install/npm-project.ts';
import { type Packed, packed } from './install/packed.ts';
import { chatId, listen, startRequest, type Vendor } from './install/vendor.ts';

const ours = ['typingkit', '@typingkit/core', '@typingkit/linq'];
const adapterTools = ['@typingkit/core', '@typingkit/testing', '@typingkit/linq'];

/** Old, middle and new of everything that somebody's project may have before we come. */
const projects = [
  { undici: '6', vitest: '3', zod: '4.0.0', tsyringe: '4.8.0', typescript: '5.4' },
  { undici: '7', vitest: '4', zod: '4.3.4', tsyringe: '4.9.1', typescript: '5.9' },
  { undici: '8', vitest: '5', zod: '4', tsyringe: '4', typescript: '7' },
];

let pack: Packed;
let vendor: Vendor;
beforeAll(async () => {
  pack = await packed();
  vendor = await listen();
}, 400_000);
afterAll(async () => {
  await vendor[Symbol.asyncDispose]();
  await pack[Symbol.asyncDispose]();
});

describe.for(projects)(
  'beside undici $undici and tsyringe $tsyringe, with TypeScript $typescript',
  ({ undici, tsyringe, typescript }) => {
    let project: NpmProject;
    beforeAll(async () => {
      project = await npmProject(pack.folder, pack.tarballs, [...ours, '@typingkit/tsyringe'], {
        dependencies: {
          undici,
          tsyringe,
          typescript,
          'reflect-metadata': '0.2',
          '@types/node': '22',
        },
      });
      await project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['main.ts'] }));
      await project.write('main.ts', bot);
    }, 400_000);

    let compiled: Promise<string> | undefined;
    const compile = (): Promise<string> => (compiled ??= project.run('tsc', []));

    test('the types are whole, those of libraries included', { timeout: 60_000 }, async () => {
      expect(await compile()).toBe('');
    });

    test('typing is sent: as shipped, over undici and out of a container', async () => {
      await compile();
      const printed = await project.run('node', ['main.js'], vendor.environment);
      expect(printed.trim().split('\n')).toEqual(['accepted', 'accepted', 'accepted']);
      const starts = vendor.requests().filter((request) => request.startsWith('POST'));
      expect(starts).toEqual([startRequest, startRequest, startRequest]);
    });
  },
);

describe.for(projects)('with Vitest $vitest and zod $zod', ({ vitest, zod, typescript }) => {
  let project: NpmProject;
  beforeAll(async () => {
    project = await npmProject(pack.folder, pack.tarballs, adapterTools, {
      dependencies: { vitest, zod, typescript, valibot: '1', arktype: '2', '@types/node': '22' },
    });
    const options = { ...compilerOptions, skipLibCheck: true };
    const include = ['*.ts', 'src', 'test'];
    await project.write('tsconfig.json', JSON.stringify({ compilerOptions: options, include }));
    // The adapter of the documentation, with its tests, and one that is published.
    for (const file of ['src/mattermost.ts', 'test/mattermost.test.ts'])
      await project.write(
        file,
        (await sourceOf(`examples/mattermost/${file}`)).replaceAll(
          "mattermost.ts'",
          "mattermost.js'",
        ),
      );
    const facts = await sourceOf('packages/providers/linq/test/support/linq-facts.ts');
    await project.write(
      'test/linq.test.ts',
      `import { describeTypingProvider } from '@typingkit/testing';
       ${facts.replace('../../src/index.ts', '@typingkit/linq')}
       describeTypingProvider('linq', linqFacts);`,
    );
    for (const [library, schema] of Object.entries(schemas))
      await project.write(`${library}.ts`, adapterWith(schema));
  }, 400_000);

  let compiled: Promise<string> | undefined;
  const compile = (): Promise<string> => (compiled ??= project.run('tsc', []));

  test('an adapter and its tests compile', { timeout: 60_000 }, async () => {
    expect(await compile()).toBe('');
  });

  test('the conformance suite passes', { timeout: 180_000 }, async () => {
    await project.run('vitest', ['run', '--reporter=json', '--outputFile=report.json']);
    const report = JSON.parse(await readFile(join(project.folder, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ success: true, numFailedTests: 0, numPendingTests: 0 });
    expect(report.numPassedTests).toBeGreaterThan(150);
  });

  test.for(Object.keys(schemas))('a target may be described with %s', async (library) => {
    await compile();
    const [good, bad] = (await project.run('node', [`${library}.js`])).trim().split('\n');
    expect(good).toBe('{"room":"lobby"}');
    expect(bad).toMatch(/^\[pager\] room /);
    // Whatever the library says of it.
    expect(bad).not.toContain('s3cret');
  });
});

const compilerOptions = {
  strict: true,
  target: 'es2022',
  module: 'nodenext',
  // Neither `dom` nor `esnext.disposable`: what we need of them comes with the types.
  lib: ['es2023'],
  types: ['node'],
  skipLibCheck: false,
};

const bot = `
import 'reflect-metadata';
import { createTyping, TypingError } from '@typingkit/core';
import { undiciFetch } from '@typingkit/core/undici';
import { linq } from '@typingkit/linq';
import { linqWebhook } from '@typingkit/linq/webhook';
import { registerTyping } from '@typingkit/tsyringe';
import { container } from 'tsyringe';
import { sendTyping, TypingError as SameError } from 'typingkit';

if (TypingError !== SameError || typeof linqWebhook !== 'function') throw new Error();
const target = { chatId: '${chatId}' };
console.log((await sendTyping('imessage', target)).status);

const { LINQ_API_KEY: apiKey = '', LINQ_API_BASE_URL: baseUrl } = process.env;
const fetch = undiciFetch();
const typing = createTyping({ channels: { imessage: linq({ apiKey, baseUrl, fetch }) } });
console.log((await typing.send('imessage', target)).status);
await fetch.close();

const token = registerTyping(container, { imessage: () => linq({ apiKey, baseUrl }) });
console.log((await container.resolve(token).send('imessage', target)).status);
await container.dispose();
`;

const schemas = {
  zod: `import { z } from 'zod';
        export const Target = z.object({ room: z.string().regex(/^[a-z]+$/) });`,
  'zod-mini': `import * as z from 'zod/mini';
        export const Target = z.object({ room: z.string().check(z.regex(/^[a-z]+$/)) });`,
  valibot: `import * as v from 'valibot';
        export const Target = v.object({ room: v.pipe(v.string(), v.regex(/^[a-z]+$/)) });`,
  arktype: `import { type } from 'arktype';
        export const Target = type({ room: '/^[a-z]+$/' });`,
};

function adapterWith(schema: string): string {
  return `${schema}
import { parseTarget } from '@typingkit/core';

const target: { room: string } = parseTarget('pager', Target, { room: 'lobby' });
console.log(JSON.stringify(target));
try {
  parseTarget('pager', Target, { room: 's3cret!' });
} catch (error) {
  console.log((error as Error).message);
}
`;
}

function sourceOf(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}
