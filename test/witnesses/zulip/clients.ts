import zulipJs from 'zulip-js';
import type { ZulipTarget } from '@typingkit/zulip';
import type { Witnesses } from '../witness.ts';

export const witnesses: Witnesses<ZulipTarget> = {
  'zulip-js'({ baseUrl: realm, apiKey, environment }) {
    const config = { realm, apiKey, username: environment?.['ZULIP_EMAIL'] ?? '' };
    return {
      async start({ to, topic }) {
        const client = await zulipJs(config);
        const op = 'start';
        if (topic === undefined) return client.typing.send({ to, op });
        const place = { type: 'stream', stream_id: String(to), topic };
        return client.callEndpoint('/typing', 'POST', { op, ...place });
      },
    };
  },
};
