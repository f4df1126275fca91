import type { TypingCapabilities } from '@typingkit/core';

export const capabilities: TypingCapabilities = {
  ttl: { kind: 'fixed', ms: 10_000, source: 'observed' },
  repeat: 'extends',
  stop: 'expires',
  clearsOnMessage: 'unknown',
  groups: 'unknown',
  // LinkedIn's own web client repeats every 5 s.
  refreshMs: 5_000,
  minIntervalMs: 3_000,
  // Half of what a key may spend in all, so that typing never starves messages.
  budget: { requests: 30, perMs: 60_000 },
  sideEffects: [],
  inbound: false,
  requires: ['a conversation in the mailbox of the account that types'],
};
