import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CommandError } from '../command-error.ts';
import type { Setup } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { examples } from '../help-text.ts';
import { repositoryFiles, standaloneFiles } from '../new-provider/package-files.ts';
import { type ProviderNames, providerNames } from '../new-provider/provider-names.ts';
import { type FilesByPath, sourceFiles } from '../new-provider/source-files.ts';
import { addOutputFlags, type OutputFlags } from '../output-flags.ts';
import { outputFor } from '../output.ts';
import { styled } from '../printable.ts';
import { ownVersion } from '../own-version.ts';

interface NewProviderFlags extends OutputFlags {
  readonly channel?: string;
  readonly vendor?: string;
}

export const setUpNewProvider: Setup = (command) => {
  command.argument('<name>', "the provider's name, such as acme: lower case, with hyphens");
  command.option('--channel <channel>', 'the app that the recipient uses (default: the name)');
  command.option('--vendor <name>', 'how the vendor spells its name (default: the name)');
  addOutputFlags(command);
  command.addHelpText('after', () => help);
  command.action((name: string, flags: NewProviderFlags) => {
    const names = providerNames(name, flags);
    const repository = repositoryAround(process.cwd());
    const folder = repository
      ? join(repository, 'packages/providers', name)
      : resolve(process.cwd(), `typingkit-${name}`);
    const around = repository ? repositoryFiles(names) : standaloneFiles(names, ownVersion());
    const files = { ...around, ...sourceFiles(names) };
    writeFiles(folder, files);
    const steps = repository ? stepsInside(names) : stepsOutside(folder);
    outputFor(flags).result({ folder, files: Object.keys(files), next: steps }, [
      `${styled('green', 'written')} ${relative(process.cwd(), folder) || folder}`,
      ...Object.keys(files).map((file) => `  ${file}`),
      '',
      'Next:',
      ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ]);
  });
};

const help = `
Inside a clone of typingkit it writes packages/providers/<name>, elsewhere a standalone package in
typingkit-<name>. The package builds. Its conformance suite fails only where
you have to fill in something from the vendor's documentation.
${examples(['typingkit new-provider acme', 'typingkit new-provider acme-chat --json'])}`;

function repositoryAround(directory: string): string | undefined {
  if (
    existsSync(join(directory, 'pnpm-workspace.yaml')) &&
    existsSync(join(directory, 'packages/providers')) &&
    existsSync(join(directory, 'packages/typingkit/src/providers.ts'))
  )
    return directory;
  const parent = dirname(directory);
  return parent === directory ? undefined : repositoryAround(parent);
}

function writeFiles(folder: string, files: FilesByPath): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CommandError(
      `${folder} already exists and is not empty`,
      'Choose another name, or delete that folder first.',
      exitCodes.usage,
    );
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function stepsInside({ name }: ProviderNames): string[] {
  return [
    'pnpm install',
    `pnpm vitest packages/providers/${name}, and fill in what fails`,
    `Add the line "export * from '@typingkit/${name}';" to packages/typingkit/src/providers.ts, ` +
      'and the package to the dependencies of packages/typingkit',
    `Add packages/providers/${name} to the references in tsconfig.json and packages/typingkit/tsconfig.json`,
  ];
}

function stepsOutside(folder: string): string[] {
  return [
    `cd ${relative(process.cwd(), folder)}`,
    'npm install',
    'npm test, and fill in what fails',
  ];
}
