import { LineBotClient } from '@line/bot-sdk';
import type { LineTarget } from '@typingkit/line';
import type { Witnesses } from '../witness.ts';

export const witnesses: Witnesses<LineTarget> = {
  '@line/bot-sdk'({ baseUrl, apiKey: channelAccessToken }) {
    const apiBaseURL = new URL(baseUrl).origin;
    const client = LineBotClient.fromChannelAccessToken({ channelAccessToken, apiBaseURL });
    return {
      async start({ userId: chatId }) {
        // Of an address it takes the host alone, and the simulated LINE is below a path.
        const { fetch } = globalThis;
        globalThis.fetch = (input, init) => {
          const { pathname } = new URL(input instanceof Request ? input.url : input);
          return fetch(`${baseUrl}${pathname}`, init);
        };
        try {
          return await client.showLoadingAnimation({ chatId, loadingSeconds: 60 });
        } finally {
          globalThis.fetch = fetch;
        }
      },
    };
  },
};
