import type { SourceFile } from './source-file.ts';

const homes = ['work', 'tmp', 'root', String.raw`home/\w+`, String.raw`Users/\w+`];
const machinePath = new RegExp(`(?<![\\w.:/~*$}-])/(?:${homes.join('|')})(?:/|\\b)[\\w./-]*`);
const registryHost =
  /\b(?:registry\.(?:npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github\.|npm\.jsr\.)\S*/;

/** What in one file is true on one machine only, or keeps others from using their own registry. */
export function machineTraces({ path, text }: SourceFile): string[] {
  const problems: string[] = [];
  const place = machinePath.exec(text)?.[0];
  const host = (path === 'pnpm-lock.yaml' ? /\bhttps?:\S*/ : registryHost).exec(text)?.[0];
  if (place) problems.push(`${path} names the path ${place}`);
  if (host) problems.push(`${path} names the host ${host}`);
  // With this field pnpm resolves its own binaries for every platform, and some of them were never published.
  if (path.endsWith('package.json') && 'packageManager' in JSON.parse(text))
    problems.push(`${path} has a field packageManager`);
  return problems;
}
