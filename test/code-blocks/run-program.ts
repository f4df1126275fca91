import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../repository/workspace.ts';

const run = promisify(execFile);

/** What a program of the documentation printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a block as a reader would who has saved it in a file, with nothing in its environment but what is given.
 *
 * @throws where its exit code is not 0.
 */
export async function runProgram(
  code: string,
  environment: Readonly<Record<string, string>>,
): Promise<Printed> {
  const parent = join(root, 'test/.code-blocks');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'program-'));
  try {
    await writeFile(join(folder, 'program.ts'), code);
    const env = { ...environment, PATH: process.env['PATH'] };
    const { stdout, stderr } = await run(process.execPath, ['program.ts'], {
      cwd: folder,
      env,
      timeout: 30_000,
    });
    return { stdout: stdout.trimEnd(), stderr };
  } finally {
    await rm(folder, { recursive: true });
  }
}
