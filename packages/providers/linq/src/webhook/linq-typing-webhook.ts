import { TypingError } from '@typingkit/core';
import { eventDelivery } from './deliver-event.ts';
import { frugalHandler } from './frugal-handlers.ts';
import { readLinqEvent } from './typing-event.ts';
import { toleranceSeconds, verifier } from './verify-request.ts';
import { type LinqTypingWebhookOptions, webhookOptions } from './webhook-options.ts';

/**
 * Receives Linq's webhooks and tells when the person at the other end types. It is what Hono, Next.js, Workers, Deno and
 * Bun call a handler; `toNodeHandler` makes it one for Node's `http` and Express.
 *
 * An event reaches `onTyping` once and in order, as far as this process can know. What is older than `expiresMs`, or
 * older than what its chat was last heard of, is dropped.
 *
 * | status | when |
 * |---|---|
 * | 200 | taken, dropped, or about something else than typing |
 * | 400 | signed, but no event of Linq; or the body broke off |
 * | 401 | not signed, signed with another secret, or more than 5 minutes off |
 * | 405 | not a POST |
 * | 413 | more than 64 KiB |
 * | 500 | `onTyping` or `seenEvents` failed: Linq sends the event again |
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be. The handler that is
 *   returned never rejects.
 * @see https://docs.linqapp.com/guides/webhooks
 */
export function linqTypingWebhook(
  options: LinqTypingWebhookOptions,
): (request: Request) => Promise<Response>;
/** The same for a channel of another name. */
export function linqTypingWebhook<const Channel extends string>(
  options: LinqTypingWebhookOptions<Channel>,
): (request: Request) => Promise<Response>;
export function linqTypingWebhook<Channel extends string>(
  options: LinqTypingWebhookOptions<Channel>,
): (request: Request) => Promise<Response> {
  const resolved = webhookOptions(options);
  const { secrets, legacySignatures, onFailure, now } = resolved;
  const verify = verifier(secrets, legacySignatures, now);
  const deliver = eventDelivery(resolved);

  return frugalHandler(async (request) => {
    if (request.method !== 'POST')
      return answer(405, 'Only POST is of use here.', { allow: 'POST' });
    if (request.bodyUsed || request.body?.locked) {
      onFailure(bodyWasRead());
      return answer(500, 'The body was read too early.');
    }
    const verified = await verify(request);
    if ('refusal' in verified) return verified.refusal;
    const event = readLinqEvent(verified.body);
    if (event.kind === 'other') return new Response(null);
    if (event.kind === 'malformed') return answer(400, 'This is not an event of Linq.');
    if (event.atMs - now() > toleranceSeconds * 1_000)
      return answer(400, 'The event lies in the future.');
    return (await deliver(event))
      ? new Response(null)
      : answer(500, 'It could not be taken. Send it again.');
  });
}

function answer(status: number, sentence: string, headers: HeadersInit = {}): Response {
  return new Response(`${sentence}\n`, { status, headers });
}

function bodyWasRead(): TypingError {
  return new TypingError({
    code: 'misconfigured',
    provider: 'linq',
    reason: 'the body of a webhook was read before linqTypingWebhook got the request',
    advice: 'A signature is over the bytes as they came: pass the request on unread.',
  });
}
