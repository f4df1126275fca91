import { type ChannelDescription, TypingError, type TypingProvider } from 'typingkit';
import type { SettingsSource } from 'typingkit/environment';

/** Settings that a test makes up. */
export function settings(
  variables: Readonly<Record<string, string>>,
  inFile: readonly string[] = [],
): SettingsSource {
  return {
    read: (variable) => variables[variable],
    fileOf: (variable) => (inFile.includes(variable) ? '.env' : undefined),
    where: 'here',
    howToSet: ({ variables: [variable] }) => `Set ${variable}.`,
  };
}

/** A vendor of the channel `pager`, whose targets have one field. */
export function vendorOf<Field extends string>(
  vendor: string,
  field: Field,
  started: string[] = [],
): ChannelDescription<Readonly<Record<Field, string>>, 'pager'> {
  const provider = vendor.toLowerCase();
  const name = vendor.toUpperCase();
  return {
    channel: 'pager',
    provider,
    factory: provider,
    vendor,
    documentation: `https://${provider}.example`,
    targetFields: [{ name: field, description: 'where', example: '7', isOptional: false }],
    settings: [
      {
        name: 'apiKey',
        variables: [`${name}_KEY`, `${name}_TOKEN`],
        description: 'the key',
        isRequired: true,
        isSecret: true,
      },
      {
        name: 'baseUrl',
        variables: [`${name}_URL`],
        description: 'where it is',
        isRequired: false,
        isSecret: false,
        isAddress: true,
      },
    ],
    address: () => providerOf(provider, field, () => {}),
    create: ({ apiKey = '', baseUrl = 'https://vendor.example' }) =>
      providerOf(provider, field, (target) => started.push(`${baseUrl} ${apiKey} ${target}`)),
  };
}

function providerOf<Field extends string>(
  name: string,
  field: Field,
  start: (target: string) => void,
): TypingProvider<Readonly<Record<Field, string>>> {
  return {
    specification: 1,
    name,
    capabilities: {
      ttl: { kind: 'fixed', ms: 60_000, source: 'documented' },
      repeat: 'extends',
      stop: 'expires',
      clearsOnMessage: true,
      groups: true,
      minIntervalMs: 3_000,
      sideEffects: [],
      inbound: false,
      requires: [],
    },
    parseTarget(input) {
      const target = input as Readonly<Record<Field, string>>;
      if (typeof target[field] === 'string') return target;
      throw new TypingError({
        code: 'invalid-target',
        provider: name,
        reason: `${field} is required`,
      });
    },
    conversationKey: (target) => target[field],
    async start(target) {
      start(target[field]);
      return {};
    },
  };
}
