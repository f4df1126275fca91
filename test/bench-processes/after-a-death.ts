import {
  busiest,
  longestGapMs,
  Members,
  wait,
} from '../../packages/bullmq/test/processes/members.ts';

/** What the vendor sees when one of three processes is killed. */
export interface AfterADeath {
  readonly conversations: number;
  readonly leaseMs: number;
  /** Until the last conversation of the dead process was started by another one, in milliseconds. */
  readonly adoptedAfterMs: number;
  readonly longestGapMs: number;
  readonly busiestTenth: number;
  readonly averageTenth: number;
  readonly doubles: number;
}

const [redis = ''] = process.argv.slice(2);
const conversations = 300;
const leaseMs = 6_000;
const refreshMs = 4_000;
const chats = Array.from({ length: conversations }, (_, chat) => `chat ${chat}`);

const members = new Members({ redis, leaseMs, refreshMs, ttlMs: 10_000, vendorMs: 30 });
await members.startMany(3);
for (const [index, chat] of chats.entries()) {
  members.keep(index % 3, chat, chat, 600_000);
  await wait(refreshMs / conversations);
}
await wait(refreshMs + 1_000);
const orphans = chats.filter((chat) => members.startsOf(chat).at(-1)?.by === 0);
members.wire.length = 0;
const killedAtMs = Date.now();
members.signal(0, 'SIGKILL');
await wait(leaseMs + 2_000 + 2 * refreshMs);
const firstAfterMs = orphans.map(
  (chat) => members.startsOf(chat).find(({ by }) => by !== 0)?.atMs ?? Infinity,
);
const doubles = chats.filter((chat) => {
  const times = members.startsOf(chat).map(({ atMs }) => atMs);
  return times.some((atMs, index) => index > 0 && atMs - (times[index - 1] ?? 0) < refreshMs / 2);
}).length;
process.stdout.write(
  JSON.stringify({
    conversations,
    leaseMs,
    adoptedAfterMs: Math.max(...firstAfterMs) - killedAtMs,
    longestGapMs: longestGapMs(members.wire, chats),
    busiestTenth: busiest(members.wire),
    averageTenth: (conversations / refreshMs) * 100,
    doubles,
  } satisfies AfterADeath),
);
members.close();
process.exit(0);
