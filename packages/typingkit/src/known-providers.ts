import type { ChannelDescription, TypingProvider } from '@typingkit/core';
import * as providers from './providers.ts';

/** What the packages of all providers export, as one union. */
type Exported = (typeof providers)[keyof typeof providers];

/** What a description says of its channel and of its targets. */
interface Described<Channel extends string, Target> {
  readonly channel: Channel;
  create(settings: never): TypingProvider<Target>;
}

/** The names of the channels that some descriptions serve. */
type ChannelOf<Description> =
  Description extends Described<infer Channel, unknown> ? Channel : never;

/** The targets of one channel: a union, where several providers serve it. */
type TargetOn<Channel, Description> =
  Description extends Described<infer Own, infer Target>
    ? Own extends Channel
      ? Target
      : never
    : never;

/** The channels that some descriptions serve, and their targets: a union, where several providers serve one. */
export type DescribedTargets<Description> = {
  readonly [Channel in ChannelOf<Description>]: TargetOn<Channel, Description>;
};

/** The channels that the environment can configure, and their targets. */
export type EnvironmentTargets = DescribedTargets<Exported>;

const exported: readonly unknown[] = Object.values(providers);

/** Where a channel has several vendors, these come first, in this order. Others follow by name. */
const firstVendors: readonly string[] = ['linq', 'sendblue'];

/**
 * Every provider that the plain functions know, by channel: what it needs, and what a target is. Where a channel has several
 * vendors, the first one is the one that the documentation shows.
 */
export const knownProviders: readonly ChannelDescription[] = exported
  .filter(isDescription)
  .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));

function isDescription(value: unknown): value is ChannelDescription {
  return typeof value === 'object' && value !== null && 'targetFields' in value;
}

function placeOf({ channel, provider }: ChannelDescription): string {
  const rank = firstVendors.indexOf(provider);
  return `${channel} ${rank < 0 ? provider : rank}`;
}
