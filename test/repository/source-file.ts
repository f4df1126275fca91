import { isBuiltin } from 'node:module';
import { parseSync, Visitor } from 'oxc-parser';

/** One file of the repository. */
export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What a file takes from another module: imports, re-exports, `import()`, and `import('…')` in a type. */
export interface ModuleRequest {
  readonly specifier: string;
  /** The names that are taken, as the other module calls them. */
  readonly names: readonly string[];
}

export function moduleRequests(file: SourceFile): ModuleRequest[] {
  const { module, program } = parse(file);
  const requests: ModuleRequest[] = module.staticImports.map((statement) => ({
    specifier: statement.moduleRequest.value,
    names: statement.entries.map((entry) => entry.importName.name ?? '*'),
  }));
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, importName } of entries)
      if (moduleRequest)
        requests.push({ specifier: moduleRequest.value, names: [importName.name ?? '*'] });
  const laterRequest = (source: { type: string; value?: unknown }): void => {
    const specifier = typeof source.value === 'string' ? source.value : '(computed)';
    requests.push({ specifier, names: ['*'] });
  };
  new Visitor({
    ImportExpression: (node) => laterRequest(node.source),
    TSImportType: (node) => laterRequest(node.source),
  }).visit(program);
  return requests;
}

/** The modules of Node that a file imports. */
export function nodeModules(file: SourceFile): string[] {
  return moduleRequests(file)
    .map(({ specifier }) => specifier)
    .filter((specifier) => isBuiltin(specifier));
}

/** Which of `names` a file uses as globals. A name that the file declares itself is not global in it. */
export function globalsUsed(file: SourceFile, names: readonly string[]): string[] {
  const { program, module } = parse(file);
  const used = new Set<string>();
  const own = new Set(
    module.staticImports.flatMap(({ entries }) => entries.map(({ localName }) => localName.value)),
  );
  const notReferences = new Set<object>();
  new Visitor({
    MemberExpression: (node) => {
      if (!node.computed) notReferences.add(node.property);
    },
    Property: (node) => {
      if (!node.computed) notReferences.add(node.key);
    },
    PropertyDefinition: (node) => void notReferences.add(node.key),
    MethodDefinition: (node) => void notReferences.add(node.key),
    TSPropertySignature: (node) => void notReferences.add(node.key),
    TSMethodSignature: (node) => void notReferences.add(node.key),
    VariableDeclarator: (node) => {
      for (const name of boundNames(node.id)) own.add(name);
    },
    Identifier: (node) => {
      if (names.includes(node.name) && !notReferences.has(node)) used.add(node.name);
    },
  }).visit(program);
  return [...used].filter((name) => !own.has(name));
}

/** How often a file calls `.unref()` without asking whether there is one. */
export function unconditionalUnrefs(file: SourceFile): number {
  const { program } = parse(file);
  const calls: number[] = [];
  const guarded: { readonly start: number; readonly end: number }[] = [];
  new Visitor({
    IfStatement({ test, consequent }) {
      if (file.text.slice(test.start, test.end).includes('.unref')) guarded.push(consequent);
    },
    CallExpression({ callee, optional, start }) {
      if (callee.type !== 'MemberExpression' || optional) return;
      if (callee.property.type === 'Identifier' && callee.property.name === 'unref')
        calls.push(start);
    },
  }).visit(program);
  return calls.filter((at) => !guarded.some(({ start, end }) => start <= at && at < end)).length;
}

/** The kinds of statements that a file has at its top, as ESTree calls them. */
export function statementKinds(file: SourceFile): string[] {
  return parse(file).program.body.map((statement) =>
    statement.type === 'ExportNamedDeclaration' && !statement.source
      ? 'declaration'
      : statement.type,
  );
}

function boundNames(pattern: { type: string }): string[] {
  const names: string[] = [];
  const collect = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(collect);
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'Identifier' && 'name' in node)
      names.push(String(node.name));
    else if ('properties' in node) collect(node.properties);
    else if ('elements' in node) collect(node.elements);
    else if ('left' in node) collect(node.left);
    else if ('argument' in node) collect(node.argument);
    else if ('value' in node) collect(node.value);
  };
  collect(pattern);
  return names;
}

function parse({ path, text }: SourceFile): ReturnType<typeof parseSync> {
  const result = parseSync(path, text);
  if (result.errors[0]) throw new SyntaxError(`${path}: ${result.errors[0].message}`);
  return result;
}
