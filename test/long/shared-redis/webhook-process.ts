import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { redisSeenEvents, remoteTyping } from '@typingkit/bullmq';
import { linqAddress } from '@typingkit/linq';
import { linqWebhook, toNodeHandler } from '@typingkit/linq/webhook';

// One of several processes behind one address: opens a session for each message of Linq.
const { LINQ_WEBHOOK_SECRET: secret = '', REDIS_URL: redis = '' } = process.env;
const typing = remoteTyping({ redis, channels: { imessage: linqAddress({ keyName: 'team' }) } });
const webhook = linqWebhook({
  secret,
  seenEvents: redisSeenEvents({ redis, scope: 'linq' }),
  async onMessage(message) {
    for (const target of typing.targetsIn('imessage', message)) {
      await typing.keep('imessage', target).opened;
    }
  },
});
const server = createServer(toNodeHandler(webhook)).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // It listens on a port.
  console.log(`http://127.0.0.1:${port}`);
});
