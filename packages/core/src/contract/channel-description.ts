import type { ProviderAddress } from './provider-address.ts';
import type { TypingProvider } from './typing-provider.ts';

/** One field of a target, for people who type it in: a flag of the command line, a field of a form. */
export interface TargetField {
  /** As in the target: `chatId`. */
  readonly name: string;
  /** What it is and where to find it, as a phrase without a full stop. */
  readonly description: string;
  /** One that the provider accepts. */
  readonly example: string;
  readonly isOptional: boolean;
}

/** One option of a provider that can be given as a text, by the environment for one. */
export interface ChannelSetting {
  /** As in the provider's options: `apiKey`. */
  readonly name: string;
  /** The environment variables that may hold it, the first one that is set wins. */
  readonly variables: readonly [string, ...string[]];
  /** What it is and where to get it, as a phrase without a full stop. */
  readonly description: string;
  /** One that the provider accepts. Default: any text does, or for an address any https URL. */
  readonly example?: string | undefined;
  readonly isRequired: boolean;
  /** Whether it must never be shown. */
  readonly isSecret: boolean;
  /**
   * Whether it decides where requests go, and with them the key: a base URL, a host. Default: `false`. The command line
   * takes such a setting from a file only if the key is in the same file.
   */
  readonly isAddress?: boolean | undefined;
}

/** What is to be known of a channel before anybody has a key: enough to configure it, and to ask a person for a target. */
export interface ChannelDescription<Target = unknown, Channel extends string = string> {
  /** The usual name of the channel: `imessage`. Two providers may have the same one. */
  readonly channel: Channel;
  /** The provider's name: `linq`. */
  readonly provider: string;
  /** The function that makes the provider, for messages and examples: `linq`. */
  readonly factory: string;
  /** The vendor, as it writes itself: `Linq`. */
  readonly vendor: string;
  /** Where the vendor explains how to get a key. */
  readonly documentation: string;
  readonly targetFields: readonly TargetField[];
  readonly settings: readonly ChannelSetting[];
  /**
   * Makes the part of the provider that needs no key: for tables, and to tell the targets of several vendors apart.
   *
   * @param settings as for `create`, but any of them may be missing.
   * @throws TypingError `misconfigured`.
   */
  address(settings: Readonly<Record<string, string | undefined>>): ProviderAddress<Target>;
  /**
   * Makes the provider.
   *
   * @param settings the values of `settings`, by name. Those that are required must be there.
   * @throws TypingError `misconfigured`.
   */
  create(settings: Readonly<Record<string, string | undefined>>): TypingProvider<Target>;
}
