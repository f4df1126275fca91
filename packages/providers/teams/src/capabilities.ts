import type { TypingCapabilities } from '@typingkit/core';

/** What Teams, Web Chat and Direct Line do with a typing activity. */
export interface TeamsCapabilities {
  readonly chat: TypingCapabilities;
  readonly teamChannel: TypingCapabilities;
  /** Web Chat and Direct Line. */
  readonly directLine: TypingCapabilities;
}

export function capabilitiesFor(lifetimeMs: number): TeamsCapabilities {
  const chat: TypingCapabilities = {
    // The protocol says 3 s (https://github.com/microsoft/botframework-sdk, botframework-activity.md, A6000). Microsoft's
    // own @microsoft/agents-hosting counts on 5 s, as seen in Web Chat and Microsoft 365, and sends one every 4 s.
    ttl: { kind: 'fixed', ms: lifetimeMs, source: 'observed' },
    repeat: 'extends',
    stop: 'expires',
    clearsOnMessage: true,
    groups: true,
    // The same, A6001. It is also what the limit of 1,800 an hour for each conversation comes to.
    minIntervalMs: 2_000,
    sideEffects: [],
    inbound: false,
    requires: ["a chat with one person or a group, not a team's channel"],
  };
  return {
    chat,
    // "only supported in 1:1 and group chat": https://github.com/MicrosoftDocs/msteams-docs/issues/1451
    teamChannel: { ...chat, shows: false },
    // https://learn.microsoft.com/azure/bot-service/bot-service-channels-reference
    directLine: {
      ...chat,
      inbound: true,
      requires: ['a client that holds a WebSocket: a polling client is not told about typing'],
    },
  };
}
