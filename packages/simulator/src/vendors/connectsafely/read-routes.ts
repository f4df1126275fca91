import { Hono } from 'hono';
import type { Context } from 'hono';

import { isInOrder } from './accounts.ts';
import type { LinkedInAccount } from './accounts.ts';
import { threadIn, threadUrn } from './thread.ts';
import type { ConnectSafelyBackend, LinkedInConversation } from './vendor.ts';

/** What can be asked about an account and its conversations. @see https://connectsafely.ai/docs/api */
export function connectSafelyReadRoutes(connectSafely: ConnectSafelyBackend): Hono {
  const routes = new Hono();

  /** The account that a query names, else the default one. */
  const queriedAccount = (context: Context): LinkedInAccount | undefined =>
    connectSafely.findAccount(
      context.req.query('accountId') ?? connectSafely.settings().defaultAccountId,
    );

  routes.get('/account/status', (context) => {
    const account = queriedAccount(context);
    return account === undefined
      ? context.json({ error: 'No LinkedIn account found' }, 404)
      : context.json(accountBody(account, connectSafely.nowMs()));
  });

  routes.get('/account/:accountId/status', (context) => {
    const accountId = context.req.param('accountId');
    const account = connectSafely.findAccount(accountId);
    if (account !== undefined) return context.json(accountBody(account, connectSafely.nowMs()));
    return /^[\da-f]{24}$/i.test(accountId)
      ? context.json({ error: 'LinkedIn account not found or not accessible' }, 404)
      : context.json({ error: 'Invalid account ID format' }, 400);
  });

  routes.get('/messaging/recent-messages', (context) => {
    const account = queriedAccount(context);
    if (account === undefined) return context.json({ error: 'Account not found' }, 404);
    if (!isInOrder(account)) {
      return context.json({ success: false, error: 'Failed to get recent messages' }, 500);
    }
    const count = Math.min(100, Math.max(1, Number(context.req.query('count') ?? 20) || 20));
    const from = Number(context.req.query('nextCursor') ?? 0) || 0;
    const all = connectSafely
      .conversations()
      .filter(({ accountId }) => accountId === account.accountId)
      .toReversed();
    const page = all.slice(from, from + count);
    return context.json({
      success: true,
      accountId: account.accountId,
      profileUrn: account.profileUrn,
      conversations: page.map(conversationBody),
      total: page.length,
      nextCursor: from + count < all.length ? String(from + count) : null,
    });
  });

  return routes;
}

function accountBody(account: LinkedInAccount, nowMs: number): object {
  return {
    id: account.accountId,
    firstName: 'John',
    lastName: 'Doe',
    publicId: 'john-doe-123',
    platform: 'ConnectSafely',
    status: account.status,
    enabled: account.enabled,
    lastUsed: new Date(nowMs).toISOString(),
    hasTokens: account.hasTokens,
  };
}

function conversationBody(conversation: LinkedInConversation): object {
  const { conversationUrn, createdAtMs, recipientProfileUrn } = conversation;
  const thread = threadIn(conversationUrn);
  return {
    conversationId: thread,
    conversationUrn,
    backendConversationUrn: threadUrn(conversationUrn),
    conversationUrl: `https://www.linkedin.com/messaging/thread/${thread}/`,
    participants: [
      {
        profileId: recipientProfileUrn.replace('urn:li:fsd_profile:', ''),
        name: 'Jane Doe',
        headline: 'Software Engineer',
      },
    ],
    unreadCount: 0,
    lastActivityAt: createdAtMs,
    createdAt: createdAtMs,
    lastReadAt: createdAtMs,
    isRead: true,
    state: null,
    latestMessage: {
      text: 'Hello',
      sentAt: createdAtMs,
      senderName: 'Jane Doe',
      hasAttachment: false,
    },
  };
}
