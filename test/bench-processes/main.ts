import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RedisServer } from '../../packages/bullmq/test/redis/redis-server.ts';
import { runChild } from '../bench-sessions/run-child.ts';
import { surroundings } from '../bench-sessions/surroundings.ts';
import type { AfterADeath } from '../bench-processes/after-a-death.ts';
import type { BareCommands } from '../bench-processes/bare-commands.ts';
import type { ManyConversations } from '../bench-processes/many-conversations.ts';
import { judged, type Measured, markdownReport } from './report.ts';

const usage = `Usage: pnpm bench:processes [--quick] [--json]

Measures what sessions cost that several processes share, on a Redis of its own, and writes docs/benchmarks-processes.md.

  --quick  1,000 conversations, and writes nothing
  --json   prints what was measured as JSON
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(usage);
else await measureAll(options);

async function measureAll({ quick, json }: typeof options): Promise<void> {
  const where = surroundings();
  const count = quick ? 1_000 : 10_000;
  const bareCommands = (): Promise<BareCommands> =>
    onFreshRedis((url) => runChild<BareCommands>('../bench-processes/bare-commands.ts', [url]));
  // Before and after what is measured against them: what neighbours do to this machine, they do to both.
  const before = await bareCommands();
  const conversations = (kind: string, budget: number): Promise<ManyConversations> =>
    onFreshRedis((url) =>
      runChild<ManyConversations>('../bench-processes/many-conversations.ts', [
        url,
        kind,
        count,
        budget,
      ]),
    );
  const inMemory = await conversations('memory', 0);
  const shared = await conversations('redis', 0);
  // More than are needed: what is measured is the asking, not the waiting.
  const budgeted = await conversations('redis', 100_000);
  const bare = between(before, await bareCommands());
  const death = await onFreshRedis((url) =>
    runChild<AfterADeath>('../bench-processes/after-a-death.ts', [url]),
  );
  const measured: Measured = { bare, inMemory, shared, budgeted, death };
  const figures = judged(measured);
  if (json) process.stdout.write(`${JSON.stringify({ where, measured }, null, 2)}\n`);
  else {
    for (const { name, value, bound, isKept } of figures) {
      process.stdout.write(`${isKept ? 'pass' : 'MISS'}  ${name}: ${value} (${bound})\n`);
    }
  }
  if (!quick) {
    const page = new URL('../../docs/benchmarks-processes.md', import.meta.url);
    writeFileSync(page, markdownReport(where, measured));
  }
  if (figures.some(({ isKept }) => !isKept)) process.exitCode = 1;
}

function between(before: BareCommands, after: BareCommands): BareCommands {
  return {
    setInRedis: (before.setInRedis + after.setInRedis) / 2,
    getInClient: (before.getInClient + after.getInClient) / 2,
    jobInRedis: (before.jobInRedis + after.jobInRedis) / 2,
  };
}

async function onFreshRedis<Result>(measure: (url: string) => Promise<Result>): Promise<Result> {
  const server = await RedisServer.start();
  try {
    return await measure(server.url);
  } finally {
    await server.close();
  }
}
