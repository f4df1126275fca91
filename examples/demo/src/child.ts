import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process of the demo's own. */
export interface Child {
  /** What it prints, line by line. Ends when it ends. */
  readonly lines: AsyncIterator<string, undefined>;
  /** Resolves when it ended well or was stopped; rejects with a sentence that says how it ended otherwise. */
  readonly ended: Promise<void>;
  /** Writes a line to its stdin. */
  say(line: string): void;
  /** Ends it, and resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it without a chance to clean up, and resolves when it is gone. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs a file with the Node that runs this. No child outlives this process. */
export function startChild(
  name: string,
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Child {
  const child = spawn(process.execPath, [file, ...args], { env: environment, stdio: 'pipe' });
  running.add(child);
  let stopped = false;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-4_000);
  });
  // A child that is gone answers a write with EPIPE; how it ended is in `ended`.
  child.stdin.on('error', () => {});

  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => {
      running.delete(child);
      reject(new Error(`${name} could not be started: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      if (stopped || code === 0) resolve();
      else reject(new Error(`${name} ended with ${signal ?? `exit code ${code}`}. ${complaint}`));
    });
  });
  // Whoever needs to know asks for `ended`; until then this is no unhandled rejection.
  ended.catch(() => {});

  return {
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    ended,
    say(line) {
      child.stdin.write(`${line}\n`);
    },
    async stop() {
      stopped = true;
      child.kill();
      await ended;
    },
    async kill() {
      stopped = true;
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks every child to end, and gives them some time to do so. */
export async function stopChildren(graceMs: number): Promise<void> {
  const gone = [...running].map(async (child) => {
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill();
    await closed;
  });
  await Promise.race([
    Promise.all(gone),
    new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
  ]);
}
