// tsyringe refuses to load without a Reflect polyfill, so this has to stand before everything that loads it.
import 'reflect-metadata';
import type { ChannelSources, TargetsOf, Typing, TypingOptions } from '@typingkit/core';
import {
  type ProviderFactories,
  type ProviderFactory,
  registerTyping,
  TYPING,
} from '@typingkit/tsyringe';
import {
  container as rootContainer,
  type DependencyContainer,
  type InjectionToken,
} from 'tsyringe';
import { defaultChannels, type TypingChannels } from './default-channels.ts';

let current: DependencyContainer | undefined;

/**
 * The `Typing` behind the plain functions. Where {@link configureTyping} was not called, it is made now, and reads
 * the environment when a channel is first used.
 */
export function defaultTyping(): Typing<TypingChannels> {
  current ??= containerFor(defaultChannels);
  return typingOf(current);
}

/**
 * Replaces what is behind the plain functions. The channels are exactly those given, and the environment is no longer
 * read. What was there before is closed.
 *
 * @returns the same `Typing`, with the types of these channels.
 */
export function configureTyping<const Sources extends ChannelSources>(
  options: TypingOptions<Sources>,
): Typing<TargetsOf<Sources>>;
/** The same with the channels that the environment configures: to observe them, say, or to switch them off. */
export function configureTyping(options: Omit<TypingOptions, 'channels'>): Typing<TypingChannels>;
export function configureTyping<Targets extends object>(
  options: Partial<TypingOptions>,
): Typing<Targets> {
  const { channels, ...shared } = options;
  const previous = current;
  current = containerFor(channels ? factoriesOf(channels) : defaultChannels, shared);
  void previous?.dispose();
  return typingOf(current);
}

function factoriesOf(channels: ChannelSources): ProviderFactories {
  const factories = Object.entries(channels).map(([channel, source]): [string, ProviderFactory] => [
    channel,
    () => (typeof source === 'function' ? source() : source),
  ]);
  return Object.fromEntries(factories);
}

function containerFor(
  factories: ProviderFactories,
  options?: Omit<TypingOptions, 'channels'>,
): DependencyContainer {
  const container = rootContainer.createChildContainer();
  registerTyping(container, factories, options);
  return container;
}

function typingOf<Targets extends object>(container: DependencyContainer): Typing<Targets> {
  // The targets are those of the channels that were registered above; the container does not keep their types.
  return container.resolve(TYPING as InjectionToken<Typing<Targets>>);
}
