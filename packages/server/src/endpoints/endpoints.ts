import { listChannels } from './channels.ts';
import type { Endpoint } from './endpoint.ts';
import { streamEvents } from './events.ts';
import { oneShots } from './one-shots.ts';
import { opening } from './opening.ts';
import { changing, watching } from './sessions.ts';

/** What only looks. */
const watchingEndpoints: readonly Endpoint[] = [listChannels, ...watching, streamEvents];

/** Everything that the server can be asked for. */
export const allEndpoints: readonly Endpoint[] = [
  ...oneShots,
  ...opening,
  ...changing,
  ...watchingEndpoints,
];
