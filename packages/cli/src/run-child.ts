import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CommandError } from './command-error.ts';

/** A program that runs in place of this one. */
export interface Child {
  /** What it ended with, as shells count it. Rejects where it could not be started. */
  readonly ended: Promise<number>;
  /** Ends it, and waits for that. */
  end(): Promise<number>;
}

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
/** As shells say that there is no such program. */
const notFound = 127;

/** Runs a program with some variables more. It has our input and output, and gets our signals. */
export function runChild(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Child {
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...variables } });
  const listeners = forwarded.map((signal) => {
    // A terminal sends Ctrl-C to both of us.
    const isSentAlready = signal === 'SIGINT' && process.stdin.isTTY;
    const listener = (): void => void (isSentAlready || child.kill(signal));
    process.on(signal, listener);
    return { signal, listener };
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      const message = `${file} cannot be started (${error.message})`;
      reject(new CommandError(message, 'Check what stands behind --.', notFound));
    });
    child.once('close', (code, signal) => {
      for (const { signal: name, listener } of listeners) process.off(name, listener);
      resolve(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0));
    });
  });
  return {
    ended,
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
