import type { ProviderNames } from './provider-names.ts';

/** A file to write, by its path in the package. */
export type FilesByPath = Readonly<Record<string, string>>;

/**
 * The sources and the test of a provider that is whole except for what only its vendor's documentation can say. Each such
 * place has a comment that begins with "Fill in", and a test that fails until it is filled in.
 */
export function sourceFiles(names: ProviderNames): FilesByPath {
  const { name } = names;
  return {
    [`src/${name}.ts`]: provider(names),
    'src/target.ts': target(names),
    'src/error-body.ts': errorBody(names),
    [`src/${name}-channel.ts`]: channel(names),
    'src/index.ts': index(names),
    'test/conformance.test.ts': conformance(names),
  };
}

function provider({ name, factory, type, vendor }: ProviderNames): string {
  return `import {
  parseOptions,
  parseTarget,
  type ProviderAddress,
  type TypingProvider,
} from '@typingkit/core';
import { vendorClient, vendorFields, type VendorOptions } from '@typingkit/core/http';
import { literal, object, strictObject } from '@typingkit/core/schema';
import { read${type}Error } from './error-body.ts';
import { type ${type}Target, Target } from './target.ts';

/** The options of {@link ${factory}}. */
export type ${type}Options = VendorOptions<${type}Target>;

// Fill in: the vendor's production address.
const Options = strictObject(vendorFields<${type}Target>('https://api.${name}.invalid'));
// Fill in: the vendor's response to an accepted start. A proxy's login page is also a 200.
const Accepted = object({ ok: literal(true) });

/** The part of {@link ${factory}} that needs no key. */
export function ${factory}Address(): ProviderAddress<${type}Target> {
  return {
    specification: 1,
    name: '${name}',
    capabilities: {
      // Fill in: how long one start shows, in milliseconds, and whether that is documented or observed.
      ttl: { kind: 'fixed', ms: 0, source: 'documented' },
      repeat: 'extends',
      stop: 'expires',
      clearsOnMessage: 'unknown',
      groups: 'unknown',
      minIntervalMs: 1_000,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    parseTarget: (input) => parseTarget('${name}', Target, input),
    conversationKey: ({ conversationId }) => conversationId,
  };
}

/**
 * Typing indicators through ${vendor}.
 *
 * @throws TypingError \`misconfigured\`, if an option is missing or invalid.
 */
export function ${factory}(options: ${type}Options): TypingProvider<${type}Target> {
  const vendor = parseOptions('${name}', Options, options);
  // The key is sent as "Authorization: Bearer …". The option \`authorize\` puts it elsewhere.
  const ask = vendorClient<string, ${type}Target>('${name}', vendor, {
    readError: read${type}Error,
  });

  return {
    ...${factory}Address(),
    async start(target, call) {
      // Fill in: the request that shows the indicator.
      const answer = await ask(
        { operation: 'start', method: 'post', path: '/fill-in', expects: 200, target },
        call,
      );
      if (!Accepted.accepts(answer.body)) throw answer.failure('bad-response');
      return {};
    },
  };
}
`;
}

function target({ type, vendor }: ProviderNames): string {
  return `import { object, type Schema, string } from '@typingkit/core/schema';

/** A conversation, in the ids of ${vendor}. */
export interface ${type}Target {
  readonly conversationId: string;
}

export const Target: Schema<${type}Target> = object({
  // Fill in: what an id looks like, as a pattern and in words.
  conversationId: string(/^[^]+$/, 'must be an id'),
});
`;
}

function errorBody({ type, vendor }: ProviderNames): string {
  return `import type { VendorAnswer, VendorError } from '@typingkit/core/http';
import { anything, object } from '@typingkit/core/schema';

// Fill in: the body of a failure, as the vendor documents it. Any field may be missing or of another type.
const Failure = object({ message: anything() });

/** Reads what ${vendor} says went wrong. The status decides the code, unless the vendor's own code says more. */
export function read${type}Error({ body, redact }: VendorAnswer): VendorError {
  return { reason: redact.sentence(Failure.read(body)?.message) };
}
`;
}

function channel({ name, factory, type, variable, vendor, channel: of }: ProviderNames): string {
  return `import type { ChannelDescription } from '@typingkit/core';
import { ${factory}, ${factory}Address } from './${name}.ts';
import type { ${type}Target } from './target.ts';

/** The channel \`${of}\`, as it is configured by strings: environment variables, flags. */
export const ${factory}Channel: ChannelDescription<${type}Target, '${of}'> = {
  channel: '${of}',
  provider: '${name}',
  factory: '${factory}',
  vendor: '${vendor}',
  // Fill in: where the vendor explains how to get a key.
  documentation: 'https://${name}.invalid/docs',
  targetFields: [
    {
      name: 'conversationId',
      description: 'the id of the conversation',
      // Fill in: an id that the vendor could have given out.
      example: 'conversation-1',
      isOptional: false,
    },
  ],
  settings: [
    {
      name: 'apiKey',
      variables: ['${variable}_API_KEY'],
      description: 'the API key of ${vendor}',
      isRequired: true,
      isSecret: true,
    },
    {
      name: 'baseUrl',
      variables: ['${variable}_API_URL'],
      description: 'the base URL of the API',
      isRequired: false,
      isSecret: false,
      isAddress: true,
    },
  ],
  address: () => ${factory}Address(),
  create: ({ apiKey = '', baseUrl }) => ${factory}({ apiKey, baseUrl }),
};
`;
}

function index({ name, factory, type }: ProviderNames): string {
  return `export { ${factory}Channel } from './${name}-channel.ts';
export { ${factory}, ${factory}Address, type ${type}Options } from './${name}.ts';
export type { ${type}Target } from './target.ts';
`;
}

function conformance({ name, factory }: ProviderNames): string {
  return `import { describeTypingProvider } from '@typingkit/testing';
import { ${factory}, ${factory}Address } from '../src/index.ts';

// Fill in from the vendor's documentation, not from the provider: the suite compares the two.
describeTypingProvider('${name}', {
  create: ${factory},
  // Fill in: two conversations, and ids that are invalid.
  target: { conversationId: 'conversation-1' },
  otherTarget: { conversationId: 'conversation-2' },
  invalidTargets: [{ conversationId: 'not an id' }, { conversationId: 7 }],
  authorization: (apiKey) => ({ authorization: \`Bearer \${apiKey}\` }),
  address: () => ${factory}Address(),
  // Fill in: the request, and the vendor's response to success.
  start: {
    method: 'POST',
    path: '/the/documented/path/conversation-1',
    answer: { status: 200, json: { ok: true } },
  },
  stop: 'expires',
  // Fill in: every failure that the vendor documents.
  failures: [
    {
      name: 'a failure that the vendor documents',
      answer: { status: 409, json: { error: { id: 'busy' } } },
      code: 'unavailable',
      vendorCode: 'busy',
    },
  ],
});
`;
}
