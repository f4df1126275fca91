import { AdvancedIMessageKit } from '@photon-ai/advanced-imessage-kit';
import type { BlueBubblesTarget } from '@typingkit/bluebubbles';
import type { Witnesses } from '../witness.ts';

export const witnesses: Witnesses<BlueBubblesTarget> = {
  '@photon-ai/advanced-imessage-kit'({ baseUrl: serverUrl, apiKey }) {
    return {
      async start({ chatGuid }) {
        const kit = new AdvancedIMessageKit({
          serverUrl,
          apiKey,
          logToFile: false,
          logLevel: 'error',
        });
        // It connects a socket at once, which is for what people write.
        await kit.close();
        return kit.chats.startTyping(chatGuid);
      },
    };
  },
};
