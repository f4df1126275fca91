import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectSafely, type ConnectSafelyTarget } from '@typingkit/connectsafely';
import { createTyping, type Typing } from '@typingkit/core';
import { linq, type LinqTarget } from '@typingkit/linq';
import { linqWebhook, toNodeHandler } from '@typingkit/linq/webhook';
import {
  type Change,
  type LinkedInAccountChange,
  type LinqChatOptions,
  type LinqSettings,
  type Simulator,
  startSimulator,
} from '@typingkit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type Channels = Typing<{ imessage: LinqTarget; linkedin: ConnectSafelyTarget }>;

let simulator: Simulator;
let typing: Channels;

beforeEach(async () => {
  simulator = await startSimulator();
  typing = typingWith(simulator.linq.apiKey);
});
afterEach(async () => {
  await typing.close();
  await simulator.close();
});

function typingWith(linqKey: string, groups: boolean | 'unknown' = 'unknown'): Channels {
  const { connectsafely, linq: vendor } = simulator;
  return createTyping({
    channels: {
      imessage: linq({ apiKey: linqKey, baseUrl: vendor.baseUrl, groups }),
      linkedin: connectSafely({ apiKey: connectsafely.apiKey, baseUrl: connectsafely.baseUrl }),
    },
  });
}

/** Types once, and answers whether the recipient saw it. What the vendor refuses nobody sees. */
async function isSeen(channel: 'imessage' | 'linkedin', conversation: string): Promise<boolean> {
  const sent =
    channel === 'imessage'
      ? typing.send(channel, { chatId: conversation })
      : typing.send(channel, { conversationUrn: conversation });
  await sent.catch(() => undefined);
  return simulator.recipientView(conversation).length > 0;
}

/** What is said before anything was tried: the verdict, and each reason's code. */
async function verdict(
  channel: 'imessage' | 'linkedin',
  target: LinqTarget | ConnectSafelyTarget,
): Promise<string[]> {
  const { willShow, reasons } = await typing.diagnose(channel, target);
  for (const { advice, message } of reasons) expect([advice, message]).not.toContain('');
  return [willShow, ...reasons.map(({ code }) => code)];
}

const minutes = 60_000;

describe('a chat of Linq that stays dark', () => {
  it.each<[string, LinqChatOptions, Change<LinqSettings>, string[]]>([
    ['SMS', { service: 'SMS' }, {}, ['no', 'service']],
    ['RCS', { service: 'RCS' }, {}, ['no', 'service']],
    [
      'SMS, which is still called iMessage',
      { service: 'SMS', reportedService: 'iMessage' },
      {},
      ['no', 'service'],
    ],
    [
      'no message for six minutes',
      { lastSentAgoMs: 6 * minutes, lastReceivedAgoMs: 6 * minutes },
      {},
      ['no', 'inactive-chat'],
    ],
    [
      'no message at all',
      { lastSentAgoMs: null, lastReceivedAgoMs: null },
      {},
      ['no', 'inactive-chat'],
    ],
    ['a recipient who has opted out', { health: 'OPTED_OUT' }, {}, ['no', 'opted-out']],
    ['a chat that was left', { state: 'left' }, {}, ['no', 'left']],
    ['a chat of somebody else', { apiKey: 'theirs' }, {}, ['no', 'forbidden']],
    ['a chat that is being created', { state: 'creating' }, {}, ['unknown', 'unavailable']],
    ['a group, until August', { group: true }, { era: 'july' }, ['unknown', 'group']],
  ])('because of %s says so', async (_title, chat, settings, expected) => {
    simulator.linq.configure(settings);
    const { chatId } = simulator.linq.createConversation(chat);
    expect(await verdict('imessage', { chatId })).toEqual(expected);
    expect(await isSeen('imessage', chatId)).toBe(false);
  });

  it('because it is a group says no where the options say that Linq does not type in groups', async () => {
    simulator.linq.configure({ era: 'july' });
    await typing.close();
    typing = typingWith(simulator.linq.apiKey, false);
    const { chatId } = simulator.linq.createConversation({ group: true });
    expect(await verdict('imessage', { chatId })).toEqual(['no', 'group']);
  });

  it('because there is none of this id, or because the key is wrong, says so', async () => {
    const chatId = '550e8400-e29b-41d4-a716-446655440000';
    expect(await verdict('imessage', { chatId })).toEqual(['no', 'not-found']);
    expect(await verdict('imessage', { chatId: 'x' })).toEqual(['no', 'invalid-target']);
    await typing.close();
    typing = typingWith('wrong');
    expect(await verdict('imessage', { chatId })).toEqual(['no', 'unauthenticated']);
  });

  it('says unknown where Linq does not say over what it runs', async () => {
    const { chatId } = simulator.linq.createConversation({ reportedService: null });
    expect(await verdict('imessage', { chatId })).toEqual(['unknown', 'service-unknown']);
  });

  it('says unknown where Linq cannot be asked', async () => {
    const { chatId } = simulator.linq.createConversation();
    simulator.faults.add({ kind: 'status', status: 503, method: 'GET', times: 'forever' });
    expect(await verdict('imessage', { chatId })).toEqual(['unknown', 'unavailable']);
  });

  // Since July Linq promises nothing where only the other side wrote; nothing tells which of its eras it is in.
  it('does not say yes where only the recipient wrote', async () => {
    const { chatId } = simulator.linq.createConversation({ lastSentAgoMs: 6 * minutes });
    const [willShow] = await verdict('imessage', { chatId });
    expect(await isSeen('imessage', chatId)).toBe(false);
    expect(willShow).not.toBe('yes');
  });

  it('because they have opened Messages while we typed is in doubt', async () => {
    const { chatId } = simulator.linq.createConversation();
    expect(await isSeen('imessage', chatId)).toBe(true);
    simulator.clock.advance(1_000);
    simulator.linq.openMessages(chatId);
    expect(await verdict('imessage', { chatId })).toEqual(['unknown', 'unverified']);
    typing.messageSent('imessage', { chatId });
    await typing.send('imessage', { chatId });
    expect(simulator.recipientView(chatId)).toMatchObject([{ endedBy: 'opened' }]);
    expect(simulator.history(chatId).at(-1)).toMatchObject({ hiddenBecause: 'needs-stop-first' });
    // What the advice says.
    simulator.linq.sendMessage(chatId);
    expect(await verdict('imessage', { chatId })).toEqual(['yes']);
  });

  it('and one that shows has no reason', async () => {
    const { chatId } = simulator.linq.createConversation();
    expect(await verdict('imessage', { chatId })).toEqual(['yes']);
    expect(await isSeen('imessage', chatId)).toBe(true);
  });
});

describe('a conversation of LinkedIn that stays dark', () => {
  it.each<[string, LinkedInAccountChange]>([
    ['locked out', { status: 'ERROR' }],
    ['switched off', { enabled: false }],
    ['without a session', { hasTokens: false }],
  ])('because the account is %s says so', async (_title, change) => {
    const { accountId, conversationUrn } = simulator.connectsafely.createConversation();
    simulator.connectsafely.changeAccount(accountId, change);
    expect(await verdict('linkedin', { conversationUrn })).toEqual(['no', 'account']);
    expect(await isSeen('linkedin', conversationUrn)).toBe(false);
  });

  it('because the account is not there says so', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    const accountId = '696ce9e780e0483585e4e550';
    expect(await verdict('linkedin', { conversationUrn, accountId })).toEqual(['no', 'account']);
  });

  it('because it is in the mailbox of another account says so', async () => {
    const { accountId } = simulator.connectsafely.createAccount();
    const { conversationUrn } = simulator.connectsafely.createConversation({ accountId });
    expect(await verdict('linkedin', { conversationUrn })).toEqual(['no', 'wrong-owner']);
    expect(await isSeen('linkedin', conversationUrn)).toBe(false);
    const right = await verdict('linkedin', { conversationUrn, accountId });
    expect(right).toEqual(['unknown', 'unverified']);
  });

  it('because the trial is over says so', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    simulator.connectsafely.configure({ trialExpired: true });
    expect(await verdict('linkedin', { conversationUrn })).toEqual(['no', 'trial-expired']);
    expect(await isSeen('linkedin', conversationUrn)).toBe(false);
  });

  it('because the URN is of the wrong kind says so', async () => {
    const conversationUrn = 'urn:li:messagingThread:2-NzkzMDFlNzA=';
    expect(await verdict('linkedin', { conversationUrn })).toEqual(['no', 'invalid-target']);
  });

  it.each([true, false])(
    'says unknown, because nobody can ask whether both have it switched on: %s',
    async (typingIndicators) => {
      const options = { typingIndicators };
      const { conversationUrn } = simulator.connectsafely.createConversation(options);
      expect(await verdict('linkedin', { conversationUrn })).toEqual(['unknown', 'unverified']);
      expect(await isSeen('linkedin', conversationUrn)).toBe(typingIndicators);
    },
  );

  it('shows nothing by being asked about', async () => {
    const { conversationUrn } = simulator.connectsafely.createConversation();
    await verdict('linkedin', { conversationUrn });
    expect(simulator.history(conversationUrn)).toEqual([]);
    expect(new Set(simulator.requests().map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});

describe('a person who types in a chat of Linq', () => {
  let server: Server;

  async function serve(options: { failFirst?: boolean } = {}): Promise<void> {
    const { signingSecret } = simulator.linq.webhooks.subscribe({ targetUrl: await listen() });
    let failures = options.failFirst === true ? 1 : 0;
    const handle = linqWebhook({
      secret: signingSecret,
      onFailure: () => undefined,
      onTyping(event) {
        failures -= 1;
        if (failures >= 0) throw new Error('not yet');
        typing.receive(event);
      },
    });
    server.on('request', toNodeHandler(handle));
  }

  async function listen(): Promise<string> {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    // It listens on a port of TCP.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  }

  async function personTypes(state: 'started' | 'stopped'): Promise<void> {
    simulator.linq.personTypes(chatId, state);
    await simulator.linq.webhooks.settled();
  }

  function statuses(): (number | null)[] {
    return simulator.linq.webhooks.deliveries().map(({ status }) => status);
  }

  let chatId: string;
  beforeEach(() => {
    ({ chatId } = simulator.linq.createConversation());
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is known to type until they cease', async () => {
    await serve();
    const seen: string[] = [];
    typing.onInbound(({ channel, state }) => seen.push(`${channel} ${state}`));
    expect(typing.isPeerTyping('imessage', { chatId })).toBe(false);
    await personTypes('started');
    expect(typing.isPeerTyping('imessage', { chatId })).toBe(true);
    await personTypes('stopped');
    expect(typing.isPeerTyping('imessage', { chatId })).toBe(false);
    expect(seen).toEqual(['imessage started', 'imessage stopped']);
    expect(statuses()).toEqual([200, 200]);
  });

  it('is heard of once, however often it is delivered', async () => {
    await serve();
    simulator.linq.configure({ webhookCopies: 10 });
    const seen: string[] = [];
    typing.onInbound(({ eventId }) => seen.push(eventId));
    await personTypes('started');
    const [delivery] = simulator.linq.webhooks.deliveries();
    simulator.linq.webhooks.redeliver(delivery?.eventId ?? '');
    await simulator.linq.webhooks.settled();
    expect(seen).toEqual([delivery?.eventId]);
    expect(statuses()).toEqual(Array.from({ length: 20 }, () => 200));
  });

  it('is not known to type where the beginning arrives after the end', async () => {
    await serve();
    simulator.linq.webhooks.hold();
    await personTypes('started');
    // Two events of one millisecond have no order.
    const createdAtMs = Date.now();
    await expect.poll(() => Date.now()).toBeGreaterThan(createdAtMs);
    await personTypes('stopped');
    simulator.linq.webhooks.release('reversed');
    await simulator.linq.webhooks.settled();
    expect(statuses()).toEqual([200, 200]);
    expect(typing.isPeerTyping('imessage', { chatId })).toBe(false);
  });

  it('is heard of with the second attempt where the first was not taken', async () => {
    await serve({ failFirst: true });
    await personTypes('started');
    expect(typing.isPeerTyping('imessage', { chatId })).toBe(false);
    simulator.clock.advance(1500);
    await simulator.linq.webhooks.settled();
    expect(statuses()).toEqual([500, 200]);
    expect(typing.isPeerTyping('imessage', { chatId })).toBe(true);
  });

  it('is not believed where the secret is another, nor sent again', async () => {
    await serve();
    const { url } = simulator;
    const [{ targetUrl } = { targetUrl: url }] = simulator.linq.webhooks.subscriptions();
    simulator.reset();
    ({ chatId } = simulator.linq.createConversation());
    simulator.linq.webhooks.subscribe({ targetUrl });
    await personTypes('started');
    expect(simulator.linq.webhooks.deliveries()).toMatchObject([
      { status: 401, nextAttemptAtMs: null },
    ]);
    expect(typing.isPeerTyping('imessage', { chatId })).toBe(false);
  });
});
