import type { InboundTyping } from '../contract/inbound-event.ts';
import type { Clock } from '../time/clock.ts';
import { longAgoMs } from '../time/long-ago.ts';
import type { TimerWheel } from '../time/timer-wheel.ts';
import { Peer } from './peer.ts';

/** Of how many conversations it is known which event was the newest, although nobody types in them. */
const mostQuietPeers = 10_000;

/** Somebody who wants to know who types. Neither of its methods may throw. */
export interface InboundSubscriber {
  /** Which channel. `undefined`: all of them. */
  readonly channel: string | undefined;
  take(event: InboundTyping): void;
  /** There is no more to come. */
  end(): void;
}

/** Somebody who waits for what happens in one conversation. Neither of its methods may throw. */
export interface PeerWatcher {
  changed(): void;
  /** There is no more to come. */
  end(): void;
}

/**
 * Who types, as vendors told, and those who want to know. What is late or repeated goes no further, and a `started`
 * that nothing follows expires. A conversation in which somebody types is remembered until that is over; of the others
 * only the newest are, for the sake of order.
 */
export class InboundHub {
  readonly #clock: Clock;
  readonly #wheel: TimerWheel;
  readonly #typing = new Map<string, Peer>();
  /** The one that has been quiet the longest first. */
  readonly #quiet = new Map<string, Peer>();
  readonly #leaves = new Map<InboundSubscriber, () => void>();
  readonly #watchers = new Map<string, Set<PeerWatcher>>();
  #isClosed = false;

  constructor(clock: Clock, wheel: TimerWheel) {
    this.#clock = clock;
    this.#wheel = wheel;
  }

  /** @param key names the conversation, over all channels. */
  receive(key: string, event: InboundTyping): void {
    if (this.#isClosed) return;
    const known = this.#typing.get(key) ?? this.#quiet.get(key);
    if (known && !known.isNews(event)) return;
    // Whoever heard that it had expired learns nothing from a `stopped` that comes now.
    const isTold = known?.hasExpired === true && event.state === 'stopped';
    const peer = known ?? new Peer(key, (expired) => this.#expire(expired));
    peer.note(event, this.#clock.now());
    if (peer.started) this.#begin(peer);
    else this.#rest(peer);
    this.#tellWatchers(key);
    if (!isTold) this.#tell(event);
  }

  /** Since when nobody types in a conversation; `Infinity` where somebody does, in the past where nothing is known. */
  quietSinceMs(key: string): number {
    if (this.isTyping(key)) return Infinity;
    const peer = this.#typing.get(key) ?? this.#quiet.get(key);
    // One whose time is over, and who has not been woken yet.
    return peer?.started ? peer.typingUntilMs : (peer?.ceasedAtMs ?? longAgoMs);
  }

  /** Tells somebody when anything changes in one conversation, and at the end. @returns ends it. */
  watch(key: string, watcher: PeerWatcher): () => void {
    const watchers = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, watchers);
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.#watchers.get(key) === watchers) this.#watchers.delete(key);
    };
  }

  isTyping(key: string): boolean {
    const peer = this.#typing.get(key);
    return peer !== undefined && peer.typingUntilMs > this.#clock.now();
  }

  /**
   * Tells somebody everything from now on.
   *
   * @param signal ends it.
   * @returns a function that ends it.
   */
  subscribe(subscriber: InboundSubscriber, signal: AbortSignal | undefined): () => void {
    const leave = (): void => {
      signal?.removeEventListener('abort', leave);
      this.#leaves.delete(subscriber);
      subscriber.end();
    };
    if (this.#isClosed || signal?.aborted) {
      subscriber.end();
      return leave;
    }
    // First, because it throws for what is no signal.
    signal?.addEventListener('abort', leave, { once: true });
    this.#leaves.set(subscriber, leave);
    return leave;
  }

  /** Forgets everything, and ends every subscription. */
  close(): void {
    this.#isClosed = true;
    for (const peer of this.#typing.values()) this.#wheel.cancel(peer);
    this.#typing.clear();
    this.#quiet.clear();
    for (const leave of this.#leaves.values()) leave();
    const watchers = [...this.#watchers.values()];
    this.#watchers.clear();
    for (const ofPeer of watchers) for (const watcher of ofPeer) watcher.end();
  }

  #begin(peer: Peer): void {
    this.#quiet.delete(peer.key);
    this.#typing.set(peer.key, peer);
    this.#wheel.schedule(peer, peer.typingUntilMs);
  }

  #rest(peer: Peer): void {
    this.#wheel.cancel(peer);
    this.#typing.delete(peer.key);
    this.#quiet.delete(peer.key);
    this.#quiet.set(peer.key, peer);
    if (this.#quiet.size <= mostQuietPeers) return;
    for (const [oldest] of this.#quiet) {
      this.#quiet.delete(oldest);
      return;
    }
  }

  #expire(peer: Peer): void {
    const { started } = peer;
    peer.expire();
    this.#rest(peer);
    this.#tellWatchers(peer.key);
    if (!started) return;
    const at = new Date(started.at.getTime() + started.expiresInMs);
    this.#tell({ ...started, state: 'stopped', at, expiresInMs: 0, isExpired: true });
  }

  #tellWatchers(key: string): void {
    const watchers = [...(this.#watchers.get(key) ?? [])];
    for (const watcher of watchers) watcher.changed();
  }

  #tell(event: InboundTyping): void {
    // Whoever comes meanwhile has nothing to do with this event.
    const present = [...this.#leaves.keys()];
    for (const subscriber of present) {
      if (subscriber.channel === undefined || subscriber.channel === event.channel) {
        subscriber.take(event);
      }
    }
  }
}
