import type { TypingCapabilities } from '@typingkit/core';
import { acme } from '../acme.ts';
import { broken, type BrokenProvider, withMembers } from './broken-provider.ts';

const dateOfJavaScript: unknown = Object.assign(new Date(0), { trim: () => 'today' });
const groupsOfJavaScript: unknown = 'sometimes';

export const brokenCapabilities: readonly BrokenProvider[] = [
  lie('keeps a date in them', 'has capabilities that survive JSON', {
    // What a provider in JavaScript could say.
    requires: [dateOfJavaScript as string],
  }),
  lie('invents a word', 'has capabilities in the words of the contract', {
    // What a provider in JavaScript could say.
    groups: groupsOfJavaScript as boolean,
  }),
  lie('mixes up the bounds of the lifetime', 'has a lifetime that can be', {
    ttl: { kind: 'caller', minMs: 60_000, maxMs: 10_000 },
  }),
  lie('usually shows for longer than it ever does', 'has a lifetime that can be', {
    ttl: { kind: 'caller', minMs: 5_000, maxMs: 20_000, defaultMs: 60_000 },
  }),
  lie('refreshes when the bubble is gone', 'refreshes before the indicator is gone', {
    refreshMs: 10_000,
  }),
  lie('forbids its own refresh', 'lets a refresh through its own least interval', {
    minIntervalMs: 9_000,
  }),
  lie('has nothing to spend', 'has a budget that can be spent, where it has one', {
    budget: { requests: 0, perMs: 60_000 },
  }),
  lie('denies its stop', "says stop: 'explicit' if and only if it can stop", { stop: 'expires' }),
  broken(
    'has a network on which a bubble stays for ever',
    'expires only where the lifetime has an end',
    withMembers((good) => ({
      capabilitiesOf: () => ({
        ...good.capabilities,
        stop: 'expires',
        ttl: { kind: 'until-stopped' },
      }),
    })),
  ),
  broken(
    'promises a stop that it has not',
    [
      "says stop: 'explicit' if and only if it can stop",
      'stops with the request that the vendor documents',
      'makes one request for one stop',
      'stops what it has never started',
      'lets a stop fail as a start does',
      'follows no redirect, which could carry the key elsewhere',
      'gives up a vendor that does not answer within timeoutMs',
      'makes no request when the call is aborted beforehand',
      "rejects with the caller's own reason when it is aborted in flight",
      'asks a key function for a stop, too',
      'puts the key nowhere but where the facts say',
    ],
    (options) => {
      const provider = acme(options);
      delete provider.stop;
      return provider;
    },
  ),
];

function lie(does: string, fails: string, change: Partial<TypingCapabilities>): BrokenProvider {
  return broken(
    `in its capabilities: ${does}`,
    fails,
    withMembers((good) => ({ capabilities: { ...good.capabilities, ...change } })),
  );
}
