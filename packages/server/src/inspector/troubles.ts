import type { PausedBy, SessionSnapshot, TypingEvent } from '@typingkit/core';
import { errorCodeRow } from '@typingkit/core/error-codes';

/** Failures that are alike, counted. */
export interface Failure {
  readonly event: Extract<TypingEvent, { type: 'failed' }>;
  readonly lastAtMs: number;
  readonly count: number;
}

/** Something in which nothing is sent for a while. `untilMs` is on the clock of the engine. */
export interface Rest {
  readonly by: PausedBy;
  readonly channel: string;
  readonly provider: string;
  /** Absent: it is more than one conversation. */
  readonly conversation?: string | undefined;
  readonly why: string;
  readonly advice?: string | undefined;
  readonly untilMs: number;
  readonly sessionCount: number;
}

const mostFailures = 50;
const mostRests = 50;

/** Remembers what has failed, and says of what rests why it does. */
export class Troubles {
  /** By what makes them alike, the one that failed last at the end. */
  readonly #failures = new Map<string, Failure>();

  see(event: TypingEvent): void {
    if (event.type !== 'failed') return;
    const { channel, provider, conversation = '', operation, error } = event;
    const key = JSON.stringify([channel, provider, conversation, operation, error.code]);
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.delete(key);
    this.#failures.set(key, { event, lastAtMs: Date.now(), count });
    if (this.#failures.size <= mostFailures) return;
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }

  /** Newest first. */
  failures(): readonly Failure[] {
    return [...this.#failures.values()].toReversed();
  }

  /** What the sessions wait for: one rest for each credential, budget or conversation, those with most sessions first. */
  rests(snapshots: readonly SessionSnapshot[]): readonly Rest[] {
    const rests = new Map<string, Rest>();
    for (const { channel, provider, conversation, pause } of snapshots) {
      if (!pause) continue;
      const { by, untilMs } = pause;
      const isOfOne = by === 'circuit';
      const key = JSON.stringify([by, channel, provider, isOfOne ? conversation : '']);
      const known = rests.get(key);
      if (known) {
        const latestMs = Math.max(known.untilMs, untilMs);
        rests.set(key, { ...known, untilMs: latestMs, sessionCount: known.sessionCount + 1 });
      } else if (rests.size < mostRests) {
        const place = { by, channel, provider, ...(isOfOne && { conversation }) };
        rests.set(key, { ...place, ...this.#reasonOf(place), untilMs, sessionCount: 1 });
      }
    }
    return [...rests.values()].toSorted((one, other) => other.sessionCount - one.sessionCount);
  }

  #reasonOf(place: Pick<Rest, 'by' | 'channel' | 'provider' | 'conversation'>): {
    readonly why: string;
    readonly advice?: string | undefined;
  } {
    const { by, provider } = place;
    const error = this.#lastErrorOf(place);
    const advice = error && (error.advice ?? errorCodeRow(error.code).advice);
    const status = error?.status === undefined ? '' : ` (${error.status})`;
    const quoted = error ? `: ${error.reason}` : '';
    switch (by) {
      case 'credential': {
        const why = `${provider} refused the key${status}, so nothing is sent with it until it works again${quoted}.`;
        return { why, advice };
      }
      case 'circuit': {
        const why = `The last starts of this conversation failed${status}${quoted}.`;
        return { why, advice };
      }
      case 'rate-limit':
        return { why: `${provider} said that there were too many requests${status}.`, advice };
      case 'budget':
        return { why: `What ${provider} allows in this time is spent. It passes by itself.` };
      case 'gate':
        return {
          why: 'The gate that is asked before each start does not let them through.',
          advice: 'Check the gate, such as Redis: nothing is sent while it does not answer.',
        };
    }
  }

  #lastErrorOf({
    by,
    channel,
    provider,
    conversation,
  }: Pick<Rest, 'by' | 'channel' | 'provider' | 'conversation'>):
    | Failure['event']['error']
    | undefined {
    const found = this.failures().find(({ event }) => {
      if (event.channel !== channel || event.provider !== provider) return false;
      if (by === 'credential') return event.error.code === 'unauthenticated';
      if (by === 'rate-limit') return event.error.code === 'rate-limited';
      return event.conversation === conversation;
    });
    return found?.event.error;
  }
}
