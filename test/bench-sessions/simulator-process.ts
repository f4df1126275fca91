import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The simulator in a process of its own, so that it does not share a thread with what is measured. */
export interface SimulatorProcess extends AsyncDisposable {
  readonly baseUrl: string;
  readonly apiKey: string;
  createChat(): Promise<string>;
  /** What the process has cost so far, in microseconds; `undefined` where the system does not tell. */
  processorMicros(): number | undefined;
}

interface Ready {
  readonly controlUrl: string;
  readonly vendors: { readonly linq: { readonly baseUrl: string; readonly apiKey: string } };
}

const file = fileURLToPath(new URL('../../packages/simulator/src/bin.ts', import.meta.url));

export async function startSimulatorProcess(): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'close');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  // The simulator's own line, as its documentation has it.
  const { controlUrl, vendors } = JSON.parse(String(line)) as Ready;
  return {
    ...vendors.linq,
    async createChat() {
      const answer = await fetch(`${controlUrl}/linq/conversations`, { method: 'POST' });
      // The same: a chat has its id.
      const { chatId } = (await answer.json()) as { readonly chatId: string };
      return chatId;
    },
    processorMicros: () => processorMicrosOf(child),
    async [Symbol.asyncDispose]() {
      child.kill();
      await gone;
    },
  };
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html fields 14 and 15, in ticks of 10 ms. */
function processorMicrosOf({ pid }: ChildProcess): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10_000;
}
