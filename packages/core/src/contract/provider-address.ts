import type { ProviderInboundEvent } from './inbound-event.ts';
import type { TypingCapabilities } from './typing-capabilities.ts';

/**
 * The part of a provider that needs no key: what a target is and which conversation it names, what the vendor can do,
 * and what its webhooks say. A process that only hands work on needs no more than this.
 *
 * Every provider package exports a function that makes one: `linqAddress()`.
 */
export interface ProviderAddress<Target = unknown> {
  /** The version of this contract. */
  readonly specification: 1;
  /** The vendor, in lower case: `linq`. */
  readonly name: string;
  readonly capabilities: TypingCapabilities;
  /** The capabilities for one target, where one vendor serves unlike networks. Default: `capabilities`. */
  capabilitiesOf?(target: Target): TypingCapabilities;
  /**
   * Checks a target and brings it into the form that the other methods take.
   *
   * @throws TypingError `invalid-target`, naming the field and what it should look like.
   */
  parseTarget(input: unknown): Target;
  /** Names the conversation: two targets with one key share one indicator. */
  conversationKey(target: Target): string;
  /**
   * Names the credential that a call for this target uses, without revealing it: made of public ids (a team, a page, an
   * app, an account). Synchronous, the same in every process and while keys rotate. Default, also where it returns
   * `undefined`: the provider object itself.
   */
  credentialKey?(target: Target): string | undefined;
  /** Names who shares `capabilities.budget`. Default: all conversations of one credential together. */
  budgetKey?(target: Target): string;
  /**
   * Reads the vendor's ordinary inbound message (a webhook's body, a gateway's event, an SDK's object) and returns the
   * targets in it: one for each conversation, made of the newest message. Empty where there is nothing to answer: an echo,
   * a status, a reaction, another vendor's body. Never throws, whatever it gets.
   *
   * It verifies no signature. Verify first, the platform's own way.
   */
  targetsIn?(message: unknown): readonly Target[];
  /**
   * Reads an event that says that the person types, has ceased to type, or pressed the platform's stop button. Empty for
   * anything else. Never throws, whatever it gets, and verifies no signature.
   */
  inboundIn?(event: unknown): readonly ProviderInboundEvent<Target>[];
}
