import { Session } from 'node:inspector/promises';

/** Who the time belongs to, as shares of all that was not idle. */
export type Shares = Readonly<Record<string, number>>;

/** By the address of a file, or the name of what runs no file. The first that fits counts. */
const owners: readonly (readonly [owner: string, where: RegExp])[] = [
  ['collecting garbage', /^\(garbage collector\)$/],
  ['the engine', /\/packages\/core\/src\/(?:api|engine|time|contract|inbound)\//],
  [
    'adapter and HTTP client',
    /\/packages\/(?:core\/src\/(?:http|undici|input|schema)|providers)\//,
  ],
  ['ky', /\/ky\//],
  ['zod', /\/zod\//],
  ['undici', /\/undici\/lib\//],
  ['Node’s fetch', /^node:internal\/deps\/undici/],
  ['Node: sockets, timers, promises', /^node:|^\(program\)$|^$/],
  ['the benchmark', /./],
];

/** What the processor did while `work` ran. */
export async function sharesOf(work: () => Promise<unknown>): Promise<Shares> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();

  const ownerOf = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url } }) => {
      const place = functionName.startsWith('(') ? functionName : url;
      return [
        id,
        place === '(idle)' ? undefined : owners.find(([, where]) => where.test(place))?.[0],
      ];
    }),
  );
  const micros: Record<string, number> = Object.fromEntries(owners.map(([owner]) => [owner, 0]));
  let whole = 0;
  for (const [index, node] of (profile.samples ?? []).entries()) {
    const owner = ownerOf.get(node);
    if (owner === undefined) continue;
    const passed = profile.timeDeltas?.[index] ?? 0;
    micros[owner] = (micros[owner] ?? 0) + passed;
    whole += passed;
  }
  return Object.fromEntries(Object.entries(micros).map(([owner, each]) => [owner, each / whole]));
}
