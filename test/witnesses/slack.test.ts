import { slack, type SlackTarget } from '@typingkit/slack';
import { describe, expect, test } from 'vitest';
import { beganAtMs, failureOf, stageFor, startsAt } from './witness.ts';

/** The Chat SDK writes the token into the form as well, and the simulator leaves it out of its log. */
const tokenInForm = { token: expect.any(String) };

const stage = stageFor<SlackTarget>('slack');

/** Our adapter, below the same path as the clients of Slack. */
function ours(options: { status: string; loadingMessages: readonly string[]; sessions?: true }) {
  const { apiKey: botToken, baseUrl } = stage.simulator.slack;
  return slack({ botToken, baseUrl: `${baseUrl}/api`, ...options });
}

describe.each([
  ['@slack/web-api', 'is thinking…', ['a', 'b'], {}],
  ['@chat-adapter/slack', 'Typing...', ['Typing...'], tokenInForm],
])('a text of %s on the simulated Slack', (name, status, loadingMessages, more) => {
  test.for(['channel', 'direct'] as const)(
    'is seen in a thread of a %s, and is what our adapter sends',
    async (type) => {
      const { id, target } = stage.simulator.slack.createConversation({ type });
      await stage.witness(name).start(target);
      stage.passes(600_000);
      expect(stage.simulator.recipientView(id)).toEqual([
        {
          fromMs: beganAtMs,
          toMs: beganAtMs + 120_000,
          endedBy: 'expired',
          shows: loadingMessages.join(' · '),
        },
      ]);

      await ours({ status, loadingMessages }).start(target, {});
      const [theirs, own] = startsAt(stage.simulator, 'slack');
      expect(theirs).toEqual({ ...own, body: { ...Object(own?.body), ...more } });
    },
  );
});

test.for([
  ['@slack/web-api', {}],
  ['@chat-adapter/slack', tokenInForm],
] as const)('the state of %s is seen, and is what our adapter sends', async ([name, more]) => {
  const { sessionId, target } = stage.simulator.slack.createConversation();
  await stage.witness(`${name} agent`).start(target);
  stage.passes(7_200_000);
  expect(stage.simulator.recipientView(sessionId)).toMatchObject([
    { fromMs: beganAtMs, toMs: beganAtMs + 3_600_000, endedBy: 'expired' },
  ]);

  await ours({ status: 'types', loadingMessages: ['types'], sessions: true }).start(target, {});
  const [theirs, , own] = startsAt(stage.simulator, 'slack');
  expect(theirs).toEqual({ ...own, body: { ...Object(own?.body), ...more } });
});

describe('the errors of the simulated Slack, as @slack/web-api reads them', () => {
  const platform = (error: string): object => ({
    class: 'WebAPIPlatformError',
    data: { ok: false, error },
  });

  test.for<[failure: string, expected: object]>([
    ['invalid-auth', platform('invalid_auth')],
    ['channel-not-found', platform('channel_not_found')],
    [
      'missing-scope',
      {
        class: 'WebAPIPlatformError',
        data: { error: 'missing_scope', needed: 'chat:write', provided: 'app_mentions:read' },
      },
    ],
    ['internal-error', platform('internal_error')],
    ['rate-limited', { class: 'WebAPIRateLimitedError', retryAfter: 7 }],
    ['server-error', { class: 'WebAPIHTTPError', statusCode: 503 }],
  ])('%s', async ([failure, expected]) => {
    const { target } = stage.simulator.slack.createConversation();
    stage.simulator.faults.add({ kind: 'failure', vendor: 'slack', failure, retryAfterSeconds: 7 });
    expect(await failureOf(stage.witness('@slack/web-api').start(target))).toMatchObject(expected);
  });

  test('an app that is not declared as an agent', async () => {
    stage.simulator.slack.configure({ isAgent: false });
    const { target } = stage.simulator.slack.createConversation();
    expect(await failureOf(stage.witness('@slack/web-api agent').start(target))).toMatchObject(
      platform('feature_disabled'),
    );
  });

  test('@chat-adapter/slack swallows them', async () => {
    const { id, target } = stage.simulator.slack.createConversation();
    await stage.witness('@chat-adapter/slack', 'xoxb-another').start(target);
    expect(stage.simulator.requests({ vendor: 'slack' })).toHaveLength(1);
    expect(stage.simulator.recipientView(id)).toEqual([]);
  });
});
