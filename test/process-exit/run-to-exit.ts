import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended. */
export interface Exit {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** From when it said that its work is done until it was gone; `undefined` where it never said so. */
  readonly lingeredMs: number | undefined;
}

/** Runs a file of this folder, and kills it where it has not ended after 10 s. */
export function runToExit(file: string, args: readonly string[]): Promise<Exit> {
  const script = fileURLToPath(new URL(file, import.meta.url));
  // Without what the test runner put into it.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, ...args], { env, timeout: 10_000 });
  let stderr = '';
  let doneAtMs: number | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.once('data', () => {
    doneAtMs = performance.now();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      const lingeredMs = doneAtMs === undefined ? undefined : performance.now() - doneAtMs;
      resolve({ exitCode, stderr, lingeredMs });
    });
  });
}
