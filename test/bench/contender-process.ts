import { performance } from 'node:perf_hooks';
import { type Client, type Contender, contenders } from './contenders.ts';
import { callInFlight } from './in-flight.ts';
import { type Shares, sharesOf } from './profile-shares.ts';
import { conversationOf, type Vendor } from './vendors.ts';

/** Makes so many calls, each in a conversation of its own. */
export interface Task {
  readonly calls: number;
  /** Whether to look who needs the time, which itself takes some. */
  readonly isProfiled?: boolean;
}

/** What they cost. */
export interface Cost {
  /** Of all threads of the process, for one call. */
  readonly cpuMicros: number;
  readonly callsPerSecond: number;
  /** Of a task that is profiled. */
  readonly shares?: Shares | undefined;
}

const inFlight = 32;

// The parent passes what its types say.
const [name, vendor, origin] = process.argv.slice(2) as [Contender, Vendor, string];
const client: Client = await contenders[name](vendor, origin);

process.on('message', (task: Task) => {
  void measure(task).then((cost) => process.send?.(cost));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function measure({ calls, isProfiled }: Task): Promise<Cost> {
  const conversations = Array.from({ length: calls }, (_, index) => conversationOf(index));
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const all = (): Promise<unknown> => callInFlight(inFlight, conversations, client.call);
  const shares = isProfiled ? await sharesOf(all) : void (await all());
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  for (const conversation of conversations) client.reply?.(conversation);
  return { cpuMicros: (user + system) / calls, callsPerSecond: calls / seconds, shares };
}
