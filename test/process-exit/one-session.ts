import { once } from 'node:events';
import { createTyping } from '@typingkit/core';
import { linq } from '@typingkit/linq';

const [, , baseUrl] = process.argv;
const started = new EventTarget();
const typing = createTyping({
  channels: { imessage: linq({ apiKey: 'test-key', baseUrl }) },
  onEvent: ({ type }) => started.dispatchEvent(new Event(type)),
});

typing.keep('imessage', { chatId: '00000000-0000-4000-8000-000000000001' });
await once(started, 'started');
process.stdout.write('done\n');
