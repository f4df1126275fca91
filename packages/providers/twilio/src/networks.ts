import type { TypingCapabilities } from '@typingkit/core';

/** https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource */
export const onWhatsApp: TypingCapabilities = {
  ttl: { kind: 'fixed', ms: 25_000, source: 'documented' },
  // It is WhatsApp's own rule: https://github.com/vercel/chat/pull/320
  repeat: 'ignored-while-visible',
  stop: 'expires',
  clearsOnMessage: true,
  groups: false,
  minIntervalMs: 25_000,
  sideEffects: ['marks-read'],
  inbound: false,
  requires: ['a chat in which a person has written', 'the id of a recent message of theirs'],
};

/** Nobody says how long it shows, what a repeat does, and whether a message clears it. */
export function onApple(lifetimeMs: number): TypingCapabilities {
  return {
    ttl: { kind: 'fixed', ms: lifetimeMs, source: 'assumed' },
    repeat: 'extends',
    stop: 'explicit',
    clearsOnMessage: 'unknown',
    groups: false,
    minIntervalMs: 3_000,
    sideEffects: [],
    inbound: false,
    requires: ['a person who has written to the business'],
  };
}
