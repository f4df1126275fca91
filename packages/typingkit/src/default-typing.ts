// Before everything that loads tsyringe.
import { isPolyfilled } from './reflect-polyfill.ts';
import {
  type ChannelSources,
  type TargetsOf,
  type Typing,
  TypingError,
  type TypingOptions,
} from '@typingkit/core';
import { type ProviderFactory, registerTyping, separateContainer } from '@typingkit/tsyringe';
import { environmentChannels } from './environment/environment-channels.ts';
import type { TypingChannels } from './typing-channels.ts';

/** A `Typing`, and how to let go of it. */
interface Opened {
  /** Of the channels that were registered: the container does not keep the types of their targets. */
  readonly typing: object;
  dispose(): Promise<void>;
}

let current: Opened | undefined;

/**
 * The `Typing` behind the plain functions. Where {@link configureTyping} was not called, it is made now, and reads
 * the environment when a channel is first used.
 */
export function defaultTyping(): Typing<TypingChannels> {
  current ??= open(environmentChannels, {});
  // Its targets are those of the channels of the environment, or of what the application has declared.
  return current.typing as Typing<TypingChannels>;
}

/**
 * Replaces what is behind the plain functions. The channels are exactly those given, and the environment is no longer
 * read, unless they are made of `environmentChannels`. What was there before is closed.
 *
 * @returns the same `Typing`, with the types of these channels.
 * @throws TypingError `misconfigured`, where an option is not what it should be. Everything then stays as it was.
 * @example
 * configureTyping({ channels: { ...environmentChannels, pager: () => pager() } }); // one channel more
 */
export function configureTyping<const Sources extends ChannelSources>(
  options: TypingOptions<Sources>,
): Typing<TargetsOf<Sources>>;
/** The same with the channels that the environment configures: to observe them, say, or to switch them off. */
export function configureTyping(options: Omit<TypingOptions, 'channels'>): Typing<TypingChannels>;
export function configureTyping<Targets extends object>(
  options: Partial<TypingOptions>,
): Typing<Targets> {
  checkObject('the options of configureTyping', options);
  const { channels = environmentChannels, ...shared } = options;
  checkObject('channels', channels);
  const next = open(channels, shared);
  const previous = current;
  current = next;
  void previous?.dispose();
  return next.typing as Typing<Targets>;
}

function open(channels: ChannelSources, options: Omit<TypingOptions, 'channels'>): Opened {
  if (!isPolyfilled) throw new Error('other code has removed the Reflect polyfill');
  // Of its own: what the application registers for itself, or disposes of, is not for the plain functions.
  const container = separateContainer();
  const typing = container.resolve(registerTyping(container, factoriesOf(channels), options));
  return { typing, dispose: async () => container.dispose() };
}

function factoriesOf(channels: ChannelSources): Record<string, ProviderFactory> {
  const factories = Object.entries(channels).map(([channel, source]): [string, ProviderFactory] => [
    channel,
    () => (typeof source === 'function' ? source() : source),
  ]);
  return Object.fromEntries(factories);
}

/** What is inside, core checks. */
function checkObject(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  const reason = `${name} must be an object`;
  throw new TypingError({ code: 'misconfigured', operation: 'configure', reason });
}
