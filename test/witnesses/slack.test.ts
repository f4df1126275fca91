import { startSimulator, type Simulator } from '@typingkit/simulator';
import { slack, type SlackTarget } from '@typingkit/slack';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failureOf, loadWitnesses, startsAt, type Witness, type Witnesses } from './witness.ts';

const beganAtMs = Date.UTC(2026, 10, 20, 12);
/** The Chat SDK writes the token into the form as well, and the simulator leaves it out of its log. */
const tokenInForm = { token: expect.any(String) };

let witnesses: Witnesses<SlackTarget>;
let simulator: Simulator;
let nowMs: number;

beforeAll(async () => {
  witnesses = await loadWitnesses('slack');
});
beforeEach(async () => {
  nowMs = beganAtMs;
  simulator = await startSimulator({ now: () => nowMs });
});
afterEach(() => simulator.close());

function witness(name: string, apiKey = simulator.slack.apiKey): Witness<SlackTarget> {
  const make = witnesses[name];
  if (!make) throw new Error(`There is no witness ${name}.`);
  return make({ baseUrl: simulator.slack.baseUrl, apiKey });
}

/** Our adapter, below the same path as the clients of Slack. */
function ours(options: { status: string; loadingMessages: readonly string[]; sessions?: true }) {
  const { apiKey: botToken, baseUrl } = simulator.slack;
  return slack({ botToken, baseUrl: `${baseUrl}/api`, ...options });
}

describe.each([
  ['@slack/web-api', 'is thinking…', ['a', 'b'], {}],
  ['@chat-adapter/slack', 'Typing...', ['Typing...'], tokenInForm],
])('a text of %s on the simulated Slack', (name, status, loadingMessages, more) => {
  test.for(['channel', 'direct'] as const)(
    'is seen in a thread of a %s, and is what our adapter sends',
    async (type) => {
      const { id, target } = simulator.slack.createConversation({ type });
      await witness(name).start(target);
      nowMs += 600_000;
      expect(simulator.recipientView(id)).toEqual([
        {
          fromMs: beganAtMs,
          toMs: beganAtMs + 120_000,
          endedBy: 'expired',
          shows: loadingMessages.join(' · '),
        },
      ]);

      await ours({ status, loadingMessages }).start(target, {});
      const [theirs, own] = startsAt(simulator, 'slack');
      expect(theirs).toEqual({ ...own, body: { ...Object(own?.body), ...more } });
    },
  );
});

test.for([
  ['@slack/web-api', {}],
  ['@chat-adapter/slack', tokenInForm],
] as const)('the state of %s is seen, and is what our adapter sends', async ([name, more]) => {
  const { sessionId, target } = simulator.slack.createConversation();
  await witness(`${name} agent`).start(target);
  nowMs += 7_200_000;
  expect(simulator.recipientView(sessionId)).toMatchObject([
    { fromMs: beganAtMs, toMs: beganAtMs + 3_600_000, endedBy: 'expired' },
  ]);

  await ours({ status: 'types', loadingMessages: ['types'], sessions: true }).start(target, {});
  const [theirs, , own] = startsAt(simulator, 'slack');
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
    const { target } = simulator.slack.createConversation();
    simulator.faults.add({ kind: 'failure', vendor: 'slack', failure, retryAfterSeconds: 7 });
    expect(await failureOf(witness('@slack/web-api').start(target))).toMatchObject(expected);
  });

  test('an app that is not declared as an agent', async () => {
    simulator.slack.configure({ isAgent: false });
    const { target } = simulator.slack.createConversation();
    expect(await failureOf(witness('@slack/web-api agent').start(target))).toMatchObject(
      platform('feature_disabled'),
    );
  });

  test('@chat-adapter/slack swallows them', async () => {
    const { id, target } = simulator.slack.createConversation();
    await witness('@chat-adapter/slack', 'xoxb-another').start(target);
    expect(simulator.requests({ vendor: 'slack' })).toHaveLength(1);
    expect(simulator.recipientView(id)).toEqual([]);
  });
});
