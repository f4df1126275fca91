import { describe, expect, test } from 'vitest';
import { wrongRooms } from './repository/core-rooms.ts';
import { shapeProblems } from './repository/file-shape.ts';
import { machineTraces } from './repository/machine-traces.ts';
import { adapterProblems, manifestProblems } from './repository/manifest-fields.ts';
import { adaptersAmong, engineExports, wrongImports } from './repository/package-arrows.ts';
import type { SourceFile } from './repository/source-file.ts';
import { nodeOnlyParts } from './repository/web-standards.ts';
import {
  type Manifest,
  packageSources,
  type PublishedPackage,
  publishedPackages,
  textFiles,
} from './repository/workspace.ts';

const packages = publishedPackages();
const sources = packageSources();
const files = textFiles();
const adapters = adaptersAmong(packages.map(({ folder }) => folder));

const whole: PublishedPackage['has'] = (path) => path !== 'LICENSE';
const at = (path: string, text: string): SourceFile => ({ path, text });

test('there is something to check', () => {
  expect(packages.length).toBeGreaterThanOrEqual(7);
  expect(sources.length).toBeGreaterThan(50);
  expect(adapters).toEqual(expect.arrayContaining(['providers/connectsafely', 'providers/linq']));
});

describe('imports follow the arrows', () => {
  const engine = engineExports(
    sources.find(({ path }) => path === 'packages/core/src/index.ts') ?? at('', ''),
  );
  const check = (file: SourceFile): string[] => wrongImports(file, adapters, engine);

  test('in every file', () => {
    expect(engine).toContain('createTyping');
    expect(sources.flatMap(check)).toEqual([]);
  });

  test.for<[where: string, statement: string]>([
    ['providers/linq/src/a.ts', `import { linq } from '@typingkit/connectsafely';`],
    ['providers/linq/src/a.ts', `import { createTyping } from '@typingkit/core';`],
    ['providers/linq/src/a.ts', `import type { Typing } from '@typingkit/core';`],
    ['providers/linq/src/a.ts', `import * as core from '@typingkit/core';`],
    ['providers/linq/src/a.ts', `import { Wire } from '@typingkit/core/engine/wire.ts';`],
    ['providers/linq/src/a.ts', `import { Wire } from '../../../core/src/engine/wire.ts';`],
    ['providers/linq/src/a.ts', `export { TYPING } from '@typingkit/tsyringe';`],
    ['providers/linq/src/deep/a.ts', `type Target = import('typingkit').TypingChannels;`],
    ['providers/connectsafely/src/a.ts', `const later = () => import('typingkit');`],
    ['simulator/src/a.ts', `import { TypingError } from '@typingkit/core';`],
    ['testing/src/a.ts', `import { linq } from '@typingkit/linq';`],
    ['tsyringe/src/a.ts', `import { linq } from '@typingkit/linq';`],
    ['tsyringe/src/a.ts', `import { vendorClient } from '@typingkit/core/http';`],
    ['typingkit/src/a.ts', `import { simulator } from '@typingkit/simulator';`],
    ['playground/src/a.ts', `import { withTyping } from 'typingkit';`],
    ['playground/page/a.tsx', `import { withTyping } from 'typingkit';`],
    ['core/src/a.ts', `import { sendTyping } from 'typingkit';`],
    ['providers/linq/src/a.ts', `import { undiciFetch } from '@typingkit/core/undici';`],
    ['typingkit/src/a.ts', `import { redisGate } from '@typingkit/bullmq';`],
    ['bullmq/src/a.ts', `import { sendTyping } from 'typingkit';`],
    ['bullmq/src/a.ts', `import { linqAddress } from '@typingkit/linq';`],
    ['opentelemetry/src/a.ts', `import { TYPING } from '@typingkit/tsyringe';`],
    ['server/src/a.ts', `import { defaultTyping } from 'typingkit';`],
    ['server/src/a.ts', `import { linq } from '@typingkit/linq';`],
    ['server/src/a.ts', `import { Timeline } from '@typingkit/page-parts';`],
    ['page-parts/src/a.ts', `import type { Typing } from '@typingkit/core';`],
    ['simulator/src/a.ts', `import { Timeline } from '@typingkit/page-parts';`],
    ['cli/src/a.ts', `import { describeTypingProvider } from '@typingkit/testing';`],
    ['attic/src/a.ts', `export const dust = 1;`],
  ])('%s may not say %s', ([where, statement]) => {
    expect(check(at(`packages/${where}`, statement))).toHaveLength(1);
  });

  test.for<[where: string, statement: string]>([
    ['providers/linq/src/a.ts', `import { TypingError } from '@typingkit/core';`],
    ['providers/linq/src/a.ts', `import { vendorClient } from '@typingkit/core/http';`],
    ['providers/linq/src/a.ts', `export { b } from './b.ts';`],
    ['providers/linq/src/deep/a.ts', `import { b } from '../b.ts';`],
    ['typingkit/src/a.ts', `import { linq } from '@typingkit/linq';`],
    ['playground/src/a.ts', `import { linqWebhook } from '@typingkit/linq/webhook';`],
    ['playground/page/a.tsx', `import { Timeline } from '@typingkit/page-parts';`],
    ['server/page/a.tsx', `import { Timeline } from '@typingkit/page-parts';`],
    ['server/src/a.ts', `import { instrument } from '@typingkit/opentelemetry';`],
    ['bullmq/src/a.ts', `import { createTyping } from '@typingkit/core';`],
    ['cli/src/a.ts', `import { serve } from '@typingkit/server';`],
    ['cli/src/a.ts', `import { providers } from 'typingkit/environment';`],
  ])('%s may say %s', ([where, statement]) => {
    expect(check(at(`packages/${where}`, statement))).toEqual([]);
  });
});

test('nobody but @typingkit/bullmq knows of Redis', () => {
  const knowing = sources.filter(({ text }) => /['"](?:bullmq|ioredis)['"]/.test(text));
  const elsewhere = knowing.filter(({ path }) => !path.startsWith('packages/bullmq/'));
  expect(knowing.length).toBeGreaterThan(0);
  expect(elsewhere.map(({ path }) => path)).toEqual([]);
});

describe('the rooms of core stand on one another', () => {
  test('in every file', () => {
    const ofCore = sources.filter(({ path }) => path.startsWith('packages/core/'));
    expect(ofCore.flatMap(wrongRooms)).toEqual([]);
  });

  test.for<[room: string, statement: string]>([
    ['contract', `import type { Clock } from '../time/clock.ts';`],
    ['contract', `import * as z from 'zod/mini';`],
    ['time', `import { TypingError } from '../contract/typing-error.ts';`],
    ['input', `import { pause } from '../time/pause.ts';`],
    ['http', `import { Channel } from '../engine/channel.ts';`],
    ['inbound', `import { Channel } from '../engine/channel.ts';`],
    ['engine', `import { vendorClient } from '../http/index.ts';`],
    ['engine', `import { createTyping } from '../index.ts';`],
    ['attic', `export const dust = 1;`],
  ])('%s may not say %s', ([room, statement]) => {
    expect(wrongRooms(at(`packages/core/src/${room}/a.ts`, statement))).toHaveLength(1);
  });
});

describe('what has to run everywhere uses web standards only', () => {
  test('in every file', () => {
    expect(sources.flatMap(nodeOnlyParts)).toEqual([]);
  });

  test('an index may list values and types by name', () => {
    const text = `export { a, type B } from './a.ts';\nexport type { C } from './c.ts';`;
    expect(shapeProblems(at('packages/providers/linq/src/index.ts', text))).toEqual([]);
  });
});

describe('manifests say what the registry and a bundler have to know', () => {
  const linq = packages.find(({ folder }) => folder === 'providers/linq');

  test('in every package', () => {
    expect(packages.flatMap(manifestProblems)).toEqual([]);
  });

  test('every adapter takes core as a peer', () => {
    const found = packages.filter(({ folder }) => adapters.includes(folder));
    expect(found.flatMap(adapterProblems)).toEqual([]);
  });

  test.for<[string, Manifest]>([
    ['name', { name: 'linq' }],
    ['license', { license: 'ISC' }],
    ['repository', { repository: { type: 'git', url: 'git+https://example.com/a.git' } }],
    ['engines', { engines: { node: '>=18' } }],
    ['sideEffects', { sideEffects: true }],
    ['files', { files: ['dist'] }],
    ['keywords', { keywords: ['bot'] }],
    ['private', { private: true }],
    ['packageManager', { packageManager: 'pnpm@12.18.0' }],
    ['bin', { bin: { linq: './src/bin.ts' } }],
    ['exports', { exports: { ...linq?.manifest.exports, './webhook': './src/webhook.ts' } }],
    ['express', { dependencies: { ...linq?.manifest.dependencies, express: '5.3.0' } }],
    ['public', { publishConfig: { ...linq?.manifest.publishConfig, access: 'restricted' } }],
  ])('a wrong %s is noticed', ([field, changes]) => {
    const manifest = { ...linq?.manifest, ...changes };
    const problems = manifestProblems({ folder: 'providers/linq', manifest, has: whole });
    expect(problems).toEqual([expect.stringContaining(field)]);
  });

  test.for([['README.md'], ['./src/index.ts']])('a missing %s is noticed', ([path = '']) => {
    const manifest = { ...linq?.manifest };
    const has: PublishedPackage['has'] = (asked) => asked !== path && whole(asked);
    expect(manifestProblems({ folder: 'providers/linq', manifest, has })).toHaveLength(1);
  });

  test.for<[string, Manifest]>([
    ['no peer', { peerDependencies: {} }],
    ['a dependency', { dependencies: { '@typingkit/core': 'workspace:^' } }],
  ])('core as %s is noticed', ([, changes]) => {
    const manifest = { ...linq?.manifest, ...changes };
    expect(adapterProblems({ folder: 'providers/linq', manifest, has: whole })).toHaveLength(1);
  });
});

describe('nothing is true on one machine only', () => {
  test('in every file', () => {
    expect(files.flatMap(machineTraces)).toEqual([]);
  });

  // Put together here, because this file is checked, too.
  const place = ['', 'work', 'main', 'x'].join('/');
  const host = ['registry', 'npmjs', 'org'].join('.');

  test.for<[path: string, text: string]>([
    ['docs/a.md', `Look into ${place}.`],
    ['scripts/a.ts', `readFile('${['', 'tmp', 'x'].join('/')}');`],
    ['scripts/a.ts', `readFile('${['', 'home', 'ann'].join('/')}');`],
    ['.npmrc', `registry=https://${host}/`],
    ['pnpm-lock.yaml', `resolution: {tarball: https://example.com/a.tgz}`],
    ['package.json', `{ "packageManager": "pnpm@12.18.0" }`],
  ])('%s may not hold %s', ([path, text]) => {
    expect(machineTraces(at(path, text))).toHaveLength(1);
  });
});

test('the provider table knows every adapter', () => {
  const table = files.find(({ path }) => path === 'docs/providers.md')?.text ?? '';
  for (const adapter of adapters) expect(table).toContain(`(../packages/${adapter}/README.md)`);
});
