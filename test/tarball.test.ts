import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'acorn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packPackages } from '../scripts/pack-packages.ts';
import { moduleRequests } from './repository/source-file.ts';
import { publishedPackages } from './repository/workspace.ts';
import { type EmptyProject, installWithNpm } from './tarball/empty-project.ts';

const packages = publishedPackages();

let folder: string;
let project: EmptyProject;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'typingkit-tarball-'));
  project = await installWithNpm(folder, await packPackages(folder), packages);
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.for(packages.map(({ manifest }) => [manifest.name ?? '', manifest] as const))(
  'the tarball of %s',
  ([name, manifest]) => {
    const files = (): string[] =>
      readdirSync(project.installed(name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(project.installed(name), join(entry.parentPath, entry.name)));

    test('holds what was built, its sources, the licence, and nothing else', () => {
      const expected =
        /^(?:dist\/.+\.(?:js|d\.ts)(?:\.map)?|dist\/cjs\/package\.json|dist\/third-party-licenses\.txt|dist\/page\/.+\.(?:html|css|svg)|src\/.+\.ts|package\.json|README\.md|LICENSE)$/;
      const some = ['dist/index.js', 'dist/index.d.ts', 'src/index.ts', 'README.md', 'LICENSE'];
      expect(files()).toEqual(expect.arrayContaining(some));
      expect(files().filter((file) => !expected.test(file))).toEqual([]);
    });

    test('asks for no range of the workspace', async () => {
      const published = await readFile(join(project.installed(name), 'package.json'), 'utf8');
      expect(published).not.toMatch(/"(?:workspace|catalog):/);
    });

    test('names only what its manifest brings: in the code and in the declarations', async () => {
      const brought = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      for (const path of files().filter((file) => /^dist\/.*\.(?:js|d\.ts)$/.test(file))) {
        const text = await readFile(join(project.installed(name), path), 'utf8');
        // An import for its effect alone asks for no types, and a bundle has it inside.
        const asked = moduleRequests({ path, text })
          .filter(({ names }) => path.endsWith('.js') || names.length > 0)
          .map(({ specifier }) => specifier);
        const missing = asked.filter(
          (specifier) => isForeign(specifier) && !brought.includes(packageOf(specifier)),
        );
        expect([path, missing]).toEqual([path, []]);
      }
    });

    test('is written in ES2023 at most', async () => {
      const built = files().filter((file) => file.endsWith('.js') && !file.startsWith('dist/cjs/'));
      expect(built).not.toEqual([]);
      for (const file of built) {
        const code = await readFile(join(project.installed(name), file), 'utf8');
        expect([file, newerSyntax(code)]).toEqual([file, undefined]);
      }
    });

    test('can be imported by plain Node, every entry of it', async () => {
      const entries = Object.keys(manifest.exports ?? {}).filter(
        (entry) => entry !== './package.json',
      );
      // tsyringe wants its user to bring this, and says so.
      const polyfill = name === '@typingkit/tsyringe' ? `import 'reflect-metadata';` : '';
      const imports = entries.map((entry) => `...(await import('${name}${entry.slice(1)}'))`);
      const output = await project.node(
        `${polyfill}console.log(Object.keys({ ${imports.join()} }).length)`,
      );
      expect(Number(output)).toBeGreaterThan(0);
    });
  },
);

function isForeign(specifier: string): boolean {
  return !/^(?:\.|node:|\(computed\))/.test(specifier);
}

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function newerSyntax(code: string): string | undefined {
  try {
    parse(code, { ecmaVersion: 2023, sourceType: 'module', allowHashBang: true });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

test.for([
  'export const work = async () => { await using lock = take(); };',
  'export const letters = /[a--b]/v;',
])('newer syntax is noticed: %s', (code) => {
  expect(newerSyntax(code)).toMatch('SyntaxError');
});

test('a project that installed the tarballs sends typing', async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const output = await project.node(
    `import { sendTyping } from 'typingkit';
     const receipt = await sendTyping('imessage', { chatId: '550e8400-e29b-41d4-a716-446655440000' });
     console.log(JSON.stringify(receipt));`,
    { LINQ_API_KEY: 'lk_secret', LINQ_API_BASE_URL: `http://127.0.0.1:${port}` },
  );
  server.close();

  expect(requests).toEqual([
    'POST /v3/chats/550e8400-e29b-41d4-a716-446655440000/typing Bearer lk_secret',
  ]);
  expect(JSON.parse(output)).toMatchObject({ status: 'accepted', provider: 'linq' });
});
