import { type InboundTyping, TypingError } from '@typingkit/core';
import type { LinqTarget } from '../target.ts';
import { boundedMap } from './bounded-map.ts';
import type { LinqEvent } from './typing-event.ts';
import { toleranceSeconds } from './verify-request.ts';
import type { ResolvedWebhookOptions } from './webhook-options.ts';
import { within } from './within.ts';

type TypingEvent = Extract<LinqEvent, { kind: 'typing' }>;

/**
 * Makes the function that brings each event to `onTyping` once, and only while it is news. It tells whether that is done,
 * or the event has to come again.
 */
export function eventDelivery<Channel extends string>(
  options: ResolvedWebhookOptions<Channel>,
): (event: TypingEvent) => Promise<boolean> {
  const { channel, expiresMs, timeoutMs, seenEvents, onTyping, onFailure, now } = options;
  // After that an event is too late even if the sender's clock is as fast as it may be.
  const rememberMs = expiresMs + toleranceSeconds * 1_000;
  const underWay = new Map<string, Promise<boolean>>();
  const newestMs = boundedMap<number>(10_000);

  function ageMs({ atMs }: TypingEvent): number {
    return Math.max(0, now() - atMs);
  }

  async function hand(event: TypingEvent): Promise<void> {
    const { state, eventId, chatId, atMs } = event;
    const expiresInMs = state === 'started' ? expiresMs - ageMs(event) : 0;
    // Asked only now, because claims of other events of this chat may have been faster than ours.
    if (ageMs(event) >= expiresMs || atMs < (newestMs.get(chatId) ?? 0)) return;
    newestMs.set(chatId, atMs);
    const typing: InboundTyping<Channel, LinqTarget> = {
      channel,
      provider: 'linq',
      target: { chatId },
      state,
      at: new Date(atMs),
      eventId,
      expiresInMs,
    };
    await onTyping(typing);
  }

  async function claimAndHand(event: TypingEvent): Promise<boolean> {
    // Where another process is at it, this says that all is well, and the other one may fail yet. Linq hears of that in
    // the answer of the other one, and sends the event again.
    if (!(await seenEvents.claim(event.eventId, rememberMs))) return true;
    try {
      await within(timeoutMs, hand(event), () => tookTooLong(timeoutMs));
      return true;
    } catch (error) {
      await giveBack(event);
      throw error;
    }
  }

  async function giveBack({ eventId }: TypingEvent): Promise<void> {
    try {
      await seenEvents.release(eventId);
    } catch (error) {
      onFailure(error);
    }
  }

  return async (event) => {
    if (ageMs(event) >= expiresMs) return true;
    // Requests with an event that is being handled here wait, and are told the truth about how that ends: Linq may have
    // given up the first one for being slow, and would take a 200 of the second one for the event's end.
    const running = underWay.get(event.eventId);
    if (running) return running;
    const delivery = claimAndHand(event)
      .catch((error: unknown) => {
        onFailure(error);
        return false;
      })
      .finally(() => underWay.delete(event.eventId));
    underWay.set(event.eventId, delivery);
    return delivery;
  };
}

function tookTooLong(timeoutMs: number): TypingError {
  return new TypingError({
    code: 'timeout',
    provider: 'linq',
    reason: `onTyping took longer than ${timeoutMs} ms`,
    advice: 'Hand over what takes long, and let Linq have its answer.',
  });
}
