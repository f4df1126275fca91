import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended. */
export interface Exit {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From when it said that its work is done until it was gone; `undefined` where it never said so. */
  readonly lingeredMs: number | undefined;
}

/** Runs a file, and kills it where it has not ended after 50 s. */
export function runToExit(
  file: URL,
  args: readonly string[],
  furtherEnv: Readonly<Record<string, string>> = {},
): Promise<Exit> {
  // Without what the test runner put into it.
  const { NODE_OPTIONS: _, ...env } = { ...process.env, ...furtherEnv };
  const child = spawn(process.execPath, [fileURLToPath(file), ...args], { env, timeout: 50_000 });
  let stdout = '';
  let stderr = '';
  let doneAtMs: number | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stdout.once('data', () => {
    doneAtMs = performance.now();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      const lingeredMs = doneAtMs === undefined ? undefined : performance.now() - doneAtMs;
      resolve({ exitCode, stdout, stderr, lingeredMs });
    });
  });
}
