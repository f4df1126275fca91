import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, vi } from 'vitest';
import type { RequestListener } from 'node:http';
import { createBot } from '../src/bolt.ts';
import { patience, reply, type Stage, stopOrMessage, test, thinkMs } from './stage.ts';

beforeEach(() => vi.stubEnv('SLACK_SIGNING_SECRET', 'secret'));

/** A bot that Slack calls. @returns sends it an event, and says with which status it answers. */
async function open(
  stage: Stage,
  think: (text: string, signal: AbortSignal) => Promise<string> = stage.think,
): Promise<(body: object, secret?: string) => Promise<number>> {
  const receiver = createBot(think, stage.options);
  // What its `start` would listen with.
  const handle: RequestListener = (request, response) =>
    receiver.requestListener(request, response);
  const url = await stage.listen(handle);
  return async (body, secret = 'secret') => {
    const text = JSON.stringify(body);
    const seconds = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`v0:${seconds}:${text}`).digest('hex');
    const { status } = await fetch(`${url}/slack`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': seconds,
        'x-slack-signature': `v0=${signature}`,
      },
      body: text,
    });
    return status;
  };
}

describe('a bot in Slack with Bolt', () => {
  test.for(['channel', 'direct'] as const)(
    'answers the event of a %s at once, and types until its reply',
    async (type, { stage }) => {
      const { slack } = stage.simulator;
      const { id, sessionId } = slack.createConversation({ type });
      const post = await open(stage);
      // In a direct message Slack opens a thread for the assistant first.
      if (type === 'direct') slack.receiveMessage(id);
      expect(await post(slack.receiveMessage(id, 'Where is my order?') ?? {})).toBe(200);
      expect(await stage.messages(id)).toEqual([thinkMs]);
      expect(stage.asked).toEqual(['Where is my order?']);
      const seen = [{ fromMs: 0, toMs: thinkMs, endedBy: stopOrMessage, shows: 'is typing…' }];
      expect(stage.seen(id)).toEqual(seen);
      await stage.pass(1_000);
      expect(stage.seen(sessionId)).toMatchObject([{ fromMs: 0, toMs: thinkMs }]);
    },
  );

  test('stops thinking when the person presses Stop', async ({ stage }) => {
    const { slack } = stage.simulator;
    const { id } = slack.createConversation();
    const reasons: unknown[] = [];
    const post = await open(stage, async (_, signal) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      await stage.wait(thinkMs);
      signal.throwIfAborted();
      return reply;
    });
    await post(slack.receiveMessage(id) ?? {});
    await expect.poll(() => stage.seen(id), patience).toHaveLength(1);
    await stage.pass(5_000);
    expect(await post(slack.pressStop(id))).toBe(200);
    await expect.poll(() => reasons, patience).toMatchObject([{ name: 'AbortError' }]);
    await stage.pass(thinkMs);
    expect(stage.seen(id)).toMatchObject([{ fromMs: 0, toMs: 5_000, endedBy: 'stopped' }]);
    expect(slack.history(id).filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  test('does not believe what somebody else signed', async ({ stage }) => {
    const { slack } = stage.simulator;
    const { id } = slack.createConversation();
    const post = await open(stage);
    expect(await post(slack.receiveMessage(id) ?? {}, 'guessed')).toBe(401);
    await stage.pass(1_000);
    expect(stage.asked).toEqual([]);
    expect(stage.seen(id)).toEqual([]);
  });
});
