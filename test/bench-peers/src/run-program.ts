import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { brokenProgram, reportPathVariable } from './measure-process.ts';
import type { Report } from './report.ts';

const timeoutMs = 120_000;

/** Runs one program of a scenario in a process of its own, and returns what it measured. */
export async function runProgram(program: URL, args: readonly string[] = []): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'typingkit-bench-peers-'));
  try {
    const reportPath = join(folder, 'report.json');
    const child = spawn(process.execPath, [fileURLToPath(program), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      env: { ...process.env, [reportPathVariable]: reportPath },
    });
    const [, stdout, stderr] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    const report = await readFile(reportPath, 'utf8').catch(() => undefined);
    if (report === undefined || child.exitCode === brokenProgram) {
      const what = `${program.pathname.split('/').slice(-2).join('/')} ${args.join(' ')}`;
      throw new Error(`${what} measured nothing:\n${stdout}${stderr}`);
    }
    // Written by measure-process.ts.
    return JSON.parse(report) as Report;
  } finally {
    await rm(folder, { recursive: true });
  }
}
