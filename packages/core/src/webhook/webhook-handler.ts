import { TypingError } from '../contract/typing-error.ts';
import { eventDelivery } from './deliver-event.ts';
import { plainHandler } from './plain-handlers.ts';
import type { SignatureClaim } from './signature.ts';
import { verifiedBody } from './verified-body.ts';
import {
  type ResolvedWebhookOptions,
  webhookOptions,
  type WebhookOptions,
} from './webhook-options.ts';
import type { BodyProblem, PlainAnswer, WebhookRequest } from './webhook-request.ts';
import { givenAtOnce, isThenable, within } from './within.ts';

type Answer = PlainAnswer | Response;

const taken: PlainAnswer = { status: 200, sentence: '' };

/**
 * Makes the webhook of a vendor: a function from a `Request` to a `Response`, which is what Hono, Next.js, Workers, Deno
 * and Bun call a handler. {@link toNodeHandler} makes it one for Node's `http` and Express.
 *
 * An event reaches `onEvent` once, as far as `seenEvents` can know. Whatever the caller's functions do, the webhook
 * answers: it never rejects, and never takes much longer than `timeoutMs`.
 *
 * | status | when |
 * |---|---|
 * | 200 | taken, dropped, or about something else |
 * | 400 | signed, but not what the vendor promises; or the body broke off |
 * | 401 | not signed, signed with another secret, or too long ago |
 * | 405 | not a POST |
 * | 408 | the body did not come in time |
 * | 413 | the body is larger than `maxBytes` |
 * | 500 | a function of the caller failed: the vendor sends the event again |
 *
 * @throws TypingError `misconfigured`, where an option is missing or is not what it should be.
 */
export function webhookHandler<Event>(
  options: WebhookOptions<Event>,
): (request: Request) => Promise<Response> {
  const resolved = webhookOptions(options);
  const { provider, timeoutMs, toleranceMs, now, onFailure } = resolved;
  const deliver = eventDelivery(resolved);

  async function answerPost(request: WebhookRequest): Promise<Answer> {
    const endsAtMs = performance.now() + timeoutMs;
    const claim = claimOf(request, resolved);
    if (!claim) return refusal(401, 'The signature is missing or malformed.');
    if (claim.timestampSeconds !== undefined) {
      const offMs = Math.abs(Math.floor(nowMs() / 1_000) - claim.timestampSeconds) * 1_000;
      // Not the other way round: what is not a number is not recent.
      if (!(offMs <= toleranceMs))
        return refusal(401, 'The timestamp is too far from the current time.');
    }
    const bytes = await request.body(resolved.maxBytes, timeoutMs);
    if (typeof bytes === 'string') return answerToProblem(bytes);
    const verdict: unknown = claim.matches(bytes);
    const isSigned = isThenable(verdict)
      ? await within(endsAtMs - performance.now(), verdict, () => tooSlow('The signature scheme'))
      : verdict;
    if (isSigned !== true) return refusal(401, 'The signature does not match.');
    const body = verifiedBody(bytes, request);
    const events = body && givenAtOnce(resolved.read(body));
    if (events instanceof Response) return events;
    if (!events) return refusal(400, `This is not an event of ${provider}.`);
    const latestMs = nowMs() + toleranceMs;
    let isDone = true;
    for (const { atMs } of events) {
      if (atMs !== undefined && !(atMs <= latestMs))
        return refusal(400, 'The event is in the future.');
    }
    // One after the other: they are in order.
    for (const event of events) {
      const delivery = deliver(event, endsAtMs);
      const isTaken = typeof delivery === 'boolean' ? delivery : await delivery;
      isDone &&= isTaken;
    }
    return isDone ? taken : refusal(500, 'The event could not be processed. Send it again.');
  }

  function answerToProblem(problem: BodyProblem): Answer {
    switch (problem) {
      case 'too-large':
        return refusal(413, 'The body is too large.');
      case 'too-slow':
        return refusal(408, 'The body did not arrive in time.');
      case 'broken-off':
        return refusal(400, 'The body is incomplete.');
      case 'read-before':
        onFailure(bodyWasRead(provider));
        return refusal(500, 'The body had already been read.');
    }
  }

  async function answerGet(request: WebhookRequest): Promise<Answer | undefined> {
    if (!resolved.onGet) return undefined;
    const answer = await within(timeoutMs, resolved.onGet(request.url), () => tooSlow('onGet'));
    return answer instanceof Response ? answer : refusal(403, 'This is not the address.');
  }

  function nowMs(): number {
    const ms = givenAtOnce(now());
    if (Number.isFinite(ms)) return ms;
    throw new TypingError({
      code: 'misconfigured',
      provider,
      reason: 'now must return a number of milliseconds',
    });
  }

  function tooSlow(what: string): TypingError {
    return new TypingError({
      code: 'timeout',
      provider,
      reason: `${what} took longer than ${timeoutMs} ms`,
    });
  }

  return plainHandler(async (request) => {
    try {
      if (request.method === 'POST') return await answerPost(request);
      const answer = request.method === 'GET' ? await answerGet(request) : undefined;
      return answer ?? { status: 405, sentence: 'Only POST is supported.', allow: 'POST' };
    } catch (error) {
      onFailure(error);
      return refusal(500, 'The event could not be processed. Send it again.');
    }
  });
}

// The first scheme that applies decides alone: what is signed in a better one is never judged by another.
function claimOf<Event>(
  request: WebhookRequest,
  { schemes }: ResolvedWebhookOptions<Event>,
): SignatureClaim | undefined {
  const scheme = schemes.find((one) => givenAtOnce(one.appliesTo(request)));
  return givenAtOnce(scheme?.read(request));
}

function refusal(status: number, sentence: string): PlainAnswer {
  return { status, sentence };
}

function bodyWasRead(provider: string): TypingError {
  return new TypingError({
    code: 'misconfigured',
    provider,
    reason: 'the body of a webhook was read before the webhook got the request',
    advice: 'The signature covers the original bytes: pass the request on unread.',
  });
}
