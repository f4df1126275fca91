import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { virtualTyping } from './virtual-typing.ts';

const secretChat = 'recipient-15551234567';
const target = { chat: secretChat };

describe('a session', () => {
  test('has an id of its own that finds it while it lives', async () => {
    const { typing } = virtualTyping();
    const one = typing.keep('chat', target);
    const other = typing.keep('chat', target);
    expect(one.id).toMatch(/^[\da-f]{32}$/);
    expect(other.id).not.toBe(one.id);
    expect(typing.session(one.id)).toBe(one);
    expect(typing.session(other.id)).toBe(other);
    expect(typing.session('unknown')).toBeUndefined();
    await one.stop();
    expect(typing.session(one.id)).toBeUndefined();
    expect(typing.session(other.id)).toBe(other);
    await typing.close();
    expect(typing.session(other.id)).toBeUndefined();
  });

  test('is not found by a Typing that did not open it', () => {
    const { id } = virtualTyping().typing.keep('chat', target);
    expect(virtualTyping().typing.session(id)).toBeUndefined();
  });

  test('keeps its id when it has ended, and is not found by it', async () => {
    const { typing } = virtualTyping({}, { onEvent: undefined });
    const session = typing.keep('chat', target);
    await session.stop();
    expect(session.id).toBe(session.id);
    expect(typing.session(session.id)).toBeUndefined();
  });

  test('is established at once', async () => {
    const { typing, provider } = virtualTyping();
    provider.hangNext();
    await expect(typing.keep('chat', target).opened).resolves.toBeUndefined();
  });

  test('has the label of its options, also where it could never open', async () => {
    const { typing, events } = virtualTyping();
    expect(typing.keep('chat', target, { label: 'turn 7' }).label).toBe('turn 7');
    expect(typing.keep('chat', target).label).toBeUndefined();
    expect(typing.sessions()).toMatchObject([{}, { label: 'turn 7' }]);
    expect(events[0]).toMatchObject({ type: 'opened', label: 'turn 7' });
    await typing.close();
    const label = typing.with('chat', target, (session) => session.label, { label: 'turn 8' });
    await expect(label).resolves.toBe('turn 8');
  });

  test('that could never open has all that a session has', async () => {
    const { typing } = virtualTyping();
    await typing.close();
    const { promise } = { promise: typing.with('chat', target, (session) => session) };
    const session = await promise;
    expect(session).toMatchObject({ state: 'closed', error: { code: 'stopped' } });
    expect(session.id).toMatch(/^[\da-f]{32}$/);
    expect(session.id).toBe(session.id);
    expect(session.signal).toBe(session.signal);
    expect(session.signal.aborted).toBe(false);
    session.touch();
    session.messageSent();
    await session.opened;
    await session.stop();
    await session[Symbol.asyncDispose]();
    await expect(session.closed).resolves.toBe('refused');
  });

  test('ends with the block that it was opened in', async () => {
    const { typing, provider, clock } = virtualTyping();
    {
      await using session = typing.keep('chat', target);
      await clock.advance(1_000);
      expect(session.state).toBe('active');
    }
    await clock.advance(0);
    expect(provider.stops).toHaveLength(1);
  });
});

describe('printed or made JSON', () => {
  test('a session shows channel, state, age and label, and nothing else', async () => {
    const { typing, clock } = virtualTyping();
    const session = typing.keep('chat', target, { label: 'turn 7' });
    await clock.advance(1_500);
    expect(inspect(session)).toBe(
      "TypingSession { channel: 'chat', state: 'active', ageMs: 1500, label: 'turn 7' }",
    );
    expect(JSON.parse(JSON.stringify(session))).toEqual({
      channel: 'chat',
      state: 'active',
      ageMs: 1_500,
      label: 'turn 7',
    });
    const nested = inspect({ deep: { deeper: { session } } }, { depth: 9 });
    expect(nested).not.toContain(secretChat);
  });

  test('a session that could never open shows as much', async () => {
    const { typing } = virtualTyping();
    await typing.close();
    const session = await typing.with('chat', target, (open) => open);
    expect(inspect(session)).toBe("TypingSession { channel: 'chat', state: 'closed', ageMs: 0 }");
    expect(JSON.stringify(session)).toBe('{"channel":"chat","state":"closed","ageMs":0}');
  });

  test('a snapshot and an event show no recipient, and have one to read', async () => {
    const { typing, provider, clock, events } = virtualTyping();
    provider.failNext('unavailable');
    const session = typing.keep('chat', target);
    await clock.advance(30_000);
    session.messageSent();
    await typing.send('chat', target);
    const [snapshot] = typing.sessions();
    expect(snapshot).toMatchObject({ conversation: secretChat, target, id: session.id });
    await session.stop();
    await clock.advance(0);
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(5);
    for (const event of events) expect(event).toMatchObject({ conversation: secretChat });
    for (const shown of [...events, snapshot]) {
      expect(inspect(shown, { depth: 9 })).not.toContain(secretChat);
      expect(JSON.stringify(shown)).not.toContain(secretChat);
      expect(JSON.stringify({ ...shown })).not.toContain(secretChat);
    }
  });
});
