import type { VendorFailure, VendorFailures } from '../vendor.ts';

/** Whatever is wrong is a 400 with words. @see https://github.com/bbernhard/signal-cli-rest-api/blob/master/src/api/api.go */
const WORDS = {
  'invalid-request': "Couldn't process request - invalid request",
  'malformed-number': "Couldn't process request - malformed number",
  'number-missing': "Couldn't process request - number missing",
  'invalid-group': 'Invalid group id',
  // signal-cli's own.
  'not-registered': 'Specified account does not exist',
  'unregistered-person': 'Unregistered user',
  'not-a-member': 'User is not a group member',
  'network-trouble': 'Failed to send message due to an IO error',
} as const;

type SignalFailure = keyof typeof WORDS;

export function signalFailure(name: SignalFailure): VendorFailure {
  return { status: 400, body: { error: WORDS[name] } };
}

/** What gin says of a path that there is not. */
export const notFound: VendorFailure = { status: 404, body: '404 page not found' };

/** All of them, to be had on demand. */
export const signalFailures: VendorFailures = {
  // Documented for messages alone.
  'rate-limited': { status: 429, body: { error: 'Rate limit exceeded', challenge_tokens: [] } },
  'server-error': { status: 500, body: '' },
  'not-found': notFound,
  ...documented(),
};

function documented(): Record<SignalFailure, VendorFailure> {
  const names = Object.keys(WORDS) as SignalFailure[];
  const entries = names.map((name) => [name, signalFailure(name)]);
  // The names are those of the table, and each has got its failure.
  return Object.fromEntries(entries) as Record<SignalFailure, VendorFailure>;
}
