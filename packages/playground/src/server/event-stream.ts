import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { World } from '../world/world.ts';
import type { ChangeFeed } from './change-feed.ts';

/** How often a snapshot goes out although nothing tells of a change: a sign of life, and of what ends by itself. */
const signOfLifeMs = 1_000;

/** Sends a snapshot now and whenever something changes, until the page leaves. */
export function eventStream(context: Context, world: World, feed: ChangeFeed): Response {
  return streamSSE(context, async (stream) => {
    let wake: (() => void) | undefined;
    const leave = feed.listen(() => wake?.());
    stream.onAbort(() => wake?.());
    while (!stream.aborted) {
      const change = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, signOfLifeMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      // A write waits for a page that is slow to read, and what it missed meanwhile is in the next snapshot.
      await stream.writeSSE({ event: 'snapshot', data: JSON.stringify(world.snapshot()) });
      await change;
    }
    leave();
  });
}
