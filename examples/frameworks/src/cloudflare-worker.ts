import { LinqAPIV3 } from '@linqapp/sdk';
import { linqWebhook } from '@typingkit/linq/webhook';
import { createTyping } from '@typingkit/core';
import { linq, type LinqTarget } from '@typingkit/linq';

/** The secrets and variables of the Worker. */
interface Environment {
  readonly LINQ_API_KEY: string;
  readonly LINQ_API_BASE_URL?: string;
  readonly LINQ_WEBHOOK_SECRET: string;
  readonly MODEL_URL: string;
}

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

/** A bot on iMessage. A Worker freezes once it has answered, so all that follows goes to `waitUntil`. */
export default {
  fetch(request: Request, environment: Environment, context: Context): Promise<Response> {
    const { LINQ_API_KEY: apiKey, LINQ_API_BASE_URL: baseUrl, MODEL_URL } = environment;
    const waitUntil = (work: Promise<unknown>): void => context.waitUntil(work);
    // One for each request: a Worker's connections must not outlive the request that opened them.
    const typing = createTyping({ channels: { imessage: linq({ apiKey, baseUrl }) }, waitUntil });

    async function answer(message: unknown, target: LinqTarget): Promise<void> {
      await typing.with('imessage', target, async (session) => {
        const thought = await fetch(MODEL_URL, { method: 'POST', body: JSON.stringify(message) });
        const parts = [{ type: 'text' as const, value: await thought.text() }];
        const { chats } = new LinqAPIV3({ apiKey, baseURL: baseUrl });
        await chats.messages.send(target.chatId, { message: { parts } });
        session.messageSent();
      });
    }

    const webhook = linqWebhook({
      secret: environment.LINQ_WEBHOOK_SECRET,
      onMessage: (message, target) => waitUntil(answer(message, target)),
      waitUntil,
    });
    return webhook(request);
  },
};
