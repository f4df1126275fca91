import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const program = process.env['REDIS_SERVER'] ?? 'redis-server';

/** Whether there is a `redis-server` here: on the PATH, or where `REDIS_SERVER` says. */
export const hasRedis: boolean = runs(program);
if (!hasRedis)
  console.log('Skipped: there is no redis-server here; REDIS_SERVER may say where one is.');

function runs(path: string): boolean {
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A Redis of our own, which tests may kill, freeze and start again. */
export class RedisServer {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'typingkit-redis-'));
  readonly #options: readonly string[];
  #child: ChildProcess | undefined;

  private constructor(port: number, options: readonly string[]) {
    this.port = port;
    this.#options = options;
  }

  static async start(options: readonly string[] = []): Promise<RedisServer> {
    const server = new RedisServer(await RedisServer.freePort(), options);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** The port on which it talks to the other nodes of a cluster. */
  get busPort(): number {
    return Number(this.#options[this.#options.indexOf('--cluster-port') + 1]);
  }

  static async freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<void> {
    const fixed = [
      '--port',
      `${this.port}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      this.#folder,
    ];
    this.#child = spawn(program, [...fixed, ...this.#options], { stdio: 'ignore' });
    await this.#answers();
  }

  /** @param signal `SIGSTOP` freezes it, `SIGCONT` lets it go on, `SIGKILL` ends it. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    const redis = new Redis(this.port, '127.0.0.1', {
      maxRetriesPerRequest: null,
      retryStrategy: () => 20,
    });
    redis.on('error', () => {});
    await redis.ping();
    redis.disconnect();
  }
}
