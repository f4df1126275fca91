import {
  createTyping,
  type Typing,
  type TypingOptions,
  type TypingProvider,
} from '@typingkit/core';
import {
  type DependencyContainer,
  type InjectionToken,
  instancePerContainerCachingFactory,
} from 'tsyringe';
import { closeWithContainer } from './close-with-container.ts';
import { explainedFactory } from './explained-factory.ts';
import { providerToken, TYPING } from './tokens.ts';

/** Makes the provider of a channel. Gets the container that resolves, so that a tenant's own values reach it. */
export type ProviderFactory<Target = unknown> = (
  container: DependencyContainer,
) => TypingProvider<Target>;

/** Channel names and what makes their providers. */
export type ProviderFactories = Readonly<Record<string, ProviderFactory>>;

/** The targets that belong to some factories. */
export type FactoryTargets<Factories extends ProviderFactories> = {
  readonly [Channel in keyof Factories]: Factories[Channel] extends ProviderFactory<infer Target>
    ? Target
    : never;
};

/** The type to inject: `typing: TypingOf<typeof factories>`. */
export type TypingOf<Factories extends ProviderFactories> = Typing<FactoryTargets<Factories>>;

/** What all channels of a container share. */
export type RegisterOptions = Omit<TypingOptions, 'channels'>;

// With `as`, because a constant that is only annotated is narrowed to a plain symbol in its own file.
const CHANNELS = Symbol.for('@typingkit/channels') as InjectionToken<readonly string[]>;
const OPTIONS = Symbol.for('@typingkit/options') as InjectionToken<RegisterOptions>;

/**
 * Registers typing indicators in a container: {@link TYPING}, and one {@link providerToken} for each channel.
 *
 * Nothing is made before it is needed: a factory runs when its channel is first used. A child container has
 * providers and indicators of its own, and inherits the channels that it does not register anew: make one for each
 * tenant, not one for each request. `container.dispose()` closes what was resolved from that container.
 *
 * @param options default: those of the parent container.
 * @returns {@link TYPING}, with the types of these channels.
 */
export function registerTyping<const Factories extends ProviderFactories>(
  container: DependencyContainer,
  factories: Factories,
  options?: RegisterOptions,
): InjectionToken<TypingOf<Factories>> {
  const inherited = container.isRegistered(CHANNELS, true) ? container.resolve(CHANNELS) : [];
  const channels = [...new Set([...inherited, ...Object.keys(factories)])];
  container.register(CHANNELS, { useValue: channels });
  if (options) container.register(OPTIONS, { useValue: options });
  for (const [channel, create] of Object.entries(factories)) {
    container.register(providerToken(channel), {
      useFactory: instancePerContainerCachingFactory(explainedFactory(channel, create)),
    });
  }
  container.register(TYPING, { useFactory: instancePerContainerCachingFactory(openTyping) });
  // What it resolves to was made of these factories.
  return TYPING as InjectionToken<TypingOf<Factories>>;
}

function openTyping(container: DependencyContainer): Typing {
  const channels = container.resolve(CHANNELS).map((channel) => {
    const source = (): TypingProvider => container.resolve(providerToken(channel));
    return [channel, source] as const;
  });
  const options = container.isRegistered(OPTIONS, true) ? container.resolve(OPTIONS) : {};
  const typing = createTyping({ ...options, channels: Object.fromEntries(channels) });
  closeWithContainer(container, typing);
  return typing;
}
