import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface DemoRun {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<DemoEnd>;
  /** Resolves when its output holds the text. */
  readonly says: (text: string) => Promise<void>;
  /** Whether a process that it started, or itself, still runs. */
  readonly isAnyoneLeft: () => boolean;
}

export interface DemoEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly string[];
}

const groups = new Set<number>();

/** Ends what a failed test has left running. */
export function endLeftovers(): void {
  for (const pid of groups) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It is gone, as it should be.
    }
  }
}

/** Runs the demo as a person would, with no vendor's key but those given. */
export function runDemo(
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): DemoRun {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(LINQ|CONNECTSAFELY|TELEGRAM|SLACK)_|^(NO|FORCE)_COLOR$/.test(name),
  );
  // A process group of its own, so that its children can be told from others.
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...Object.fromEntries(kept), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The demo could not be started.');
  groups.add(pid);

  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code]): DemoEnd => {
    const exitCode = typeof code === 'number' ? code : null;
    return { code: exitCode, stdout, stderr, lines: stdout.split('\n') };
  });

  return {
    process: child,
    pid,
    ended,
    async says(text) {
      while (!stdout.includes(text)) await once(child.stdout, 'data');
    },
    isAnyoneLeft() {
      try {
        process.kill(-pid, 0);
        return true;
      } catch {
        return false;
      }
    },
  };
}
