import type { TypingCapabilities } from '@typingkit/core';

/** A text: https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
export const text: TypingCapabilities = {
  // "A two minute timeout applies".
  ttl: { kind: 'fixed', ms: 120_000, source: 'documented' },
  repeat: 'extends',
  stop: 'explicit',
  clearsOnMessage: true,
  groups: true,
  refreshMs: 90_000,
  minIntervalMs: 1_000,
  // For each app in each workspace.
  budget: { requests: 600, perMs: 60_000 },
  sideEffects: [],
  inbound: false,
  status: true,
  requires: ['a thread, or a message to answer in one', 'the scope chat:write'],
};

/** A state, without a text: https://docs.slack.dev/ai/agent-sessions */
export const state: TypingCapabilities = {
  ...text,
  ttl: { kind: 'fixed', ms: 3_600_000, source: 'documented' },
  // A message of the bot leaves the state as it is.
  clearsOnMessage: false,
  refreshMs: 1_800_000,
  // Tier 3: https://docs.slack.dev/apis/web-api/rate-limits
  budget: { requests: 50, perMs: 60_000 },
  status: false,
  requires: [
    'an app that is declared as an agent',
    'the scope chat:write',
    'the event agent_session_stopped',
  ],
};

/** Both at once. */
export const textAndState: TypingCapabilities = {
  ...text,
  // A message clears the text and not the state: the text is raised again, and the end is never left to the message.
  clearsOnMessage: 'unknown',
  budget: state.budget,
  requires: [...state.requires, 'a thread, or a message to answer in one'],
};
