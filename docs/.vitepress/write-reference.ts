import { fileURLToPath } from 'node:url';
import { Application, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { entries } from './packages.ts';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const names = new Map(
  Object.entries(entries).map(([name, file]) => [file.replace(/(?:\/index)?\.ts$/, ''), name]),
);

const options: TypeDocOptions & PluginOptions = {
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: Object.values(entries).map((entry) => `${packages}/${entry}`),
  tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
  out: fileURLToPath(new URL('../reference', import.meta.url)),
  name: 'Reference',
  readme: 'none',
  // `pnpm check:types` checks them, with the compiler that the packages are built with.
  skipErrorChecking: true,
  disableSources: true,
  excludeInternal: true,
  excludeExternals: true,
  router: 'module',
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  // What one calls comes before what it is made of.
  groupOrder: ['Functions', 'Classes', 'Interfaces', 'Type Aliases', 'Variables', 'References'],
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
};

const app = await Application.bootstrapWithPlugins(options);
const project = await app.convert();
if (!project) throw new Error('the sources could not be read');
for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name;
await app.generateOutputs(project);
if (app.logger.hasErrors()) process.exitCode = 1;
