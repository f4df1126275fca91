import { randomUUID } from 'node:crypto';

import { createRateLimiter } from '../rate-limit.ts';
import type { MessageRequest, SimulatedConversation, VendorParts } from '../vendor.ts';
import { createLinkedInAccounts, isInOrder, randomProfileUrn } from './accounts.ts';
import type { LinkedInAccount, LinkedInAccountChange } from './accounts.ts';
import { messageReceivedBody } from './message-received.ts';
import type { Quota } from './quota.ts';
import type { ConnectSafelySettings } from './settings.ts';

/** A conversation in the mailbox of one account: the same thread has another URN in another mailbox. */
export interface LinkedInConversation extends SimulatedConversation {
  readonly target: { readonly conversationUrn: string };
  readonly conversationUrn: string;
  /** The account whose mailbox it is in. */
  readonly accountId: string;
  /** The person on the other side. */
  readonly recipientProfileUrn: string;
  /**
   * Whether both sides have "read receipts and typing indicators" switched on in LinkedIn. If one has not, neither sees
   * any, and nothing tells.
   */
  readonly typingIndicators: boolean;
  /** Simulated milliseconds since the Unix epoch. */
  readonly createdAtMs: number;
}

/** What a new conversation is like; by default one of the default account with somebody new. */
export interface LinkedInConversationOptions {
  /** Default: a random one of the owner's. */
  readonly conversationUrn?: string | undefined;
  /** Default: the default account. */
  readonly accountId?: string | undefined;
  /** Default: a random one. */
  readonly recipientProfileUrn?: string | undefined;
  /** Default: `true`. */
  readonly typingIndicators?: boolean | undefined;
}

/** What a test does to the simulated ConnectSafely from behind. */
export interface ConnectSafelyHandle {
  /** Connects an account. Default id: random, 24 hex digits. */
  createAccount(accountId?: string, state?: LinkedInAccountChange): LinkedInAccount;
  /** Throws an `Error` for an account that does not exist. */
  changeAccount(accountId: string, change: LinkedInAccountChange): LinkedInAccount;
  accounts(): readonly LinkedInAccount[];
  /** Throws an `Error` for an account that does not exist. */
  createConversation(options?: LinkedInConversationOptions): LinkedInConversation;
  conversations(): readonly LinkedInConversation[];
  /** We write, by another way than this API. Throws an `Error` for a conversation that does not exist. */
  sendMessage(conversationUrn: string): void;
  /** They write. Answers the body of the vendor's webhook, which has the id of the thread, and no `conversationUrn`. */
  receiveMessage(conversationUrn: string, text?: string): object;
  /** The request with which a bot sends a message. */
  messageRequest(conversationUrn: string, text: string): MessageRequest;
}

/** What the routes need on top of it. */
export interface ConnectSafelyBackend extends ConnectSafelyHandle {
  settings(): ConnectSafelySettings;
  /** Connects the default account if it is new. */
  connectDefaultAccount(): void;
  findAccount(accountId: string): LinkedInAccount | undefined;
  findConversation(conversationUrn: string): LinkedInConversation | undefined;
  /** `false` if LinkedIn refuses. */
  startTyping(conversation: LinkedInConversation): boolean;
  /** Counts a start; `null` without a limit. */
  takeTyping(accountId: string): Quota | null;
  /** Counts a message. */
  takeMessage(accountId: string): Quota;
  nowMs(): number;
  clear(): void;
}

const DAY_MS = 86_400_000;

export function createConnectSafelyVendor(
  parts: VendorParts<ConnectSafelySettings>,
): ConnectSafelyBackend {
  const { bubbles, settings } = parts;
  const { clock } = parts.schedule;
  const accounts = createLinkedInAccounts();
  const conversations = new Map<string, LinkedInConversation>();
  const limiter = createRateLimiter();

  const connectDefaultAccount = (): void => {
    const { defaultAccountId } = settings();
    if (accounts.get(defaultAccountId) === undefined) accounts.add(defaultAccountId, {});
  };
  const existing = (conversationUrn: string): LinkedInConversation => {
    const conversation = conversations.get(conversationUrn);
    if (conversation !== undefined) return conversation;
    throw new Error(`The simulated LinkedIn has no conversation ${conversationUrn}.`);
  };

  connectDefaultAccount();

  return {
    createAccount: (accountId, state = {}) => accounts.add(accountId, state),
    changeAccount: (accountId, change) => accounts.change(accountId, change),
    accounts: () => accounts.list(),
    createConversation(options = {}) {
      const accountId = options.accountId ?? settings().defaultAccountId;
      const owner = accounts.existing(accountId);
      const conversationUrn =
        options.conversationUrn ??
        `urn:li:msg_conversation:(${owner.profileUrn},${randomThread()})`;
      const conversation: LinkedInConversation = {
        id: conversationUrn,
        target: { conversationUrn },
        conversationUrn,
        accountId,
        recipientProfileUrn: options.recipientProfileUrn ?? randomProfileUrn(),
        typingIndicators: options.typingIndicators ?? true,
        createdAtMs: clock.now(),
      };
      bubbles.open(conversationUrn);
      conversations.set(conversationUrn, conversation);
      return conversation;
    },
    conversations: () => [...conversations.values()],
    sendMessage(conversationUrn) {
      bubbles.message(existing(conversationUrn).conversationUrn);
    },
    receiveMessage: (conversationUrn, text = 'Hi') =>
      messageReceivedBody(existing(conversationUrn), text, clock.now()),
    messageRequest(conversationUrn, text) {
      const { baseUrl, apiKey } = parts.address();
      const { accountId, recipientProfileUrn } = existing(conversationUrn);
      return {
        url: `${baseUrl}/messaging/send-with-typing`,
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        // Without the URN of the conversation: with it, the vendor would type for a moment, too.
        body: JSON.stringify({ accountId, recipientProfileUrn, message: text }),
      };
    },
    settings,
    connectDefaultAccount,
    findAccount: (accountId) => accounts.get(accountId),
    findConversation: (conversationUrn) => conversations.get(conversationUrn),
    startTyping(conversation) {
      const account = accounts.get(conversation.accountId);
      if (account === undefined || !isInOrder(account)) return false;
      bubbles.start(conversation.conversationUrn, {
        lifetimeMs: settings().lifetimeMs,
        hiddenBecause: conversation.typingIndicators ? null : 'turned-off',
      });
      return true;
    },
    takeTyping(accountId) {
      const limit = settings().typingRateLimit;
      if (limit === null) return null;
      const nowMs = clock.now();
      const state = limiter.take(`typing ${accountId}`, limit.requests, nowMs - limit.perMs, nowMs);
      return {
        ...state,
        action: 'TYPING_INDICATOR',
        limit: limit.requests,
        resetAtMs: state.oldestAtMs + limit.perMs,
      };
    },
    takeMessage(accountId) {
      const nowMs = clock.now();
      const dayStartMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
      const limit = settings().messagesPerDay;
      const state = limiter.take(`message ${accountId}`, limit, dayStartMs - 1, nowMs);
      return { ...state, action: 'MESSAGE', limit, resetAtMs: dayStartMs + DAY_MS };
    },
    nowMs: () => clock.now(),
    clear() {
      accounts.clear();
      conversations.clear();
      limiter.clear();
      connectDefaultAccount();
    },
  };
}

/** Real thread ids are `2-` and the base64 of a UUID and a number, with its padding. */
function randomThread(): string {
  return `2-${Buffer.from(`${randomUUID()}_100`).toString('base64')}`;
}
