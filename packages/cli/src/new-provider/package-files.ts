import type { ProviderNames } from './provider-names.ts';
import type { FilesByPath } from './source-files.ts';

/** What a package of the repository has around its sources. */
export function repositoryFiles(names: ProviderNames): FilesByPath {
  const { name, vendor, channel } = names;
  const folder = `packages/providers/${name}`;
  const repository = 'https://github.com/typingkit/typingkit';
  const manifest = {
    name: `@typingkit/${name}`,
    version: '0.0.0',
    description: `Typing indicators on ${channel} through ${vendor}.`,
    keywords: [...new Set(['bot', 'chat', channel, name, 'typing-indicator'])].toSorted(
      (one, other) => one.localeCompare(other),
    ),
    homepage: `${repository}/tree/main/${folder}#readme`,
    bugs: `${repository}/issues`,
    license: 'MIT',
    repository: { type: 'git', url: `git+${repository}.git`, directory: folder },
    files: ['dist', 'src', '!dist/.tsbuildinfo'],
    type: 'module',
    sideEffects: false,
    exports: { '.': './src/index.ts', './package.json': './package.json' },
    publishConfig: {
      main: './dist/cjs/index.js',
      types: './dist/cjs/index.d.ts',
      exports: {
        '.': {
          types: { require: './dist/cjs/index.d.ts', default: './dist/index.d.ts' },
          'module-sync': './dist/index.js',
          module: './dist/index.js',
          require: './dist/cjs/index.js',
          default: './dist/index.js',
        },
        './package.json': './package.json',
      },
      access: 'public',
    },
    devDependencies: {
      '@typingkit/core': 'workspace:^',
      '@typingkit/testing': 'workspace:^',
      vitest: 'catalog:',
    },
    peerDependencies: { '@typingkit/core': 'workspace:^' },
    engines: { node: '>=22' },
  };
  const project = {
    extends: '../../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src'],
    references: [{ path: '../../core' }],
  };
  return {
    'package.json': json(manifest),
    'tsconfig.json': compilerJson(project),
    'README.md': readme(names, `@typingkit/${name}`),
  };
}

/** What a package of its own has around its sources. @param version of typingkit. */
export function standaloneFiles(names: ProviderNames, version: string): FilesByPath {
  const name = `typingkit-${names.name}`;
  const manifest = {
    name,
    version: '0.0.0',
    description: `Typing indicators on ${names.channel} through ${names.vendor}, for typingkit.`,
    keywords: ['typing-indicator', 'typingkit'],
    type: 'module',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    scripts: {
      build: 'tsc',
      check: 'tsc --noEmit -p tsconfig.test.json',
      test: 'vitest run',
    },
    peerDependencies: { '@typingkit/core': `^${version}` },
    devDependencies: {
      '@typingkit/core': `^${version}`,
      '@typingkit/testing': `^${version}`,
      typescript: '>=5.9',
      vitest: '^5.0.0',
    },
    engines: { node: '>=22' },
  };
  const project = {
    compilerOptions: {
      target: 'ES2023',
      lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable'],
      module: 'NodeNext',
      types: [],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      rewriteRelativeImportExtensions: true,
      declaration: true,
      skipLibCheck: true,
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  };
  const tests = {
    extends: './tsconfig.json',
    compilerOptions: { rootDir: '.', noEmit: true },
    include: ['src', 'test'],
  };
  return {
    'package.json': json(manifest),
    'tsconfig.json': compilerJson(project),
    'tsconfig.test.json': compilerJson(tests),
    '.gitignore': 'node_modules\ndist\n',
    'README.md': readme(names, name),
  };
}

function readme({ factory, variable, vendor, channel }: ProviderNames, name: string): string {
  return `# ${name}

Typing indicators on ${channel} through ${vendor}, for [typingkit](https://github.com/typingkit/typingkit).

\`\`\`ts no-check
import { createTyping } from '@typingkit/core';
import { ${factory} } from '${name}';

const typing = createTyping({
  channels: { '${channel}': ${factory}({ apiKey: process.env.${variable}_API_KEY ?? '' }) },
});
await typing.send('${channel}', { conversationId: 'conversation-1' });
\`\`\`

## To fill in

Each place has a comment that starts with "Fill in". Start with the test: it says what the vendor documents, and fails until
the provider does the same.

- \`test/conformance.test.ts\`: the request, the ids, and every failure, from the vendor's documentation.
- \`src/target.ts\`: what an id looks like.
- \`src/error-body.ts\`: how the vendor reports an error.
- The provider: the address, the request, the answer, and what the vendor can do. Use \`'unknown'\` if nobody knows.
- The channel: where to get a key, and an example id.

[Adding a channel](https://github.com/typingkit/typingkit/blob/main/docs/adding-a-channel.md) explains every step. It is done
when the suite passes and this page says what the platform cannot do.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** With short lists on one line, as formatters leave them. */
function compilerJson(value: object): string {
  return json(value).replaceAll(/\[\s+("[^[\]{}]*")\s+\]/g, (_, items: string) => {
    return `[${items.replaceAll(/\s+/g, ' ')}]`;
  });
}
