import { createMemoryState } from '@chat-adapter/state-memory';
import { createTelegramAdapter } from '@chat-adapter/telegram';
import { type Adapter, Chat, type Message, type Thread } from 'chat';
import { defaultTyping, withTyping } from 'typingkit';

/** A bot of the Chat SDK, here on Telegram. It reads TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET_TOKEN. */
export function createBot(think: (text: string) => Promise<string>) {
  const telegram = createTelegramAdapter({ mode: 'webhook' });
  const chat = new Chat({
    userName: 'bot',
    // The types of its packages differ where `exactOptionalPropertyTypes` is on.
    adapters: { telegram: telegram as Adapter },
    state: createMemoryState(),
    logger: 'error',
  });

  async function answer(thread: Thread, message: Message): Promise<void> {
    // `raw` is what the platform sent, without the update around it.
    const [target] = defaultTyping().targetsIn('telegram', { message: message.raw });
    if (!target) return;
    const text = await withTyping('telegram', target, () => think(message.text));
    await thread.post(text);
  }

  chat.onDirectMessage(answer);
  chat.onNewMention(answer);
  return chat;
}
