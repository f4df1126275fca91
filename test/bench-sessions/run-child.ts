import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Measures in a process of its own, which nothing before has warmed or filled. The file prints its result as JSON. */
export function runChild<Result>(
  file: string,
  args: readonly (string | number)[],
  heapMegabytes = 4_096,
): Promise<Result> {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const flags = ['--expose-gc', `--max-old-space-size=${heapMegabytes}`];
  const child = spawn(process.execPath, [...flags, script, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code !== 0) reject(new Error(`${file} ended with ${signal ?? `exit code ${code}`}`));
      // What a file of this folder prints is what its type says.
      else resolve(JSON.parse(printed) as Result);
    });
  });
}
