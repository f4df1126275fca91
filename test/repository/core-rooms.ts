import { moduleRequests, type SourceFile } from './source-file.ts';

/** Which rooms of core each of its rooms may import. They point only downward. */
const below: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  time: [],
  input: ['contract'],
  schema: ['input'],
  http: ['contract', 'input', 'schema', 'time'],
  inbound: ['contract', 'input', 'time'],
  engine: ['api', 'contract', 'inbound', 'input', 'time'],
  human: ['contract'],
  api: ['contract', 'time'],
  undici: ['http', 'time'],
  webhook: ['contract', 'input', 'time', 'schema'],
};

/** Rooms that import no package either: everybody stands on them. */
const bare = new Set(['contract', 'time']);

/** The imports of one file of core that go up or sideways. */
export function wrongRooms(file: SourceFile): string[] {
  const room = roomOf(`/${file.path}`);
  if (room === '') return [];
  const allowed = below[room];
  if (!allowed) return [`${file.path} is in a room that nobody has drawn`];
  return moduleRequests(file).flatMap(({ specifier }) => {
    if (!specifier.startsWith('.'))
      return bare.has(room) ? [`${file.path} imports ${specifier}`] : [];
    const target = roomOf(new URL(specifier, `file:///${file.path}`).pathname);
    if (target === room || allowed.includes(target)) return [];
    return [`${file.path} imports ${specifier}`];
  });
}

/** The room of a path, or nothing for a file that stands in `src` itself. */
function roomOf(path: string): string {
  return /^\/packages\/core\/src\/([^/]+)\//.exec(path)?.[1] ?? '';
}
