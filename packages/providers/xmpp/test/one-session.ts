import { once } from 'node:events';
import { createTyping } from '@typingkit/core';
import { xmpp } from '@typingkit/xmpp';

// A bot that has shown an indicator, and has nothing more to do.
const [, , service = '', password = '', to = ''] = process.argv;
const told = new EventTarget();
const typing = createTyping({
  channels: { xmpp: xmpp({ jid: 'alice@localhost', password, service, timeoutMs: 30_000 }) },
  onEvent(event) {
    if (event.type === 'failed') process.stdout.write(`${event.error.message}\n`);
    told.dispatchEvent(new Event(event.type));
  },
});
typing.keep('xmpp', { to });
await Promise.race([once(told, 'started'), once(told, 'failed')]);
process.stdout.write('done\n');
