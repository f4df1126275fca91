import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { EventLog } from '../events/event-log.ts';
import type { Inspection } from './inspection.ts';

/** The least time between two states, in milliseconds. */
const leastMs = 500;
/** How long nothing is sent where nothing happens. */
const signOfLifeMs = 5_000;
/** To list very many sessions takes a while, in which nothing else happens. It may take this share of the time. */
const share = 0.1;

/** What is streamed, and to whom. */
export interface StateStream {
  readonly inspection: Inspection;
  readonly log: EventLog;
  /** Whose story goes along. */
  readonly conversation?: string | undefined;
  readonly areRecipientsShown: boolean;
  readonly closing: AbortSignal;
  /** Called once, when the page has left or the server ends. */
  readonly onEnd: () => void;
}

/** Sends the state now and when something has happened, at most twice a second, until the page leaves. */
export function stateStream(context: Context, options: StateStream): Response {
  const { inspection, log, conversation, areRecipientsShown, closing, onEnd } = options;
  return streamSSE(context, async (stream) => {
    const left = new AbortController();
    stream.onAbort(() => left.abort());
    const over = AbortSignal.any([left.signal, closing]);
    let next = 0;
    try {
      while (!over.aborted) {
        const beganAtMs = performance.now();
        const newest = log.newest;
        // A write waits for a page that is slow to read, and what it missed meanwhile is in the next state.
        const state = inspection.state(areRecipientsShown);
        await stream.writeSSE({ event: 'state', data: JSON.stringify(state) });
        if (conversation !== undefined) {
          const happened = inspection.happenedIn(conversation, next);
          next = happened.newest;
          if (happened.events.length > 0)
            await stream.writeSSE({ event: 'happened', data: JSON.stringify(happened.events) });
        }
        const tookMs = performance.now() - beganAtMs;
        const wakeAtMs = beganAtMs + signOfLifeMs;
        do {
          // Rejects where it is over.
          await sleep(Math.max(leastMs, tookMs / share), undefined, { signal: over }).catch(
            () => {},
          );
        } while (!over.aborted && log.newest === newest && performance.now() < wakeAtMs);
      }
    } finally {
      onEnd();
    }
  });
}
