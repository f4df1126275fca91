import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The command as it runs from the sources. */
export const bin: string = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

/** Where Node keeps what it has compiled: the tests start the command some hundred times. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. Its output is a pipe, and it knows no environment but the one it is given. */
export interface RunningCli {
  readonly ended: Promise<Ended>;
  /** Resolves as soon as stdout, or both together, hold a text; rejects where the command ends without it. */
  printed(text: string | RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The working directory. Default: one without `.env`. */
  readonly directory?: string | undefined;
}

/** Starts the command with some arguments; a single text goes through a shell, as a user types it. */
export function startCli(
  command: readonly string[] | string,
  { env = {}, directory = tmpdir() }: CliOptions = {},
): RunningCli {
  const [file, args] =
    typeof command === 'string'
      ? ['sh', ['-c', command.replace(/^typingkit/, 'exec "$NODE" "$BIN"')]]
      : [process.execPath, [bin, ...command]];
  const child = spawn(file, args, {
    cwd: directory,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: compiled,
      NODE: process.execPath,
      BIN: bin,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code]) => ({
    code: typeof code === 'number' ? code : null,
    stdout,
    stderr,
  }));
  return {
    ended,
    async printed(text) {
      const isThere = (): boolean =>
        typeof text === 'string' ? (stdout + stderr).includes(text) : text.test(stdout + stderr);
      while (!isThere()) {
        const more = Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
        const end = await Promise.race([more.then(() => null), ended]);
        if (end && !isThere())
          throw new Error(`It ended without ${String(text)}: ${JSON.stringify(end)}`);
      }
      return stdout + stderr;
    },
    kill: (signal) => void child.kill(signal),
  };
}

/** Runs the command to its end. */
export function runCli(command: readonly string[] | string, options?: CliOptions): Promise<Ended> {
  return startCli(command, options).ended;
}

/** The lines of JSON in an output. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
