import {
  type ChannelDescription,
  type ChannelSetting,
  type TypingCapabilities,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';

/** The environment variable that holds a setting, if one does. */
export function variableOf({ variables }: ChannelSetting): string | undefined {
  return variables.find((name) => valueOf(name) !== undefined);
}

/** The required settings that nothing holds. */
export function missingSettings({ settings }: ChannelDescription): readonly ChannelSetting[] {
  return settings.filter((setting) => setting.isRequired && variableOf(setting) === undefined);
}

/**
 * A channel's provider, as the environment configures it.
 *
 * @throws TypingError `misconfigured` where a required setting is missing, naming the variable.
 */
export function configuredProvider(description: ChannelDescription): TypingProvider {
  return description.create(requiredSettings(description));
}

/** The values of a channel's settings. @throws TypingError as `configuredProvider` does. */
export function requiredSettings(
  description: ChannelDescription,
): Record<string, string | undefined> {
  const [missing] = missingSettings(description);
  if (missing) throw notThere(missing, description);
  return settingsFromEnvironment(description);
}

/**
 * A provider that is only asked for what it can do, and for what a target is. Keys are never used for that, so any text
 * will do, and a setting that is refused is left out: it is to be told when the channel is used.
 */
export function unconfiguredProvider(description: ChannelDescription): TypingProvider {
  const required = description.settings.filter(({ isRequired }) => isRequired);
  const anything = Object.fromEntries(required.map(({ name }) => [name, 'none']));
  const given = Object.entries(settingsFromEnvironment(description));
  const known = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  try {
    return description.create({ ...anything, ...known });
  } catch {
    return description.create(anything);
  }
}

/** What a channel can do, for one target where they differ. */
export function capabilitiesOf(
  description: ChannelDescription,
  target?: unknown,
): TypingCapabilities {
  const provider = unconfiguredProvider(description);
  if (target === undefined || !provider.capabilitiesOf) return provider.capabilities;
  try {
    return provider.capabilitiesOf(provider.parseTarget(target));
  } catch {
    // What is wrong with the target is for the engine to say.
    return provider.capabilities;
  }
}

function settingsFromEnvironment({
  settings,
}: ChannelDescription): Record<string, string | undefined> {
  return Object.fromEntries(
    settings.map((setting) => [setting.name, valueOf(variableOf(setting) ?? '')]),
  );
}

/** What an environment variable holds, if anything. */
export function valueOf(variable: string): string | undefined {
  // A key that was pasted with a line break, and one that is set but empty, are everyday accidents.
  return process.env[variable]?.trim() || undefined;
}

function notThere(
  { name, variables: [variable], description: what }: ChannelSetting,
  { channel, provider, vendor, documentation }: ChannelDescription,
): TypingError {
  return new TypingError({
    code: 'misconfigured',
    channel,
    provider,
    operation: 'configure',
    reason: name === 'apiKey' ? 'there is no API key' : `there is no ${name}`,
    advice: `Set ${variable} in the environment or in a file .env here: it is ${what}. ${vendor} explains it at ${documentation}`,
  });
}
