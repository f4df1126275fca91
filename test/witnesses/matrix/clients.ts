import { createClient, type MatrixEvent } from 'matrix-js-sdk';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import type { MatrixTarget } from '@typingkit/matrix';
import type { Witnesses } from '../witness.ts';

const userId = '@bot:example.org';

/** It would print each request. */
const silent: Logger = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  getChild: () => silent,
};

export const witnesses: Witnesses<MatrixTarget> = {
  'matrix-js-sdk'({ baseUrl, apiKey: accessToken }) {
    const client = createClient({ baseUrl, accessToken, userId, logger: silent });
    return { start: ({ roomId }) => client.sendTyping(roomId, true, 30_000) };
  },
};

/** How matrix-js-sdk stops. */
export function stop(baseUrl: string, accessToken: string, roomId: string): Promise<unknown> {
  const client = createClient({ baseUrl, accessToken, userId, logger: silent });
  return client.sendTyping(roomId, false, 30_000);
}

/** What matrix-js-sdk hands on of the events of a room. */
export function handOn(roomId: string, event: object): MatrixEvent {
  const map = createClient({ baseUrl: 'https://matrix.invalid', logger: silent }).getEventMapper();
  return map({ ...event, room_id: roomId });
}
