import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { linqWebhook, toNodeHandler } from '@typingkit/linq/webhook';
import { defaultTyping } from 'typingkit';

/** Where Linq can tell the bot who types. */
export interface LinqWebhook {
  readonly url: string;
  close(): void;
}

/** Takes what Linq has signed with the secret, and hands it to typingkit. */
export async function openLinqWebhook(secret: string): Promise<LinqWebhook> {
  const handle = linqWebhook({ secret, onTyping: defaultTyping().receive });
  const server = createServer(toNodeHandler(handle)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It listens on a port, which is neither a pipe nor nothing.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    close() {
      server.close();
    },
  };
}
