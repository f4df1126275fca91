import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import type { Simulator } from '../simulator-interface.ts';

/** Everything that happens from now on, as server-sent events: the name is the event's kind, the data the event as JSON. */
export function eventStream(simulator: Pick<Simulator, 'observe'>, context: Context): Response {
  return streamSSE(context, async (stream) => {
    const stop = simulator.observe((event) => {
      void stream.writeSSE({ event: event.kind, data: JSON.stringify(event) });
    });
    // A comment at once, so that the client knows that from here on nothing is missed.
    await stream.write(': observing\n\n');
    await new Promise<void>((resolve) => {
      stream.onAbort(resolve);
    });
    stop();
  });
}
