import { defineScenario, type Scenario } from '../../define-scenario.ts';
import { isCleanExit, measurement } from '../../report.ts';

export const adapterSwallows429: Scenario = defineScenario({
  from: import.meta.url,
  title: 'An adapter swallows 429 (work of 5 s, a tick every 100 ms)',
  promise: 'the conformance suite fails the adapter; one that throws makes one request',
  promiseNumber: 5,
  peer: {
    name: 'OpenClaw createTypingCallbacks',
    packages: ['openclaw'],
    runs: { turn: ['peer.ts'] },
    tell: ({ turn }) =>
      `${measurement(turn, 'swallowing')} sends with it, ${measurement(turn, 'throwing')} with an adapter that throws`,
    studied: 'the breaker never trips',
    isAsStudied: ({ turn }) => measurement(turn, 'swallowing') > 40,
  },
  typingkit: {
    runs: { suite: ['suite.ts'], engine: ['engine.ts'] },
    tell: ({ suite, engine }) =>
      `@typingkit/testing fails it in ${measurement(suite, 'swallowingFailed')} of ${measurement(suite, 'swallowingCases')} cases, ` +
      `one that throws in ${measurement(suite, 'throwingFailed')} of ${measurement(suite, 'throwingCases')}; ` +
      `with that one ${measurement(engine, 'throwing')} send`,
    isKept: ({ suite, engine }) =>
      measurement(suite, 'swallowingFailed') > 0 &&
      measurement(suite, 'throwingCases') > 0 &&
      measurement(suite, 'throwingFailed') === 0 &&
      measurement(engine, 'throwing') === 1 &&
      isCleanExit(engine),
  },
});
