import { Client4 } from '@mattermost/client';
import type { MattermostTarget } from '@typingkit/mattermost';
import type { Witnesses } from '../witness.ts';

/** It has no method for typing, which Mattermost's own app sends by WebSocket. All else of the request is its own. */
class Typist extends Client4 {
  typeIn({ channelId, threadId }: MattermostTarget): Promise<unknown> {
    return this.doFetch(`${this.getUserRoute('me')}/typing`, {
      method: 'post',
      body: JSON.stringify({ channel_id: channelId, parent_id: threadId }),
    });
  }
}

export const witnesses: Witnesses<MattermostTarget> = {
  '@mattermost/client'({ baseUrl, apiKey }) {
    const client = new Typist();
    client.setUrl(baseUrl);
    client.setToken(apiKey);
    return { start: (target) => client.typeIn(target) };
  },
};
