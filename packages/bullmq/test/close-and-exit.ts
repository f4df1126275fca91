import { TypingError } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing';
import { sharedTyping } from '../src/index.ts';

// Opens with the given options, and closes. With a connection left behind it would go on for ever.
const options = JSON.parse(process.argv[2] ?? '{}');
try {
  const typing = sharedTyping({ ...options, channels: { chat: fakeProvider() }, onRedis() {} });
  typing.keep('chat', { id: 'alice' });
  await typing.close();
} catch (error) {
  if (!TypingError.isInstance(error)) throw error;
}
