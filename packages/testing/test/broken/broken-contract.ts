import { TypingError } from '@typingkit/core';
import { acme } from '../acme.ts';
import { broken, type BrokenProvider, withMembers } from './broken-provider.ts';

export const brokenContract: readonly BrokenProvider[] = [
  broken(
    'claims another version of the contract',
    'implements version 1 of the contract',
    // What a provider in JavaScript could say.
    withMembers(() => ({ specification: 2 as unknown as 1 })),
  ),
  broken('has a name for display', 'has a name in lower case', (options) => acme(options, 'Acme')),
  broken(
    'waits with the complaint about a missing key',
    'refuses an empty key and an invalid base URL as misconfigured',
    (options) => acme({ ...options, apiKey: options.apiKey || 'none' }),
  ),
  broken('quotes the key that it refuses', 'quotes no key that it refuses', (options) => {
    try {
      return acme(options);
    } catch {
      throw new TypingError({
        code: 'misconfigured',
        reason: `bad options: ${String(options.apiKey)}`,
      });
    }
  }),
  broken(
    'warms up its connection when it is made',
    'asks nobody before the first call',
    (options) => {
      void options.fetch?.(new Request(options.baseUrl)).catch(() => {});
      return acme(options);
    },
  ),
];
