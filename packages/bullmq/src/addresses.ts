import { type ProviderAddress, TypingError } from '@typingkit/core';
import { budgetNameOf, conversationNameOf, type Place, tagOf } from './keys.ts';

/** The address of a provider, a provider, or a function that makes one when the channel is first used. */
export type AddressSource<Target = unknown> =
  | ProviderAddress<Target>
  | (() => ProviderAddress<Target>);

/** Channel names and the addresses behind them. */
export type AddressSources = Readonly<Record<string, AddressSource>>;

/** Channel names and what their targets look like. */
export type TargetsAt<Sources extends AddressSources> = {
  -readonly [Channel in keyof Sources]: Sources[Channel] extends AddressSource<infer Target>
    ? Target
    : never;
} & {};

/** A target, checked, and where its conversation stands in Redis. */
export interface Located extends Place {
  readonly channel: string;
  readonly address: ProviderAddress;
  readonly target: unknown;
  readonly budget: string;
}

/** What each channel is, made when it is first needed. */
export class Addresses<Address extends ProviderAddress = ProviderAddress> {
  readonly #sources: Readonly<Record<string, Address | (() => Address)>>;
  readonly #made = new Map<string, Address>();

  /** @throws TypingError `misconfigured`. */
  constructor(sources: Readonly<Record<string, Address | (() => Address)>>) {
    const given: unknown = sources;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw invalid('channels must be an object', 'For example { imessage: linqAddress() }.');
    }
    const wrong = Object.entries(given).find(([, source]) => !isSource(source));
    if (wrong) {
      const [channel] = wrong;
      throw invalid(
        `the channel ${JSON.stringify(channel.slice(0, 50))} must be a provider, an address, or a function that makes one`,
      );
    }
    this.#sources = sources;
  }

  get channels(): readonly string[] {
    return Object.keys(this.#sources);
  }

  /** @throws TypingError `unknown-channel`; or whatever making it throws. */
  of(channel: string): Address {
    const known = this.#made.get(channel);
    if (known) return known;
    const source = Object.hasOwn(this.#sources, channel) ? this.#sources[channel] : undefined;
    if (source === undefined) {
      const names = this.channels.join(', ') || 'none';
      throw new TypingError({
        code: 'unknown-channel',
        channel,
        reason: `there is no such channel; there are: ${names}`,
      });
    }
    const made = typeof source === 'function' ? source() : source;
    this.#made.set(channel, made);
    return made;
  }

  /** @throws TypingError `unknown-channel`, `invalid-target`. */
  locate(channel: string, input: unknown): Located {
    const address = this.of(channel);
    const target = address.parseTarget(input);
    const name = address.credentialKey?.(target);
    const tag = tagOf(
      name === undefined ? `${channel} ${address.name}` : `${address.name} ${name}`,
    );
    const conversation = conversationNameOf(channel, address.conversationKey(target));
    const budget = budgetNameOf(address.budgetKey?.(target));
    return { channel, address, target, tag, conversation, budget };
  }
}

function isSource(source: unknown): boolean {
  if (typeof source === 'function') return true;
  return typeof source === 'object' && source !== null && 'parseTarget' in source;
}

function invalid(reason: string, advice?: string): TypingError {
  return new TypingError({ code: 'misconfigured', operation: 'configure', reason, advice });
}
