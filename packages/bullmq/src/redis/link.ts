import type { Cluster, Redis } from 'ioredis';
import { runScript, type Script } from '../scripts/script.ts';
import { Patience } from './patience.ts';
import { Presence } from './presence.ts';
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
  readonly #presence: Presence;
  readonly #patience = new Patience(patienceMs);
  readonly #connected: Promise<void>;
  #isClosed = false;
  /** When it was last away, on the clock of this machine. */
  awayAtMs: number = -Infinity;

  /** @param onChange hears once that Redis is away, and once that it is back: see {@link Presence}. */
  constructor(source: RedisSource, onChange: (isUp: boolean, why: string) => void) {
    this.#presence = new Presence(onChange, () => performance.now());
    this.client = openRedis(source, 'commands');
    this.#connected = new Promise((resolve) => {
      this.client.once('ready', resolve);
      setTimeout(resolve, connectMs).unref();
    });
    this.client.on('ready', () => this.#note(undefined));
    this.client.on('close', () => this.#note('the connection is closed'));
    this.client.on('error', (error: unknown) => this.#note(codeOf(error)));
  }

  get isUp(): boolean {
    return this.client.status === 'ready' && !this.#patience.isOver;
  }

  /** @throws RedisAway; or what Redis complains of. */
  async run<Given, Reply>(script: Script<Given, Reply>, given: Given): Promise<Reply> {
    return this.ask(() => runScript(this.client, script, given));
  }

  async ask<Reply>(question: () => Promise<Reply>): Promise<Reply> {
    if (this.client.status !== 'ready') await this.#connected;
    if (!this.isUp) {
      this.#note('no answer in time');
      throw new RedisAway();
    }
    const asked = this.#patience.ask();
    try {
      const reply = await question();
      this.#note(this.#patience.isLate(asked) ? 'no answer in time' : undefined);
      return reply;
    } catch (error) {
      this.#note(codeOf(error));
      throw error;
    } finally {
      this.#patience.answered(asked);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#patience.close();
    this.client.disconnect();
  }

  /** @param failure what went wrong; `undefined`: Redis has answered in time. */
  #note(failure: string | undefined): void {
    if (failure !== undefined) this.awayAtMs = performance.now();
    if (this.#isClosed) return;
    if (failure === undefined) this.#presence.answered();
    else this.#presence.failed(failure);
  }
}

/** What to say of an error of Redis: its code, never the command, which holds targets. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'an error';
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' ? (/^[A-Z]{2,}/.exec(message)?.[0] ?? 'an error') : 'an error';
}
