import type { Diagnosis, DiagnosisReason } from '@typingkit/core';
import { connectSafely } from '@typingkit/connectsafely';
import nock from 'nock';
import { describe, expect, it } from 'vitest';
import {
  accountId,
  apiKey,
  bodyMarker,
  conversationUrn,
  onlyAnnouncedRequests,
  profileId,
} from './support/connectsafely-vendor.ts';
import { failureOf, fieldsOf, thrownBy } from './support/failure.ts';

onlyAnnouncedRequests();

const provider = connectSafely({ apiKey });
const target = { conversationUrn, accountId };
const statusPath = `/linkedin/account/${accountId}/status`;
const messagesPath = `/linkedin/messaging/recent-messages?count=1&accountId=${accountId}`;

/** What ConnectSafely says of an account that is in order. */
const account = {
  id: accountId,
  firstName: 'John',
  lastName: 'Doe',
  publicId: 'john-doe-123',
  platform: 'ConnectSafely',
  status: 'AVAILABLE',
  enabled: true,
  lastUsed: '2026-02-24T04:53:13.750Z',
  hasTokens: true,
};
const mailbox = {
  success: true,
  accountId,
  profileUrn: `urn:li:fsd_profile:${profileId}`,
  conversations: [],
  total: 0,
  nextCursor: null,
};

function get(path: string, status: number, body: unknown): void {
  nock('https://api.connectsafely.ai', { reqheaders: { authorization: `Bearer ${apiKey}` } })
    .get(path)
    .reply(status, typeof body === 'string' ? body : JSON.stringify(body));
}

function diagnose(input: object = target): Promise<Diagnosis> {
  const ask = provider.diagnose;
  if (!ask) throw new Error('the provider cannot diagnose');
  return ask(provider.parseTarget(input), {});
}

function found({ willShow, reasons }: Diagnosis): unknown {
  return [willShow, ...reasons.map(({ code, effect }) => `${code} ${effect}`)];
}

/** What holds of every reason: it is fit for a person, and for a log. */
function expectFit({ message, advice }: DiagnosisReason): void {
  expect(message).toMatch(/^[^\s].*[^.\s]$/);
  expect(advice).toMatch(/^[A-Z].*\.$/);
  for (const secret of [apiKey, accountId, profileId, bodyMarker]) {
    expect(message + advice).not.toContain(secret);
  }
}

describe('a diagnosis of LinkedIn', () => {
  it('says unknown where all is well, because nobody can ask what the recipient has switched on', async () => {
    get(statusPath, 200, account);
    get(messagesPath, 200, mailbox);
    const diagnosis = await diagnose();
    expect(found(diagnosis)).toEqual(['unknown', 'unverified may-hide']);
    expect(diagnosis.traceId).toBeUndefined();
    diagnosis.reasons.forEach(expectFit);
  });

  it("asks about the vendor's default account where the target names none", async () => {
    get('/linkedin/account/status', 200, account);
    get('/linkedin/messaging/recent-messages?count=1', 200, mailbox);
    expect(found(await diagnose({ conversationUrn }))).toEqual(['unknown', 'unverified may-hide']);
  });

  it.each([
    ['that LinkedIn locked out', { status: 'ERROR' }, /sign in/],
    ['that is switched off', { enabled: false }, /switched off/],
    ['without a session', { hasTokens: false }, /session/],
  ])('names an account %s, and does not ask for its mailbox', async (_title, state, message) => {
    get(statusPath, 200, { ...account, ...state, note: bodyMarker });
    const diagnosis = await diagnose();
    expect(found(diagnosis)).toEqual(['no', 'account hides']);
    expect(diagnosis.reasons[0]?.message).toMatch(message);
    diagnosis.reasons.forEach(expectFit);
  });

  it.each(['IN_USE', 'WARMUP', 'FREE', 'PREMIUM', 'A_NEW_ONE', 7, undefined])(
    'finds nothing wrong with an account whose status is %s',
    async (status) => {
      get(statusPath, 200, { ...account, status });
      get(messagesPath, 200, mailbox);
      expect(found(await diagnose())).toEqual(['unknown', 'unverified may-hide']);
    },
  );

  it.each([
    ['unknown', 404, { error: 'LinkedIn account not found or not accessible' }],
    ['no id at all', 400, { error: 'Invalid account ID format' }],
  ])('names an account that is %s', async (_title, status, body) => {
    get(statusPath, status, body);
    const diagnosis = await diagnose();
    expect(found(diagnosis)).toEqual(['no', 'account hides']);
    diagnosis.reasons.forEach(expectFit);
  });

  it('names an account that has gone between the two questions', async () => {
    get(statusPath, 200, account);
    get(messagesPath, 404, { error: 'Account not found' });
    expect(found(await diagnose())).toEqual(['no', 'account hides']);
  });

  it.each([
    ['the documented words', { success: false, error: 'Your trial has expired.' }],
    ['other words', { error: 'Zahlung erforderlich' }],
    ['no words', ''],
  ])('names a trial that has ended by the status, with %s', async (_title, body) => {
    get(statusPath, 403, body);
    const diagnosis = await diagnose();
    expect(found(diagnosis)).toEqual(['no', 'trial-expired hides']);
    diagnosis.reasons.forEach(expectFit);
  });

  it('names a conversation in the mailbox of another account', async () => {
    get(statusPath, 200, account);
    get(messagesPath, 200, { ...mailbox, profileUrn: 'urn:li:fsd_profile:ACoAASomebodyElse' });
    const diagnosis = await diagnose();
    expect(found(diagnosis)).toEqual(['no', 'wrong-owner hides']);
    diagnosis.reasons.forEach(expectFit);
  });

  it.each([undefined, null, 7, '', 'urn:li:member:7'])(
    'doubts the owner where the vendor says %s of the mailbox',
    async (profileUrn) => {
      get(statusPath, 200, account);
      get(messagesPath, 200, { ...mailbox, profileUrn });
      const diagnosis = await diagnose();
      expect(found(diagnosis)).toEqual(['unknown', 'unverified may-hide', 'unverified may-hide']);
      diagnosis.reasons.forEach(expectFit);
    },
  );

  it('doubts a URN of another shape than the documented one', async () => {
    get(statusPath, 200, account);
    get(messagesPath, 200, mailbox);
    const diagnosis = await diagnose({ conversationUrn: 'urn:li:msg_conversation:7', accountId });
    expect(found(diagnosis)).toEqual(['unknown', 'wrong-target may-hide', 'unverified may-hide']);
    diagnosis.reasons.forEach(expectFit);
  });

  it.each([
    [401, { error: 'Unauthorized - Invalid credentials' }, 'unauthenticated'],
    [429, { success: false, error: 'Rate limit exceeded' }, 'rate-limited'],
    [500, { success: false, error: 'Server error' }, 'unavailable'],
    [200, `<html>${bodyMarker}</html>`, 'bad-response'],
    [200, '[]', 'bad-response'],
  ])('throws where the account cannot be asked about: %i %j', async (status, body, code) => {
    get(statusPath, status, body);
    const error = await failureOf(diagnose(), [accountId]);
    expect(fieldsOf(error)).toMatchObject({ code, status });
    expect(error.operation).toBe('diagnose');
  });

  it.each([
    [500, { success: false, error: 'Failed to get recent messages' }, 'unavailable'],
    [200, { success: false, error: 'LinkedIn refused' }, 'rejected'],
    [200, 'null', 'bad-response'],
  ])('throws where the mailbox cannot be read: %i %j', async (status, body, code) => {
    get(statusPath, 200, account);
    get(messagesPath, status, body);
    expect(fieldsOf(await failureOf(diagnose(), [accountId]))).toMatchObject({ code, status });
  });

  it('rejects with the reason of a signal that is aborted', async () => {
    const controller = new AbortController();
    controller.abort(new Error('given up'));
    const { signal } = controller;
    await expect(provider.diagnose?.(provider.parseTarget(target), { signal })).rejects.toThrow(
      'given up',
    );
  });

  it('encodes the account id in the path', async () => {
    get('/linkedin/account/acc%3A1/status', 404, { error: 'none' });
    const diagnosis = await diagnose({ conversationUrn, accountId: 'acc:1' });
    expect(found(diagnosis)).toEqual(['no', 'account hides']);
  });

  it.each(['.', '..'])('has no account %s, which would ask for another path', (dots) => {
    const error = thrownBy(() => provider.parseTarget({ conversationUrn, accountId: dots }));
    expect(error.code).toBe('invalid-target');
  });
});
