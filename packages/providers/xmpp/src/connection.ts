import { TypingError } from '@typingkit/core';
import { ChatStates } from './chat-states.ts';
import { connectionFailure, failure } from './error-condition.ts';
import { type Held, heldPause } from './held.ts';
import { inTime } from './in-time.ts';
import { Link, type LinkListener } from './link.ts';
import { Rooms } from './rooms.ts';
import { bareOf, conversationOf, type XmppTarget } from './target.ts';

/** Whose connection it is, and how it behaves. */
export interface ConnectionOptions {
  readonly jid: string;
  readonly password: string | (() => string | Promise<string>);
  readonly service: string;
  readonly nickname: string;
  readonly noStore: boolean;
  readonly timeoutMs: number;
}

/** What there is while the server can be reached. */
export interface Online {
  readonly link: Link;
  readonly states: ChatStates;
  readonly rooms: Rooms;
}

/** How long to wait after failures in a row, at first and at the most, in milliseconds. */
const firstPauseMs = 250;
const longestPauseMs = 1_000;
/** After how many of them to wait for longer, and how long, in milliseconds: somebody has to do something by then. */
const quickFailures = 30;
const laterPauseMs = 30_000;
/** A connection that is lost sooner counts as a failure, in milliseconds. */
const steadyMs = 5_000;
/** How long people and rooms may need to come back after the server, in milliseconds. */
const returnMs = 60_000;

/**
 * The connection of one account. It is made when it is first needed, keeps no process alive while nobody waits for it, and
 * is made anew where it is lost while somebody is seen typing.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #listeners = new Set<(target: XmppTarget) => void>();
  /** What was up when the connection was lost. */
  readonly #lost = new Map<string, XmppTarget>();
  #online: Promise<Online> | undefined = undefined;
  #isClosed = false;
  #callers = 0;
  #failures = 0;
  #openedAtMs = 0;
  /** What was lost at last, and when that was said. */
  #told: ReadonlySet<string> = new Set();
  #toldAtMs = 0;
  #isRaising = false;
  /** What the process would wait for now: a connection, or the pause before the next attempt. */
  #held: Held | undefined = undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Does something while connected, in the time that one exchange may take. */
  async use<Result>(
    given: AbortSignal | undefined,
    work: (online: Online, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    this.#count(1);
    try {
      return await inTime(this.#options.timeoutMs, given, async (signal) =>
        work(await this.#reach(signal), signal),
      );
    } finally {
      this.#count(-1);
    }
  }

  /** Somebody says what is to be seen in a conversation from now on. */
  settle(target: XmppTarget): void {
    this.#lost.delete(conversationOf(target));
  }

  /**
   * How long ago a conversation was lost, in milliseconds, if that was a moment ago: the other end may have lost the server,
   * too, and not be back yet.
   */
  returningForMs(target: XmppTarget): number | undefined {
    const agoMs = performance.now() - this.#toldAtMs;
    return agoMs < returnMs && this.#told.has(conversationOf(target)) ? agoMs : undefined;
  }

  onLost(listener: (target: XmppTarget) => void): () => void {
    // The same function may listen twice.
    const own = (target: XmppTarget): void => listener(target);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#lost.clear();
    await this.#held?.end();
  }

  #count(change: 1 | -1): void {
    this.#callers += change;
    this.#held?.hold(this.#callers > 0);
  }

  #hold(held: Held): void {
    if (this.#isClosed) throw failure('stopped', 'the provider is closed');
    this.#held = held;
    held.hold(this.#callers > 0);
  }

  /** A server that was there before is waited for; one that never was may be a wrong address. */
  async #reach(signal: AbortSignal): Promise<Online> {
    for (;;) {
      try {
        return await this.#connected();
      } catch (error) {
        const isWorthIt = this.#openedAtMs > 0 && connectionFailure(error).retryable;
        if (!isWorthIt || signal.aborted) throw error;
      }
    }
  }

  #connected(): Promise<Online> {
    if (this.#online) return this.#online;
    const online = this.#connect();
    this.#online = online;
    online.catch(() => {
      this.#failures += 1;
      this.#online = undefined;
    });
    return online;
  }

  async #connect(): Promise<Online> {
    if (this.#failures > 0) await heldPause(this.#pauseMs(), (pause) => this.#hold(pause));
    const { nickname, noStore, timeoutMs } = this.#options;
    const password = await askFor(this.#options.password, timeoutMs);
    let online: Online | undefined;
    const listener: LinkListener = {
      onStanza(stanza) {
        if (stanza.name === 'presence') online?.rooms.onPresence(stanza);
      },
      onEnd: () => this.#lose(online?.states.composing() ?? []),
    };
    const link = await Link.open({ ...this.#options, password }, listener, (stream) =>
      this.#hold(stream),
    );
    this.#openedAtMs = performance.now();
    const rooms: Rooms = new Rooms(link, nickname, (room) => states.forgetRoom(room));
    const states = new ChatStates(link, noStore, ({ to, type }, { vendorCode }) => {
      if (type === 'groupchat' && vendorCode === 'not-acceptable') rooms.forget(bareOf(to));
    });
    online = { link, rooms, states };
    return online;
  }

  #pauseMs(): number {
    const most = this.#failures > quickFailures ? laterPauseMs : longestPauseMs;
    const ms = Math.min(most, firstPauseMs * 2 ** (this.#failures - 1));
    // Many bots may have lost the same server.
    return ms * (0.5 + Math.random() / 2);
  }

  #lose(composing: readonly XmppTarget[]): void {
    this.#online = undefined;
    this.#failures = performance.now() - this.#openedAtMs > steadyMs ? 0 : this.#failures + 1;
    for (const target of composing) this.#lost.set(conversationOf(target), target);
    if (!this.#isRaising) void this.#raiseAgain();
  }

  /** Connects for what was lost, and says so when it can be raised again. */
  async #raiseAgain(): Promise<void> {
    this.#isRaising = true;
    while (this.#lost.size > 0 && this.#listeners.size > 0 && !this.#isClosed) {
      try {
        await this.#connected();
        this.#tellLost();
      } catch (error) {
        // Where no attempt succeeds, the next start is told why.
        if (!connectionFailure(error).retryable) this.#tellLost();
      }
    }
    this.#isRaising = false;
  }

  #tellLost(): void {
    const lost = [...this.#lost.values()];
    this.#told = new Set(this.#lost.keys());
    this.#toldAtMs = performance.now();
    this.#lost.clear();
    for (const target of lost) for (const listener of this.#listeners) listener(target);
  }
}

/** Gets the password, in time. */
async function askFor(source: ConnectionOptions['password'], timeoutMs: number): Promise<string> {
  if (typeof source === 'string') return source;
  const password: unknown = await inTime(timeoutMs, undefined, async () => source()).catch(
    (error: unknown) => {
      if (TypingError.isInstance(error)) throw error;
      // Its message may hold the password.
      throw failure('unavailable', 'the password function failed');
    },
  );
  if (typeof password === 'string' && password !== '') return password;
  throw failure('unauthenticated', 'the password function returned no password');
}
