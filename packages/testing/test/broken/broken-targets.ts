import type { AcmeTarget } from '../acme.ts';
import { broken, type BrokenProvider, sender, withMembers } from './broken-provider.ts';

let instances = 0;

export const brokenTargets: readonly BrokenProvider[] = [
  broken(
    'changes a target each time that it is parsed',
    [
      'takes a target again that it has parsed, unchanged',
      'finds in each message the targets that the facts say, one for each conversation',
    ],
    withMembers((good) => ({
      parseTarget(input) {
        const parsed = good.parseTarget(input);
        const times = Number(Object(input).times ?? 0) + 1;
        return Object.assign(parsed, { times });
      },
    })),
  ),
  broken(
    'takes nothing for a default room',
    'refuses what is no target at all',
    withMembers((good) => ({
      parseTarget: (input) => good.parseTarget(input ?? { roomId: 'room-000000' }),
    })),
  ),
  broken(
    'takes every room for a good one',
    'refuses every invalid target, before any request',
    withMembers((good) => ({
      parseTarget(input) {
        if (!isRoom(input)) return good.parseTarget(input);
        return { ...input, roomId: String(input.roomId).toLowerCase() };
      },
    })),
  ),
  broken(
    'asks the vendor about a room before it refuses it',
    'refuses every invalid target, before any request',
    withMembers((good, options) => ({
      parseTarget(input) {
        try {
          return good.parseTarget(input);
        } catch (error) {
          if (isRoom(input)) void sender(options)(new Request(options.baseUrl)).catch(() => {});
          throw error;
        }
      },
    })),
  ),
  broken(
    'has keys that are good for one provider only',
    'names one conversation by one key, always',
    withMembers((good) => {
      instances += 1;
      const instance = instances;
      return { conversationKey: (target) => `${instance} ${good.conversationKey(target)}` };
    }),
  ),
  broken(
    'merges the threads of a room',
    [
      'names two conversations by two keys',
      'finds in each message the targets that the facts say, one for each conversation',
    ],
    withMembers(() => ({ conversationKey: ({ roomId }) => roomId })),
  ),
  broken(
    'takes another spelling for another room',
    'sees through other spellings of one conversation',
    withMembers((good) => ({
      parseTarget(input) {
        good.parseTarget(input);
        // It has just been checked.
        return input as AcmeTarget;
      },
    })),
  ),
  broken(
    'has numbers for keys of its budget',
    'names who shares a budget by a text, where it does',
    // What a provider in JavaScript could return.
    withMembers(() => ({ budgetKey: () => 7 as unknown as string })),
  ),
];

function isRoom(input: unknown): input is { readonly roomId: unknown } {
  return typeof input === 'object' && input !== null && 'roomId' in input;
}
