import type { IndicatorLifetime } from '@typingkit/core';
import { expect, test } from 'vitest';
import { type ChannelDescription, knownProviders } from 'typingkit';
import { keepAliveCosts, notSimulated } from '../scripts/keep-alive-costs.ts';

const costs = await keepAliveCosts();
const minuteMs = 60_000;

/** How long a start lasts where nobody has a wish. */
function usualMs(ttl: IndicatorLifetime): number {
  if (ttl.kind === 'until-stopped') return Infinity;
  return ttl.kind === 'fixed' ? ttl.ms : (ttl.defaultMs ?? ttl.maxMs);
}

test('what a minute of typing costs is counted on every channel that is simulated', () => {
  const nameOf = ({ channel, vendor }: ChannelDescription): string => `${channel} by ${vendor}`;
  const counted = costs.map(({ description }) => nameOf(description));
  const simulated = knownProviders.filter(({ provider }) => !Object.hasOwn(notSimulated, provider));
  expect(counted).toEqual(simulated.map(nameOf));
});

test.for(costs.map((cost) => [cost.description.channel, cost] as const))(
  'a minute on %s takes the starts that its lifetime asks for, and not one more',
  ([, { description, startsAtMs }]) => {
    const { ttl, repeat, refreshMs } = description.address({}).capabilities;
    const lifetimeMs = usualMs(ttl);
    const everyMs = repeat === 'extends' ? (refreshMs ?? 0.8 * lifetimeMs) : lifetimeMs;
    const due = Array.from({ length: Math.ceil(minuteMs / everyMs) || 1 }, (_, nth) => {
      return nth === 0 ? 0 : nth * everyMs;
    });
    expect(startsAtMs).toEqual(due);
  },
);
