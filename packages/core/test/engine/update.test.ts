import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const alice = { chat: 'alice' };
const talkative = { minIntervalMs: 3_000, status: true, actions: ['upload_photo'] };

function said(
  starts: readonly { readonly options: { readonly status?: string | undefined } }[],
): unknown[] {
  return starts.map(({ options }) => options.status);
}

describe('update', () => {
  test('goes out at once, where the least interval has passed', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    const session = typing.keep('chat', alice);
    await clock.advance(4_000);
    session.update({ status: 'is searching' });
    await clock.advance(0);
    expect(said(provider.starts)).toEqual([undefined, 'is searching']);
    await clock.advance(8_000);
    expect(said(provider.starts)).toEqual([undefined, 'is searching', 'is searching']);
  });

  test('waits for the least interval, and the last word wins', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    const session = typing.keep('chat', alice);
    await clock.advance(1_000);
    session.update({ status: 'one' });
    session.update({ status: 'two' });
    await clock.advance(1_900);
    expect(said(provider.starts)).toEqual([undefined]);
    await clock.advance(150);
    expect(said(provider.starts)).toEqual([undefined, 'two']);
  });

  test('that comes while a start is in flight is not lost', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    provider.hangNext();
    const session = typing.keep('chat', alice, { status: 'one' });
    await clock.advance(3_500);
    session.update({ status: 'two' });
    await clock.advance(500);
    expect(said(provider.starts)).toEqual(['one']);
    provider.release();
    await clock.advance(50);
    expect(said(provider.starts)).toEqual(['one', 'two']);
  });

  test('replaces all that was said before', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    const session = typing.keep('chat', alice, { status: 'one', ttlMs: 5_000 });
    await clock.advance(4_000);
    session.update({ action: 'upload_photo' });
    await clock.advance(0);
    expect(provider.starts[1]?.options).toMatchObject({
      status: undefined,
      action: 'upload_photo',
      ttlMs: 5_000,
    });
    await clock.advance(4_000);
    session.update({});
    await clock.advance(0);
    expect(provider.starts.at(-1)?.options).toMatchObject({ status: undefined, action: undefined });
  });

  test('that says nothing new makes no request', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    const session = typing.keep('chat', alice, { status: 'one' });
    await clock.advance(4_000);
    session.update({ status: 'one' });
    session.update({ status: 'one', action: 'a word that it does not know' });
    await clock.advance(50);
    expect(provider.starts).toHaveLength(1);
  });

  test('of whoever spoke last is what all sessions of a conversation show', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    const first = typing.keep('chat', alice, { status: 'first' });
    const second = typing.keep('chat', alice, { status: 'second' });
    await clock.advance(4_000);
    first.update({ status: 'first again' });
    await clock.advance(4_000);
    expect(said(provider.starts).at(-1)).toBe('first again');
    await first.stop();
    await clock.advance(10_000);
    expect(said(provider.starts).at(-1)).toBe('second');
    second.update({});
    await clock.advance(4_000);
    expect(said(provider.starts).at(-1)).toBeUndefined();
  });

  test('of a session that is paused is not shown until it goes on', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    const paused = typing.keep('chat', alice);
    typing.keep('chat', alice, { status: 'other' });
    await clock.advance(0);
    paused.pause();
    paused.update({ status: 'paused' });
    await clock.advance(20_000);
    expect(said(provider.starts)).not.toContain('paused');
    paused.resume();
    await clock.advance(10_000);
    expect(said(provider.starts).at(-1)).toBe('paused');
  });

  test('waits while starts fail', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    provider.failNext('unavailable', { times: 3 });
    const session = typing.keep('chat', alice);
    await clock.advance(12_000);
    const { length } = provider.starts;
    session.update({ status: 'one' });
    await clock.advance(100);
    expect(provider.starts).toHaveLength(length);
    expect(session.state).toBe('suspended');
  });

  test('where the vendor shows nothing of it is plain typing, and is told', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    const session = typing.keep('chat', alice, { action: 'upload_photo' });
    await clock.advance(4_000);
    session.update({ status: 'is searching', action: 'upload_photo' });
    await clock.advance(50);
    expect(provider.starts).toHaveLength(1);
    const told = events.filter(({ type }) => type === 'not-shown');
    expect(told).toMatchObject([
      { wishes: ['action'], sessionId: session.id },
      { wishes: ['status', 'action'], sessionId: session.id },
    ]);
  });

  test('is told on the receipt of a send', async () => {
    const { typing } = virtualTyping({ status: true });
    const receipt = await typing.send('chat', alice, { status: 'one', action: 'two' });
    expect(receipt.notShown).toEqual(['action']);
    const coalesced = await typing.send('chat', alice, { status: 'one' });
    expect(coalesced).toMatchObject({ status: 'coalesced', notShown: ['status'] });
    const bob = { chat: 'bob' };
    await expect(typing.send('chat', bob, { status: 'one' })).resolves.not.toHaveProperty(
      'notShown',
    );
  });

  test('is a sign of life, and means nothing when the session has ended', async () => {
    const { typing, provider, clock } = virtualTyping(talkative);
    const session = typing.keep('chat', alice, { idleTimeoutMs: 10_000 });
    await clock.advance(9_000);
    session.update({ status: 'one' });
    await clock.advance(9_000);
    expect(session.state).toBe('active');
    await session.stop();
    session.update({ status: 'two' });
    await clock.advance(60_000);
    expect(said(provider.starts)).not.toContain('two');
  });

  test.for([null, 'searching', { state: 'x' }, { status: 5 }, { action: null }, []])(
    'refuses %o',
    async (update) => {
      const { typing } = virtualTyping();
      const session = typing.keep('chat', alice);
      expect(() => session.update(update as object)).toThrow(
        expect.objectContaining({ code: 'misconfigured' }),
      );
      await typing.close();
      const closed = await typing.with('chat', alice, (open) => open);
      expect(() => closed.update(update as object)).toThrow(
        expect.objectContaining({ code: 'misconfigured' }),
      );
    },
  );
});
