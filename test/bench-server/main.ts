import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { surroundings } from '../bench-sessions/surroundings.ts';
import type { Latencies, Load } from './client-process.ts';
import { eventCost } from './event-cost.ts';
import { inProcess } from './in-process.ts';
import { markdownReport, type Measured, misses, printedReport } from './report.ts';
import type { ServerFigures } from './server-process.ts';

const usage = `Usage: pnpm bench:server [--quick]

Measures the server under load, and writes docs/benchmarks-server.md. The server has one processor, the client another.

  --quick  a tenth of everything, and writes nothing

Exits with 1 where a bound is missed.
`;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const children: ChildProcess[] = [];

if (options.help) process.stdout.write(usage);
else {
  try {
    await measureAll(options.quick);
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

async function measureAll(quick: boolean): Promise<void> {
  const where = surroundings();
  const clients = 200;
  const load = {
    sessions: quick ? 1_000 : 10_000,
    requestsPerSecond: quick ? 200 : 2_000,
    seconds: quick ? 5 : 30,
  };
  const server = start('server-process.ts', 0);
  const { url } = await message<{ url: string }>(server);
  const client = start('client-process.ts', 1);
  // From when the sessions are open; opening them is part of what the client does first.
  client.send({ url, ...load } satisfies Load);
  const latencies = await message<readonly Latencies[]>(client);
  const busy = await figuresOf(server);

  const vanishing = start('vanishing-process.ts', 1);
  vanishing.send({ url, clients });
  const ids = await message<readonly string[]>(vanishing);
  const before = await figuresOf(server);
  vanishing.kill('SIGKILL');
  await once(vanishing, 'exit');
  let after = await figuresOf(server);
  for (let waits = 0; waits < 300 && after.alive > before.alive - clients; waits += 1) {
    await pause(100);
    after = await figuresOf(server);
  }
  const ended = await Promise.all(
    ids.map(async (id): Promise<unknown> => (await fetch(`${url}/v1/sessions/${id}`)).json()),
  );
  const vanished = {
    clients,
    ended: ended.filter((each) => Reflect.get(Object(each), 'closeReason') === 'idle').length,
    cleared: after.stops - before.stops,
    othersLost: before.alive - clients - after.alive,
  };
  server.disconnect();
  const calls = quick ? 10_000 : 100_000;
  const measured: Measured = {
    load,
    latencies,
    server: busy,
    vanished,
    inProcess: await inProcess(load.sessions, calls),
    eventCost: eventCost(calls * 10),
  };
  process.stdout.write(printedReport(measured));
  if (!quick) {
    const page = new URL('../../docs/benchmarks-server.md', import.meta.url);
    writeFileSync(page, markdownReport(where, measured));
  }
  if (misses(measured).length > 0) process.exitCode = 1;
}

/** Starts a process, on a processor of its own where the system can do that. */
function start(file: string, processor: number): ChildProcess {
  const command = [process.execPath, fileURLToPath(new URL(file, import.meta.url))];
  if (availableParallelism() > 1 && hasTaskset())
    command.unshift('taskset', '--cpu-list', String(processor));
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  return child;
}

async function figuresOf(server: ChildProcess): Promise<ServerFigures> {
  const answer = message<ServerFigures>(server);
  server.send('figures');
  return answer;
}

async function message<Message>(child: ChildProcess): Promise<Message> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`A process ended with exit code ${String(code)}.`);
  });
  try {
    const [received] = await Promise.race([once(child, 'message', { signal }), ended]);
    // What a file of this folder sends is what its types say.
    return received as Message;
  } finally {
    ended.catch(() => {});
    waiting.abort();
  }
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
