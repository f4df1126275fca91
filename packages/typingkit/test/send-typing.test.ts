import nock from 'nock';
import { describe, expect, test, vi } from 'vitest';
import {
  answerConnectSafely,
  answerLinq,
  chatId,
  conversationUrn,
  freshKit,
  guardProcess,
  linqOrigin,
} from './fresh-kit.ts';

guardProcess();

describe('sendTyping and stopTyping', () => {
  test('type on iMessage with nothing but a key in the environment', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { sendTyping, stopTyping } = await freshKit();
    answerLinq('sk_linq');
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({
      status: 'accepted',
      channel: 'imessage',
      provider: 'linq',
      visibleForMs: 60_000,
    });
    nock(linqOrigin, { reqheaders: { authorization: 'Bearer sk_linq' } })
      .delete(`/api/partner/v3/chats/${chatId}/typing`)
      .reply(204);
    await expect(stopTyping('imessage', { chatId })).resolves.toEqual({
      status: 'cleared',
      channel: 'imessage',
      provider: 'linq',
    });
  });

  test('type on LinkedIn, where nothing can be stopped', async () => {
    vi.stubEnv('CONNECTSAFELY_API_KEY', 'sk_safe');
    const { sendTyping, stopTyping } = await freshKit();
    answerConnectSafely('sk_safe');
    await sendTyping('linkedin', { conversationUrn });
    await expect(stopTyping('linkedin', { conversationUrn })).resolves.toEqual({
      status: 'expires',
      channel: 'linkedin',
      provider: 'connectsafely',
      withinMs: expect.closeTo(10_000, -3),
    });
  });

  test('share one default: a second start of the same conversation makes no request', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { defaultTyping, sendTyping } = await freshKit();
    answerLinq('sk_linq');
    await sendTyping('imessage', { chatId });
    await expect(sendTyping('imessage', { chatId })).resolves.toMatchObject({
      status: 'coalesced',
    });
    await expect(
      defaultTyping().send('imessage', { chatId: chatId.toUpperCase() }),
    ).resolves.toMatchObject({ status: 'coalesced' });
  });

  test('pass their options on', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    vi.stubEnv('CONNECTSAFELY_API_KEY', 'sk_safe');
    const { sendTyping, stopTyping } = await freshKit();
    const signal = AbortSignal.abort('enough');
    await expect(sendTyping('imessage', { chatId }, { signal })).rejects.toBe('enough');
    await expect(stopTyping('linkedin', { conversationUrn }, { signal })).rejects.toBe('enough');
  });

  test('reject, and never throw', async () => {
    const { sendTyping, stopTyping } = await freshKit();
    // What JavaScript may pass against the types.
    const rejections = [
      sendTyping('imesage' as 'imessage', { chatId }),
      stopTyping('' as 'imessage', { chatId }),
    ];
    for (const rejection of rejections) {
      await expect(rejection).rejects.toMatchObject({ code: 'unknown-channel' });
    }
  });
});

// The same mistakes do not compile: see typingkit.test-d.ts.
describe('a mistake that the compiler would have seen', () => {
  test('in the channel names the nearest one', async () => {
    const { sendTyping, TypingError } = await freshKit();
    const error: unknown = await sendTyping('imesage' as 'imessage', { chatId }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TypingError);
    expect(error).toMatchObject({
      code: 'unknown-channel',
      message: expect.stringMatching(
        /^there is no channel called "imesage"\. Did you mean "imessage"\? The channels are .*"imessage", .*"linkedin".*\.$/,
      ),
    });
  });

  test('in the target says which field it is, and asks nobody', async () => {
    vi.stubEnv('LINQ_API_KEY', 'sk_linq');
    const { sendTyping } = await freshKit();
    await expect(
      sendTyping('imessage', { conversationUrn } as unknown as { chatId: string }),
    ).rejects.toMatchObject({
      code: 'invalid-target',
      channel: 'imessage',
      message: expect.stringMatching(/^\[imessage\/linq\] chatId is required and must be /),
    });
  });
});
