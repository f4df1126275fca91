import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { bluebubbles, bluebubblesAddress, type BlueBubblesTarget } from '../src/index.ts';

const chatGuid = 'iMessage;-;+15550100002';
const target = { chatGuid };
const setUp =
  'Please make sure you have completed the setup for the Private API, and your helper is connected!';

/** @see https://github.com/BlueBubblesApp/bluebubbles-server */
const failures: readonly VendorFailure[] = [
  {
    ...refused(
      401,
      'You are not authorized to access this resource',
      'Authentication Error',
      'Missing server password!',
    ),
    code: 'unauthenticated',
  },
  {
    ...refused(500, setUp, 'iMessage Error', 'iMessage Private API is not enabled!'),
    code: 'unsupported',
    message: 'Switch on the Private API at the server',
  },
  {
    ...refused(500, setUp, 'iMessage Error', 'iMessage Private API Helper is not connected!'),
    code: 'unsupported',
  },
  { ...refused(500, 'Something broke', 'Server Error', 'TypeError'), code: 'unavailable' },
  // The words alone decide nothing.
  {
    ...refused(500, setUp, 'Server Error', 'iMessage Private API is not enabled!'),
    code: 'unavailable',
  },
  { ...refused(404, 'Not Found', 'Not Found', 'no such route'), code: 'unsupported' },
  { name: '405', answer: { status: 405, body: 'Method Not Allowed' }, code: 'unsupported' },
  page(530, 'unavailable'),
  page(502, 'unavailable'),
  page(200, 'bad-response'),
  {
    name: 'a 200 that says another status',
    answer: { status: 200, json: { status: 500, message: 'no' } },
    code: 'bad-response',
  },
];

const data = {
  guid: 'B5B2E1A4',
  isFromMe: false,
  itemType: 0,
  associatedMessageGuid: null,
  chats: [{ guid: chatGuid }],
  handle: { address: '+15550100002' },
};
const newMessage = (more: object): object => ({ type: 'new-message', data: { ...data, ...more } });

const facts: ProviderFacts<BlueBubblesTarget> = {
  create: ({ apiKey, ...transport }) => bluebubbles({ password: apiKey, ...transport }),
  address: () => bluebubblesAddress(),
  target,
  otherTarget: { chatGuid: 'iMessage;+;chat123456789' },
  invalidTargets: [
    { chatGuid: '+15550100002' },
    { chatGuid: 'iMessage;+15550100002' },
    { chatGuid: 'iMessage;-;' },
    { chatGuid: 'iMessage;-;../x' },
    { chatGuid: 'Signal;-;+15550100002' },
  ],
  start: {
    method: 'POST',
    path: (password) =>
      `/api/v1/chat/iMessage%3B-%3B%2B15550100002/typing?${new URLSearchParams({ password })}`,
    answer: { status: 200, json: { status: 200, message: 'Successfully started typing!' } },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: (password) => `/api/v1/server/info?${new URLSearchParams({ password })}`,
        answer: {
          status: 200,
          json: {
            status: 200,
            data: { private_api: true, helper_connected: true, detected_icloud: 'a@example.com' },
          },
        },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn: [
    { message: newMessage({}), targets: [target] },
    {
      message: newMessage({ chats: [{ guid: 'SMS;-;+15550100002' }] }),
      targets: [{ chatGuid: 'SMS;-;+15550100002' }],
    },
    { message: newMessage({ isFromMe: true }), targets: [] },
    { message: newMessage({ chats: [] }), targets: [] },
    { message: newMessage({ associatedMessageGuid: 'p:0/B5B2' }), targets: [] },
    { message: newMessage({ itemType: 2 }), targets: [] },
    { message: { type: 'updated-message', data }, targets: [] },
  ],
  inboundIn: [
    { event: newMessage({}), events: [] },
    { event: { type: 'typing-indicator', data: { display: true, guid: 'nobody' } }, events: [] },
  ],
  failures,
  statuses: { 404: 'unsupported', 405: 'unsupported' },
};

describeTypingProvider('bluebubbles', facts);

function refused(
  status: number,
  message: string,
  type: string,
  words: string,
): Pick<VendorFailure, 'name' | 'answer' | 'vendorCode'> {
  const json = { status, message, error: { type, message: words } };
  return { name: `${status} ${type}: ${words}`, answer: { status, json }, vendorCode: type };
}

function page(status: number, code: VendorFailure['code']): VendorFailure {
  const body = '<html><title>Cloudflare Tunnel error</title></html>';
  return {
    name: `${status} of a tunnel`,
    answer: { status, headers: { 'content-type': 'text/html' }, body },
    code,
  };
}
