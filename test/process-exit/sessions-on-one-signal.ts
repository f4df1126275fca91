import { createTyping } from '@typingkit/core';
import { linq } from '@typingkit/linq';

const [, , baseUrl, count] = process.argv;
const { signal } = new AbortController();
const allStarted = Promise.withResolvers<void>();
let missing = Number(count);
// The work of this process. Sessions do not hold it open, and between two starts no request does.
const work = setInterval(() => {}, 1_000);
const typing = createTyping({
  channels: { imessage: linq({ apiKey: 'test-key', baseUrl }) },
  onEvent({ type }) {
    if (type === 'started') missing -= 1;
    if (missing === 0) allStarted.resolve();
  },
});

for (let index = 0; index < Number(count); index += 1) {
  const chatId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  typing.keep('imessage', { chatId }, { signal });
}
await allStarted.promise;
clearInterval(work);
process.stdout.write('done\n');
