import type { BotNote } from './bot-note.ts';
import { schedule } from './schedule.ts';
import type { SimulatedVendors } from './simulated-vendors.ts';

/** What the person at the other end goes by. */
interface Surroundings {
  readonly sinceMs: number;
  readonly notes: readonly BotNote[];
  /** Whether a message of the bot is in the chat. */
  readonly hasMessage: boolean;
  readonly isOutageOver: boolean;
}

/** The person at the other end of the iMessage chat. */
export interface Person {
  /** Types back where that is due, and ceases where that is due and the bot waits for it. */
  follow(surroundings: Surroundings): Promise<void>;
}

export function personIn(chatId: string, vendors: SimulatedVendors): Person {
  let does: 'nothing yet' | 'listened to' | 'types' | 'ceased' = 'nothing yet';
  return {
    async follow({ sinceMs, notes, hasMessage, isOutageOver }) {
      const bot = notes.find((note) => note.kind === 'listens');
      if (does === 'nothing yet' && bot) {
        await vendors.tellWhoTypes(bot.url);
        does = 'listened to';
      } else if (does === 'listened to' && hasMessage) {
        await vendors.personTypes(chatId, 'started');
        does = 'types';
      } else if (does === 'types' && sinceMs >= schedule.personCeasesMs && isOutageOver) {
        if (!notes.some(({ kind }) => kind === 'waits')) return;
        await vendors.personTypes(chatId, 'stopped');
        does = 'ceased';
      }
    },
  };
}
