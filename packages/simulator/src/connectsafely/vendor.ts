import { randomUUID } from 'node:crypto';

import type { SimulatedClock } from '../time/clock.ts';
import { createLinkedInAccounts, isInOrder, randomProfileUrn } from './accounts.ts';
import type { LinkedInAccount, LinkedInAccountChange } from './accounts.ts';
import type { Quota } from './quota.ts';
import { changeConnectSafelySettings, DEFAULT_CONNECTSAFELY_SETTINGS } from './settings.ts';
import type { ConnectSafelySettings, ConnectSafelySettingsChange } from './settings.ts';
import type { ConversationLog } from '../recipient/conversation-log.ts';
import { createRateLimiter } from '../rate-limit.ts';

/** A conversation in the mailbox of one account: the same thread has another URN in another mailbox. */
export interface LinkedInConversation {
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
export interface ConnectSafelyVendor {
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
  settings(): ConnectSafelySettings;
  /** Connects `defaultAccountId` if it is new. Throws a `TypeError` that says what is wrong with the change. */
  configure(change: ConnectSafelySettingsChange): ConnectSafelySettings;
}

/** What the routes need on top of it. */
export interface ConnectSafelyBackend extends ConnectSafelyVendor {
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
  initialSettings: ConnectSafelySettingsChange,
  clock: SimulatedClock,
  log: ConversationLog,
): ConnectSafelyBackend {
  const accounts = createLinkedInAccounts();
  const conversations = new Map<string, LinkedInConversation>();
  const limiter = createRateLimiter();
  let settings = changeConnectSafelySettings(DEFAULT_CONNECTSAFELY_SETTINGS, initialSettings);

  accounts.add(settings.defaultAccountId, {});

  return {
    createAccount: (accountId, state = {}) => accounts.add(accountId, state),
    changeAccount: (accountId, change) => accounts.change(accountId, change),
    accounts: () => accounts.list(),
    createConversation(options = {}) {
      const accountId = options.accountId ?? settings.defaultAccountId;
      const owner = accounts.existing(accountId);
      const conversation: LinkedInConversation = {
        conversationUrn:
          options.conversationUrn ??
          `urn:li:msg_conversation:(${owner.profileUrn},${randomThread()})`,
        accountId,
        recipientProfileUrn: options.recipientProfileUrn ?? randomProfileUrn(),
        typingIndicators: options.typingIndicators ?? true,
        createdAtMs: clock.now(),
      };
      log.open(conversation.conversationUrn, 'connectsafely');
      conversations.set(conversation.conversationUrn, conversation);
      return conversation;
    },
    conversations: () => [...conversations.values()],
    sendMessage(conversationUrn) {
      log.record(conversationUrn, { kind: 'message', atMs: clock.now() });
    },
    settings: () => settings,
    configure(change) {
      settings = changeConnectSafelySettings(settings, change);
      if (accounts.get(settings.defaultAccountId) === undefined) {
        accounts.add(settings.defaultAccountId, {});
      }
      return settings;
    },
    findAccount: (accountId) => accounts.get(accountId),
    findConversation: (conversationUrn) => conversations.get(conversationUrn),
    startTyping(conversation) {
      const account = accounts.get(conversation.accountId);
      if (account === undefined || !isInOrder(account)) return false;
      log.record(conversation.conversationUrn, {
        kind: 'start',
        atMs: clock.now(),
        lifetimeMs: settings.lifetimeMs,
        hiddenBecause: conversation.typingIndicators ? null : 'turned-off',
      });
      return true;
    },
    takeTyping(accountId) {
      const limit = settings.typingRateLimit;
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
      const limit = settings.messagesPerDay;
      const state = limiter.take(`message ${accountId}`, limit, dayStartMs - 1, nowMs);
      return { ...state, action: 'MESSAGE', limit, resetAtMs: dayStartMs + DAY_MS };
    },
    nowMs: () => clock.now(),
    clear() {
      accounts.clear();
      conversations.clear();
      limiter.clear();
      accounts.add(settings.defaultAccountId, {});
    },
  };
}

/** Real thread ids are `2-` and the base64 of a UUID and a number, with its padding. */
function randomThread(): string {
  return `2-${Buffer.from(`${randomUUID()}_100`).toString('base64')}`;
}
