import { Hono } from 'hono';
import type { Context } from 'hono';

import { bearerToken } from '../bearer.ts';
import { readFields, refuseNonStrings, textField } from './input.ts';
import type { InputRefusal, JsonFields } from './input.ts';
import { quotaExceededBody, quotaHeaders } from './quota.ts';
import type { Quota } from './quota.ts';
import { connectSafelyReadRoutes } from './read-routes.ts';
import type { ConnectSafelyBackend } from './vendor.ts';

/** ConnectSafely's LinkedIn API, as far as it is about typing. @see https://connectsafely.ai/docs/api */
export function connectSafelyRoutes(connectSafely: ConnectSafelyBackend): Hono {
  const routes = new Hono();

  routes.use('*', async (context, next) => {
    const { apiKeys, trialExpired } = connectSafely.settings();
    const apiKey = bearerToken(context.req.header('authorization'));
    if (apiKey === null || !apiKeys.includes(apiKey)) {
      // The one answer of this vendor's without `success`.
      return context.json({ error: 'Unauthorized - Invalid credentials' }, 401);
    }
    if (trialExpired) {
      const error = 'Your trial has expired. Please subscribe to continue using this feature.';
      return context.json({ success: false, error }, 403);
    }
    return next();
  });

  const refuseInput = (context: Context, error: InputRefusal): Response => {
    if (connectSafely.settings().errorShape === 'endpoint') {
      return context.json({ success: false, error }, 400);
    }
    const message =
      typeof error === 'string' ? error : error.issues.map((issue) => issue.message).join('; ');
    return context.json({ success: false, code: 'validation_error', message }, 400);
  };

  /** Answers the fields and the account that the request is for, or what is wrong with them. */
  const readRequest = async (
    context: Context,
    required: readonly string[],
    optional: readonly string[],
  ): Promise<{ fields: JsonFields; accountId: string } | Response> => {
    const input = await readFields(context);
    if ('refusal' in input) return refuseInput(context, input.refusal);
    const { fields } = input;
    const refusal = refuseNonStrings(fields, [...required, ...optional, 'accountId']);
    if (refusal !== null) return refuseInput(context, refusal);
    const missing = required.find((name) => textField(fields, name) === undefined);
    if (missing !== undefined) return refuseInput(context, `${missing} is required`);

    const accountId = textField(fields, 'accountId') ?? connectSafely.settings().defaultAccountId;
    if (connectSafely.findAccount(accountId) === undefined) {
      return context.json({ error: 'Account not found' }, 404);
    }
    return { fields, accountId };
  };

  const refuseOverQuota = (context: Context, quota: Quota): Response | null => {
    const settings = connectSafely.settings();
    const headers = quotaHeaders(quota, settings, connectSafely.nowMs());
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    return quota.allowed ? null : context.json(quotaExceededBody(quota, settings), 429);
  };

  routes.post('/messaging/typing-indicator', async (context) => {
    const request = await readRequest(context, ['conversationUrn'], []);
    if (request instanceof Response) return request;
    const { fields, accountId } = request;
    const quota = connectSafely.takeTyping(accountId);
    const overQuota = quota === null ? null : refuseOverQuota(context, quota);
    if (overQuota !== null) return overQuota;

    const conversationUrn = textField(fields, 'conversationUrn') ?? '';
    const failed = {
      success: false,
      accountId,
      conversationUrn,
      message: 'Failed to send typing indicator',
    };
    const conversation = connectSafely.findConversation(conversationUrn);
    // Undocumented: the vendor has one 500 for "we are down" and "LinkedIn refused", and says nothing about other URNs.
    if (conversation?.accountId !== accountId || !connectSafely.startTyping(conversation)) {
      return context.json(failed, 500);
    }
    return context.json({
      success: true,
      accountId,
      conversationUrn,
      message: 'Typing indicator sent successfully',
    });
  });

  routes.post('/messaging/send-with-typing', async (context) => {
    const request = await readRequest(
      context,
      ['message'],
      ['recipientProfileId', 'recipientProfileUrn', 'conversationUrn', 'subject', 'messageType'],
    );
    if (request instanceof Response) return request;
    const { fields, accountId } = request;
    const profileId = textField(fields, 'recipientProfileId');
    const recipientProfileUrn =
      textField(fields, 'recipientProfileUrn') ??
      (profileId === undefined ? undefined : `urn:li:fsd_profile:${profileId}`);
    if (recipientProfileUrn === undefined) {
      return refuseInput(context, 'recipientProfileId or recipientProfileUrn is required');
    }
    const overQuota = refuseOverQuota(context, connectSafely.takeMessage(accountId));
    if (overQuota !== null) return overQuota;

    const conversationUrn = textField(fields, 'conversationUrn');
    const conversation = connectSafely
      .conversations()
      .find(
        (candidate) =>
          candidate.accountId === accountId &&
          (conversationUrn === undefined
            ? candidate.recipientProfileUrn === recipientProfileUrn
            : candidate.conversationUrn === conversationUrn),
      );
    // How long the vendor types before it sends is unknown; here the message follows at once.
    const typingIndicatorSent =
      conversation !== undefined &&
      conversationUrn !== undefined &&
      connectSafely.startTyping(conversation);
    if (conversation !== undefined) connectSafely.sendMessage(conversation.conversationUrn);
    return context.json({
      success: true,
      message: 'Message sent successfully',
      recipientProfileUrn,
      typingIndicatorSent,
    });
  });

  routes.route('/', connectSafelyReadRoutes(connectSafely));
  // Also for `DELETE typing-indicator`: the vendor has no way to stop. The body is our guess.
  routes.all('*', (context) => context.json({ success: false, error: 'Not found' }, 404));
  return routes;
}
