import {
  type ChannelDescription,
  type ChannelSetting,
  TypingError,
  type TypingProvider,
} from '@typingkit/core';

/** Where settings come from, and what to tell a person who has not given one. */
export interface SettingsSource {
  /** What a variable holds, without blanks around it; `undefined` where that is nothing. */
  read(variable: string): string | undefined;
  /** The file that a variable was read from. Default: all of them are from the environment. */
  fileOf?(variable: string): string | undefined;
  /** How to give a setting that is missing, as a full sentence. */
  howToSet(setting: ChannelSetting, description: ChannelDescription): string;
  /** Where settings may be given, behind "Set IT": `in the environment`. */
  readonly where: string;
}

/** The environment of this process, as it is at each call. */
export const environment: SettingsSource = {
  read(variable) {
    // Typed here because the runtimes differ: Workers and browsers have no `process`.
    const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
    // A key that was pasted with a line break, and one that is set but empty, are everyday accidents.
    return process?.env?.[variable]?.trim() || undefined;
  },
  howToSet({ variables }, { channel, factory, settings }) {
    const names = settings.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    const code = `configureTyping({ channels: { ${channel}: ${factory}({ ${names.join(', ')} }) } })`;
    return `Set ${variables.join(' or ')} in the environment, or call ${code}.`;
  },
  where: 'in the environment, or call configureTyping({ channels })',
};

/** The variable that holds a setting, if one does. */
export function variableOf(
  { variables }: ChannelSetting,
  source: SettingsSource,
): string | undefined {
  return variables.find((variable) => source.read(variable) !== undefined);
}

/** The required settings that nothing holds. */
export function missingSettings(
  { settings }: ChannelDescription,
  source: SettingsSource,
): readonly ChannelSetting[] {
  return settings.filter((one) => one.isRequired && variableOf(one, source) === undefined);
}

/** The values of a provider's settings, where they are there. */
export function settingsOf(
  { settings }: ChannelDescription,
  source: SettingsSource,
): Record<string, string | undefined> {
  return Object.fromEntries(
    settings.map((setting) => [setting.name, source.read(variableOf(setting, source) ?? '')]),
  );
}

/**
 * The values of a provider's settings.
 *
 * @throws TypingError `misconfigured` where a required one is missing, and where a file would decide where a key goes that
 *   is not from that file.
 */
export function requiredSettings(
  description: ChannelDescription,
  source: SettingsSource,
): Record<string, string | undefined> {
  const [missing] = missingSettings(description, source);
  if (missing) {
    throw misconfigured(
      description,
      `${missing.name} is missing`,
      source.howToSet(missing, description),
    );
  }
  refuseForeignAddress(description, source);
  return settingsOf(description, source);
}

/** Makes a provider of what the settings are now. @throws TypingError as {@link requiredSettings} does. */
export function providerFrom(
  description: ChannelDescription,
  source: SettingsSource,
): TypingProvider {
  return description.create(requiredSettings(description, source));
}

/** Whoever can write a file into the working directory must not be able to say where a key of the environment goes. */
function refuseForeignAddress(description: ChannelDescription, source: SettingsSource): void {
  const variables = (isWanted: (setting: ChannelSetting) => boolean | undefined): string[] =>
    description.settings
      .filter(isWanted)
      .map((setting) => variableOf(setting, source))
      .filter((variable) => variable !== undefined);
  const secrets = variables(({ isSecret }) => isSecret);
  for (const address of variables(({ isAddress }) => isAddress)) {
    const file = source.fileOf?.(address);
    const secret = secrets.find((one) => source.fileOf?.(one) !== file);
    if (file === undefined || secret === undefined) continue;
    throw misconfigured(
      description,
      `${address} is from ${file}, and ${secret} is not, so the key would be sent to an address from that file`,
      `Set both in ${file}, or both in the environment.`,
    );
  }
}

function misconfigured(
  { channel, provider }: ChannelDescription,
  reason: string,
  advice: string,
): TypingError {
  const where = { channel, provider, operation: 'configure' } as const;
  return new TypingError({ code: 'misconfigured', ...where, reason, advice });
}
