import {
  type ChannelDescription,
  type ChannelSetting,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';

/**
 * A channel's provider, configured by the environment as it is now.
 *
 * @throws TypingError `misconfigured` where a required setting is missing, naming both ways to give it.
 */
export function fromEnvironment<Target>(
  description: ChannelDescription<Target>,
): TypingProvider<Target> {
  const values = description.settings.map((setting): [string, string | undefined] => {
    const value = environmentVariable(setting.variables);
    if (value === undefined && setting.isRequired) throw missing(setting, description);
    return [setting.name, value];
  });
  return description.create(Object.fromEntries(values));
}

/** A value that the environment may hold under one of several names. */
export function environmentVariable(names: readonly string[]): string | undefined {
  // Typed here because the runtimes differ: Workers and browsers have no `process`.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  for (const name of names) {
    // A key that was pasted with a line break, and one that is set but empty, are everyday accidents.
    const value = process?.env?.[name]?.trim();
    if (value) return value;
  }
  return undefined;
}

function missing(
  { name, variables }: ChannelSetting,
  { channel, provider, factory }: ChannelDescription,
): TypingError {
  return new TypingError({
    code: 'misconfigured',
    provider,
    operation: 'configure',
    reason: name === 'apiKey' ? 'there is no API key' : `there is no ${name}`,
    advice: `Set ${variables.join(' or ')} in the environment, or call configureTyping({ channels: { ${channel}: ${factory}({ ${name} }) } }).`,
  });
}
