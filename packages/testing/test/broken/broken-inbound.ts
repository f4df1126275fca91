import { broken, type BrokenProvider, withMembers } from './broken-provider.ts';

let instances = 0;

export const brokenInbound: readonly BrokenProvider[] = [
  broken(
    'names conversations in another way than its address',
    'has an address that says what the provider says',
    withMembers((good) => ({ conversationKey: (target) => `v2 ${good.conversationKey(target)}` })),
  ),
  broken(
    'names its credential anew each time',
    'names its credential by a string that stays the same and reveals no key',
    withMembers(() => {
      instances += 1;
      const instance = instances;
      return { credentialKey: () => `acme ${instance}` };
    }),
  ),
  broken(
    'names its credential by itself',
    'names its credential by a string that stays the same and reveals no key',
    withMembers((_, { apiKey }) => ({ credentialKey: () => String(apiKey) })),
  ),
  broken(
    'answers its own echo',
    'finds in each message the targets that the facts say, one for each conversation',
    withMembers((good) => ({
      targetsIn: (message) =>
        good.targetsIn?.(hasPosts(message) ? asForeign(message) : message) ?? [],
    })),
  ),
  broken(
    'throws for what is no message',
    'reads nothing in what is no message, and never throws for it',
    withMembers((good) => ({
      targetsIn: (message) => {
        if (message === null) throw new TypeError('no message');
        return good.targetsIn?.(message) ?? [];
      },
    })),
  ),
  broken(
    'throws for what is no event',
    'reads nothing in what is no event, and never throws for it',
    withMembers((good) => ({
      inboundIn: (event) => {
        if (event === null) throw new TypeError('no event');
        return good.inboundIn?.(event) ?? [];
      },
    })),
  ),
  broken(
    'takes every event for a start',
    'makes of each event what the facts say',
    withMembers((good) => ({
      inboundIn: (event) =>
        good.inboundIn?.(hasId(event) ? { ...event, type: 'typing' } : event) ?? [],
    })),
  ),
];

function hasId(event: unknown): event is { readonly id: unknown } {
  return typeof event === 'object' && event !== null && 'id' in event;
}

function hasPosts(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'posts' in message;
}

function asForeign(message: unknown): unknown {
  return JSON.parse(
    (JSON.stringify(message) ?? 'null').replaceAll('"isOwn":true', '"isOwn":false'),
  );
}
