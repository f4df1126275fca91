import { moduleRequests, type SourceFile, statementKinds } from './source-file.ts';

/** Names that say nothing about what is inside. */
const emptyNames = /^(?:utils?|helpers?|common|shared|types?|constants?|misc)$/;

/** What makes one source file hard to find or hard to read. */
export function shapeProblems(file: SourceFile): string[] {
  const problems: string[] = [];
  const name = file.path.replace(/^.*\//, '').replace(/\.tsx?$/, '');
  if (emptyNames.test(name)) problems.push('has a name that says nothing');
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) problems.push('is not named in kebab-case');
  if (name === 'index' && !isListOfNames(file)) problems.push('is more than a list of names');
  return problems.map((problem) => `${file.path} ${problem}`);
}

/** The one list that an index may pass on whole: each provider is a line in it, and in nothing else. */
const wholeList = './providers.ts';

function isListOfNames(file: SourceFile): boolean {
  const passesOn = moduleRequests(file).filter(({ names }) => names.includes('*'));
  return (
    passesOn.every(({ specifier }) => specifier === wholeList) &&
    statementKinds(file).every(
      (kind) => kind.startsWith('Export') && kind !== 'ExportDefaultDeclaration',
    )
  );
}
