import { optional, type Schema, string } from '../schema/schema.ts';

/** The option of a provider whose vendor knows an account by nothing but its key. */
export interface KeyNameOptions {
  /**
   * A name for the key, which must not be secret. Providers with the same name share what the vendor allows the key, in one
   * process or in several. Default: each provider is on its own.
   */
  readonly keyName?: string | undefined;
}

/** The schema of {@link KeyNameOptions.keyName}. */
export const keyNameField: Schema<string | undefined> = optional(
  string(/^.{1,128}$/, 'must be 1 to 128 characters'),
);
