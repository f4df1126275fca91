import { TypingError } from '@typingkit/core';
import { fakeProvider } from '@typingkit/testing';
import { sharedTyping } from '../src/index.ts';

// Opens with each of the given options, and closes. With a connection left behind it would go on for ever.
for (const options of JSON.parse(process.argv[2] ?? '[]')) {
  try {
    const typing = sharedTyping({ ...options, channels: { chat: fakeProvider() }, onRedis() {} });
    typing.keep('chat', { id: 'alice' });
    await typing.close();
  } catch (error) {
    if (!TypingError.isInstance(error)) throw error;
  }
}
