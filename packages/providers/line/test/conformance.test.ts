import { describeTypingProvider, type ProviderFacts } from '@typingkit/testing';
import { line, lineAddress, type LineTarget } from '../src/index.ts';

const userId = 'U4af4980629d9a7bd4cb8aeab5b3b9bd1';
const otherId = 'U00000000000000000000000000000001';
const traced = { 'x-line-request-id': 'bd3c0ec2-5a5c-4b1c-a1f3-3b1f1c1b1c1b' };
const event = {
  type: 'message',
  mode: 'active',
  timestamp: 1_795_262_400_000,
  source: { type: 'user', userId },
  replyToken: 'b60d432864f44d079f6d8efe86cf404b',
  message: { type: 'text', id: '1', text: 'Hi' },
};
const from = (source: object): object => ({ ...event, source });
const body = (...events: readonly object[]): object => ({ destination: otherId, events });

const facts: ProviderFacts<LineTarget> = {
  create: ({ apiKey, ...transport }) => line({ channelAccessToken: apiKey, ...transport }),
  address: () => lineAddress(),
  target: { userId },
  otherTarget: { userId: otherId },
  invalidTargets: [
    // A group, a room.
    { userId: `C${userId.slice(1)}` },
    { userId: `R${userId.slice(1)}` },
    { userId: userId.toUpperCase() },
    { userId: userId.slice(0, -1) },
    { userId: `${userId}0` },
  ],
  authorization: (token) => ({ authorization: `Bearer ${token}` }),
  start: {
    method: 'POST',
    path: '/v2/bot/chat/loading/start',
    json: { chatId: userId, loadingSeconds: 20 },
    answer: { status: 202, headers: traced, json: {} },
    receipt: { traceId: traced['x-line-request-id'] },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/v2/bot/profile/${userId}`,
        answer: { status: 200, json: { userId, displayName: 'Ada' } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn: [
    { message: body(event), targets: [{ userId }] },
    { message: event, targets: [{ userId }] },
    {
      message: body(event, from({ type: 'user', userId: otherId }), event),
      targets: [{ userId }, { userId: otherId }],
    },
    // A group names the person, too.
    { message: body(from({ type: 'group', groupId: 'C1', userId })), targets: [] },
    { message: body(from({ type: 'room', roomId: 'R1', userId })), targets: [] },
    // Another module of the account answers.
    { message: body({ ...event, mode: 'standby' }), targets: [] },
    { message: body({ ...event, type: 'unfollow' }), targets: [] },
    // What the console sends to try a webhook.
    { message: body(), targets: [] },
  ],
  failures: [
    {
      answer: {
        status: 400,
        headers: traced,
        json: {
          message: "The property, 'chatId', in the request body is invalid (line: -, column: -)",
        },
      },
      code: 'rejected',
      traceId: traced['x-line-request-id'],
      message: "The property, 'chatId', in the request body is invalid",
    },
    {
      name: '400 with details',
      answer: {
        status: 400,
        json: {
          message: 'The request body has 1 error(s)',
          details: [{ message: 'must be a multiple of 5', property: 'loadingSeconds' }],
        },
      },
      code: 'rejected',
      message: 'loadingSeconds must be a multiple of 5',
    },
    {
      answer: {
        status: 401,
        json: {
          message:
            'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
        },
      },
      code: 'unauthenticated',
      message: 'Issue a new channel access token',
    },
    {
      answer: { status: 403, json: { message: 'Not authorized to access this API' } },
      code: 'forbidden',
    },
    {
      answer: {
        status: 429,
        json: { message: 'The API rate limit has been exceeded. Try again later.' },
      },
      code: 'rate-limited',
      message: 'The API rate limit has been exceeded',
    },
    { name: '200 in place of 202', answer: { status: 200, json: {} }, code: 'bad-response' },
    {
      name: '202 with a page',
      answer: { status: 202, body: '<html></html>' },
      code: 'bad-response',
    },
    { answer: { status: 500, json: { message: 'Internal server error' } }, code: 'unavailable' },
  ],
};

describeTypingProvider('line', facts);
