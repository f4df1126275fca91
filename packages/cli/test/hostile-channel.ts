import { type ChannelDescription, TypingError, type TypingProvider } from '@typingkit/core';

const hostile = '\u001B]0;pwned\u0007\u202E\u2028\u009B31m\rerror: not ours\n';

const provider: TypingProvider<{ readonly where: string }> = {
  specification: 1,
  name: 'acme',
  capabilities: {
    ttl: { kind: 'fixed', ms: 60_000, source: 'observed' },
    repeat: 'extends',
    stop: 'expires',
    clearsOnMessage: true,
    groups: true,
    minIntervalMs: 1_000,
    sideEffects: [],
    inbound: false,
    requires: [`${hostile}room`],
  },
  // The tests pass nothing else.
  parseTarget: (input) => input as { readonly where: string },
  conversationKey: ({ where }) => where,
  async start({ where }) {
    if (where === 'lobby')
      return { traceId: hostile, warnings: [{ code: 'w', message: `w${hostile}` }] };
    throw new TypingError({
      // A code that another version of core knows.
      code: (where === 'future' ? 'paused' : 'rejected') as 'rejected',
      reason: `r${hostile}`,
      vendorCode: hostile,
      docUrl: `https://acme.example/${hostile}`,
      traceId: hostile,
    });
  },
  async diagnose() {
    return {
      willShow: 'no',
      reasons: [
        { code: 'service', effect: 'hides', message: `m${hostile}`, advice: `a${hostile}` },
      ],
    };
  },
};

/** A vendor that writes what it likes into everything that is printed. `where` says what it does. */
const pager: ChannelDescription<{ readonly where: string }> = {
  channel: 'pager',
  provider: 'acme',
  factory: 'acme',
  vendor: 'Acme',
  documentation: 'https://acme.example.com/docs',
  targetFields: [{ name: 'where', description: 'where', example: 'lobby', isOptional: false }],
  settings: [],
  address: () => provider,
  create: () => provider,
};

export default [pager];
