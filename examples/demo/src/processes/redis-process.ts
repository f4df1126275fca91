import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Runs a Redis that nobody else can reach, and prints the path of its socket as soon as it answers. Redis itself would
// outlive whoever started it.
const folder = mkdtempSync(path.join(tmpdir(), 'typingkit-demo-'));
const socket = path.join(folder, 'redis.sock');
const redis = spawn(
  process.argv[2] ?? 'redis-server',
  ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);

let exitCode = 1;
const leave = (): void => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(exitCode);
};
redis.once('error', leave);
redis.once('exit', leave);
const end = (): void => {
  exitCode = 0;
  redis.kill('SIGKILL');
};
redis.stdout.setEncoding('utf8').on('data', (text: string) => {
  if (/ready to accept connections/i.test(text)) console.log(socket);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
process.stdin.on('error', () => {});
process.stdin.once('close', end);
process.stdin.resume();
