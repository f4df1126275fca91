import { describeTypingProvider, type ProviderFacts, type VendorFailure } from '@typingkit/testing';
import { unipile, unipileAddress, type UnipileTarget } from '../src/index.ts';

const accountId = 'acc_01hx4jbw';
const chatId = '2-ZmRhMGVmZDYtOTUxNy00YzYx==';
const target = { chatId, accountId };
const chatPath = `/${accountId}/chats/2-ZmRhMGVmZDYtOTUxNy00YzYx%3D%3D`;

/** @see https://developer.unipile.com/v2.0/reference/error-responses */
const failures: readonly VendorFailure[] = [
  problem(400, 'api/invalid_parameters', 'rejected'),
  problem(400, 'provider/invalid_parameters', 'rejected'),
  problem(400, 'api/invalid_auth_format', 'unauthenticated'),
  {
    ...problem(401, 'provider/invalid_authorization', 'unauthenticated'),
    message: 'The API key is good. Connect the LinkedIn account again at Unipile.',
  },
  problem(401, 'provider/invalid_credentials', 'unauthenticated'),
  problem(401, 'api/missing_authorization', 'unauthenticated'),
  problem(401, 'api/expired_authorization', 'unauthenticated'),
  problem(402, 'api/inactive_subscription', 'forbidden'),
  problem(403, 'api/inactive_subscription', 'forbidden'),
  problem(403, 'api/insufficient_permissions', 'forbidden'),
  problem(403, 'provider/insufficient_permissions', 'forbidden'),
  problem(403, 'api/account_restricted', 'forbidden'),
  problem(404, 'api/resource_not_found', 'not-found'),
  problem(404, 'provider/resource_not_found', 'not-found'),
  problem(405, 'provider/method_not_allowed', 'unsupported'),
  problem(501, 'api/not_implemented', 'unsupported'),
  problem(409, 'api/conflict', 'rejected'),
  problem(409, 'provider/conflict', 'rejected'),
  problem(422, 'provider/unprocessable_entity', 'rejected'),
  { ...problem(429, 'api/too_many_requests', 'rate-limited', '30'), retryAfterMs: 30_000 },
  problem(429, 'provider/too_many_requests', 'rate-limited'),
  problem(500, 'api/internal_error', 'unavailable'),
  problem(502, 'provider/server_error', 'unavailable'),
  problem(502, 'api/proxy_error', 'unavailable'),
  problem(504, 'api/proxy_timeout', 'unavailable'),
  problem(502, 'api/proxy_auth_error', 'unavailable'),
  problem(504, 'provider/timeout', 'unavailable'),
  problem(404, 'api/something_new', 'not-found'),
  {
    ...problem(401, 'provider/invalid_authorization', 'unauthenticated'),
    name: 'a problem that came with the status 200',
    answer: {
      status: 200,
      json: { object: 'Error', type: 'provider/invalid_authorization', status: 401 },
    },
    traceId: undefined,
  },
  {
    name: 'a problem of an unknown type that came with the status 200',
    answer: { status: 200, json: { object: 'Error', type: 'api/something_new', status: 404 } },
    code: 'not-found',
  },
  {
    name: 'another answer',
    answer: { status: 200, json: { object: 'Chat' } },
    code: 'bad-response',
  },
];

const message = { chat_id: chatId, is_sender: false, text: 'Hi' };
const event = { id: 'evt_1', type: 'message.new', account_id: accountId, payload: message };

const facts: ProviderFacts<UnipileTarget> = {
  create: unipile,
  address: unipileAddress,
  target,
  otherTarget: { chatId, accountId: 'acc_02other' },
  invalidTargets: [
    { chatId: '', accountId },
    { chatId: 'urn:li:messagingThread:2-ZXhhbXBsZQ==', accountId },
    { chatId: `../${chatId}`, accountId },
    { chatId, accountId: '01hx4jbw' },
    { chatId, accountId: 'acc_1/../x' },
  ],
  authorization: (key) => ({ 'x-api-key': key }),
  start: {
    method: 'POST',
    path: `${chatPath}/composing?action=typing`,
    answer: { status: 200, json: { object: 'ComposingSet' } },
  },
  stop: 'expires',
  diagnose: {
    exchanges: [
      {
        method: 'GET',
        path: `/accounts/${accountId}`,
        answer: { status: 200, json: { object: 'Account', id: accountId, status: 'running' } },
      },
      {
        method: 'GET',
        path: chatPath,
        answer: { status: 200, json: { object: 'Chat', is_readonly: false, restrictions: [] } },
      },
    ],
    willShow: 'unknown',
    codes: ['unverified'],
  },
  targetsIn: [
    { message: event, targets: [target] },
    { message: { ...event, payload: { ...message, is_sender: true } }, targets: [] },
    { message: { ...event, payload: { ...message, is_sender: 1 } }, targets: [] },
    { message: { ...event, type: 'message.receipt.read' }, targets: [] },
    { message: { ...event, payload: {} }, targets: [] },
    { message: { ...event, payload: { chat_id: 'no chat' } }, targets: [] },
  ],
  failures,
};

describeTypingProvider('unipile', facts);

function problem(
  status: number,
  type: string,
  code: VendorFailure['code'],
  retryAfter?: string,
): VendorFailure {
  const json = {
    object: 'Error',
    type,
    status,
    title: 'Something is wrong',
    detail: 'The vendor says what.',
    req_id: 'req-8gb',
  };
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return {
    name: `${status} ${type}`,
    answer: { status, headers, json },
    code,
    vendorCode: type,
    traceId: 'req-8gb',
  };
}
