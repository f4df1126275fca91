import { conversationKey } from '../../bubbles/conversation-key.ts';
import type { PersonTypes } from '../vendor.ts';
import type { LinqChat } from './chats.ts';
import type { LinqEventType, LinqEvent } from './webhooks/event.ts';
import type { Schedule } from '../../time/schedule.ts';

export interface LinqPerson {
  types(chat: LinqChat, what: PersonTypes): void;
  clear(): void;
}

export interface LinqPersonParts {
  readonly schedule: Schedule;
  readonly send: (apiKey: string, eventType: LinqEventType, data: LinqEvent['data']) => void;
  readonly onTyping: (chat: LinqChat, state: 'started' | 'stopped') => void;
}

/** The person at the other end of a chat, as far as the vendor tells of them. */
export function createLinqPerson({ schedule, send, onTyping }: LinqPersonParts): LinqPerson {
  const ceases = new Map<string, () => void>();

  const tell = (chat: LinqChat, state: 'started' | 'stopped'): void => {
    onTyping(chat, state);
    // Typing exists on iMessage only, and nobody hears of a chat that they have left.
    if (chat.service !== 'iMessage' || chat.state === 'left') return;
    send(chat.apiKey, `chat.typing_indicator.${state}`, { chat_id: chat.chatId });
  };

  return {
    types(chat, what) {
      const key = conversationKey(chat.chatId);
      ceases.get(key)?.();
      ceases.delete(key);
      tell(chat, typeof what === 'string' ? what : 'started');
      if (typeof what === 'string') return;
      const callOff = schedule.at(schedule.clock.now() + what.forMs, () => {
        ceases.delete(key);
        tell(chat, 'stopped');
      });
      ceases.set(key, callOff);
    },
    clear() {
      for (const callOff of ceases.values()) callOff();
      ceases.clear();
    },
  };
}
