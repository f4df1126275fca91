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

/** Every provider that the plain functions know, by channel and name: what it needs, and what a target is. */
export const knownProviders: readonly ChannelDescription[] = exported
  .filter(isDescription)
  .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));

function isDescription(value: unknown): value is ChannelDescription {
  return typeof value === 'object' && value !== null && 'targetFields' in value;
}

function nameOf({ channel, provider }: ChannelDescription): string {
  return `${channel} ${provider}`;
}
