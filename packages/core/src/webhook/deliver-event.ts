import { TypingError } from '../contract/typing-error.ts';
import { boundedMap } from './bounded-map.ts';
import type { WebhookEvent } from './webhook-event.ts';
import type { ResolvedWebhookOptions } from './webhook-options.ts';
import { isThenable, within } from './within.ts';

/** How long to wait for an event to be given back before the answer goes out, in milliseconds. */
const releaseMs = 1_000;

/**
 * Makes the function that brings each event to `onEvent` once, and only while it is news. It tells whether that is done, or
 * the event has to come again. It never rejects, and settles soon after `endsAtMs` (by `performance.now()`), whatever the
 * caller's functions do.
 */
export function eventDelivery<Event>(
  options: ResolvedWebhookOptions<Event>,
): (event: WebhookEvent<Event>, endsAtMs: number) => boolean | Promise<boolean> {
  const { provider, seenEvents, timeoutMs, acceptAfterMs, onEvent, onFailure, waitUntil } = options;
  const underWay = new Map<string, Promise<boolean>>();
  const newestMs = boundedMap<number>(10_000);

  function ageMs({ atMs }: WebhookEvent<Event>): number {
    return atMs === undefined ? 0 : Math.max(0, options.now() - atMs);
  }

  function isTooOld(event: WebhookEvent<Event>): boolean {
    return event.maxAgeMs !== undefined && ageMs(event) >= event.maxAgeMs;
  }

  // Asked only once it is claimed, because claims of other events may have been faster.
  function isOvertaken({ orderKey, atMs }: WebhookEvent<Event>): boolean {
    if (orderKey === undefined || atMs === undefined) return false;
    if (atMs < (newestMs.get(orderKey) ?? 0)) return true;
    newestMs.set(orderKey, atMs);
    return false;
  }

  function late(what: string, ms: number): TypingError {
    return new TypingError({
      code: 'timeout',
      provider,
      reason: `${what} took longer than ${ms} ms`,
      advice: 'Move slow work to the background, so that the vendor gets its answer in time.',
    });
  }

  async function isClaimed(id: string, claim: unknown, leftMs: number): Promise<boolean> {
    let answer: unknown;
    try {
      answer = await within(leftMs, claim, () => late('seenEvents.claim', timeoutMs));
    } catch (error) {
      // It may be ours yet, and nobody would handle it.
      if (isThenable(claim)) void releaseIfClaimed(id, claim);
      throw error;
    }
    if (typeof answer === 'boolean') return answer;
    // Nobody knows whether it is ours.
    await release(id);
    throw new TypingError({
      code: 'misconfigured',
      provider,
      reason: 'seenEvents.claim must return true or false, or a promise of one',
    });
  }

  async function releaseIfClaimed(id: string, claim: PromiseLike<unknown>): Promise<void> {
    try {
      if ((await claim) === true) await release(id);
    } catch {
      // It was told of already.
    }
  }

  async function release(id: string): Promise<void> {
    try {
      await within(releaseMs, seenEvents.release(id), () => late('seenEvents.release', releaseMs));
    } catch (error) {
      onFailure(error);
    }
  }

  /** What `onEvent` says; nothing where the event is no longer news. */
  function begin(event: WebhookEvent<Event>): unknown {
    return isTooOld(event) || isOvertaken(event) ? undefined : onEvent(event.event, ageMs(event));
  }

  async function finish(
    event: WebhookEvent<Event>,
    work: PromiseLike<unknown>,
    leftMs: number,
  ): Promise<void> {
    if (event.ifSlow !== 'accept') {
      await within(leftMs, work, () => late('onEvent', timeoutMs));
      return;
    }
    const slow = late('onEvent', acceptAfterMs);
    try {
      await within(Math.min(acceptAfterMs, leftMs), work, () => slow);
    } catch (error) {
      if (error !== slow) throw error;
      waitUntil(Promise.resolve(work).catch(onFailure));
    }
  }

  async function settled(
    event: WebhookEvent<Event>,
    work: PromiseLike<unknown>,
    endsAtMs: number,
  ): Promise<boolean> {
    try {
      await finish(event, work, endsAtMs - performance.now());
      return true;
    } catch (error) {
      return failed(event, error);
    }
  }

  function handle(event: WebhookEvent<Event>, endsAtMs: number): boolean | Promise<boolean> {
    try {
      const work = begin(event);
      return isThenable(work) ? settled(event, work, endsAtMs) : true;
    } catch (error) {
      return failed(event, error);
    }
  }

  async function claimAndHandle(
    event: WebhookEvent<Event>,
    claim: unknown,
    endsAtMs: number,
  ): Promise<boolean> {
    try {
      // Where another process is at it, this says that all is well, and the other one may fail yet. The vendor hears of
      // that in the answer of the other one, and sends the event again.
      if (!(await isClaimed(event.id, claim, endsAtMs - performance.now()))) return true;
    } catch (error) {
      onFailure(error);
      return false;
    }
    return handle(event, endsAtMs);
  }

  // What is done at once costs no promise: it is so with a store in memory, and with `typing.receive`.
  function deliver(event: WebhookEvent<Event>, endsAtMs: number): boolean | Promise<boolean> {
    const { id, maxAgeMs } = event;
    // After that an event is too late even if the sender's clock is as fast as it may be.
    const keepMs = maxAgeMs === undefined ? options.rememberMs : maxAgeMs + options.toleranceMs;
    let claim: unknown;
    try {
      claim = seenEvents.claim(id, keepMs);
    } catch (error) {
      onFailure(error);
      return false;
    }
    if (claim === true) return handle(event, endsAtMs);
    return claim === false || claimAndHandle(event, claim, endsAtMs);
  }

  async function failed({ id }: WebhookEvent<Event>, error: unknown): Promise<boolean> {
    await release(id);
    onFailure(error);
    return false;
  }

  return (event, endsAtMs) => {
    if (isTooOld(event)) return true;
    // Requests with an event that is being handled here wait, and are told the truth about how that ends: the vendor may
    // have given up the first one for being slow, and would take a 200 of the second one for the event's end.
    const running = underWay.get(event.id);
    if (running) return running;
    const delivery = deliver(event, endsAtMs);
    if (typeof delivery === 'boolean') return delivery;
    const ending = delivery.finally(() => underWay.delete(event.id));
    underWay.set(event.id, ending);
    return ending;
  };
}
