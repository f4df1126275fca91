import { endpoint, type Endpoint } from './endpoint.ts';
import type { ServedChannel } from '../served-typing.ts';
import { channelList } from './schemas.ts';

export const listChannels: Endpoint = endpoint({
  method: 'get',
  path: '/v1/channels',
  name: 'listChannels',
  summary: 'List the channels, and what a target of each looks like',
  answer: { status: 200, description: 'The channels. No key is in it.', schema: channelList },
  handle: ({ served }) => ({ status: 200, body: { channels: served.channels.map(shown) } }),
});

/** Only what is known to hold no key: a description may hold more than its type says. */
function shown({
  channel,
  provider,
  vendor,
  documentation,
  isConfigured,
  targetFields,
  capabilities,
}: ServedChannel): object {
  return { channel, provider, vendor, documentation, isConfigured, targetFields, capabilities };
}
