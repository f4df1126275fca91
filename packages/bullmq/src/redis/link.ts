import type { Cluster, Redis } from 'ioredis';
import { runScript, type Script } from '../scripts/script.ts';
import { openRedis, type RedisSource } from './redis-source.ts';

/** How long Redis may take for an answer before it counts as away, in milliseconds. */
const patienceMs = 1_000;
/** How long the first command waits for the connection, in milliseconds. */
const connectMs = 900;

/** That Redis does not answer now. */
class RedisAway extends Error {
  override readonly name: string = 'RedisAway';

  constructor() {
    super('Redis does not answer');
  }
}

/**
 * The connection on which scripts run. While Redis is away nothing is sent, and nothing waits: what was to be asked is
 * asked anew when somebody still wants to know.
 */
export class Link {
  readonly client: Redis | Cluster;
  readonly #onChange: (isUp: boolean, why: string) => void;
  readonly #connected: Promise<void>;
  /** When each command was sent that has no answer; the oldest first. */
  readonly #unanswered = new Set<{ readonly sentAtMs: number }>();
  #wasUp = true;
  #isClosed = false;
  /** When it was last away, on the clock of this machine. */
  awayAtMs: number = -Infinity;

  /** @param onChange hears once that Redis is away, and once that it is back. */
  constructor(source: RedisSource, onChange: (isUp: boolean, why: string) => void) {
    this.#onChange = onChange;
    this.client = openRedis(source, 'commands');
    this.#connected = new Promise((resolve) => {
      this.client.once('ready', resolve);
      setTimeout(resolve, connectMs).unref();
    });
    this.client.on('ready', () => this.#set(true, ''));
    this.client.on('close', () => this.#set(false, 'the connection is closed'));
    this.client.on('error', (error: unknown) => this.#set(false, codeOf(error)));
  }

  get isUp(): boolean {
    const [oldest] = this.#unanswered;
    return (
      this.client.status === 'ready' &&
      (oldest === undefined || performance.now() - oldest.sentAtMs < patienceMs)
    );
  }

  /** @throws RedisAway; or what Redis complains of. */
  async run<Given, Reply>(script: Script<Given, Reply>, given: Given): Promise<Reply> {
    return this.ask(() => runScript(this.client, script, given));
  }

  async ask<Reply>(question: () => Promise<Reply>): Promise<Reply> {
    if (this.client.status !== 'ready') await this.#connected;
    if (!this.isUp) {
      this.#set(false, 'no answer in time');
      throw new RedisAway();
    }
    const sent = { sentAtMs: performance.now() };
    this.#unanswered.add(sent);
    try {
      const reply = await question();
      this.#set(true, '');
      return reply;
    } catch (error) {
      this.#set(false, codeOf(error));
      throw error;
    } finally {
      this.#unanswered.delete(sent);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.client.disconnect();
  }

  #set(isUp: boolean, why: string): void {
    if (!isUp) this.awayAtMs = performance.now();
    if (this.#isClosed || this.#wasUp === isUp) return;
    this.#wasUp = isUp;
    this.#onChange(isUp, why);
  }
}

/** What to say of an error of Redis: its code, never the command, which holds targets. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'an error';
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' ? (/^[A-Z]{2,}/.exec(message)?.[0] ?? 'an error') : 'an error';
}
