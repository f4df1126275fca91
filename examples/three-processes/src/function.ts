import { remoteTyping } from '@typingkit/bullmq';
import { telegramAddress, type TelegramTarget } from '@typingkit/telegram';

/** One step of an agent. A workflow calls the function for each, and passes on what the last one returned. */
interface Step {
  readonly target: TelegramTarget;
  readonly isLast: boolean;
  /** The id of the session, from the second step on. */
  readonly typing?: string;
}

const { REDIS_URL: redis = 'redis://localhost:6379', TELEGRAM_BOT_ID: botId = '' } = process.env;

// Made once, outside of the handler: it is frozen and thawed with the function.
const typing = remoteTyping({ redis, channels: { telegram: telegramAddress({ botId }) } });

export default {
  async fetch(request: Request): Promise<Response> {
    const { target, isLast, typing: id } = (await request.json()) as Step; // Your workflow sent it.
    const session = id === undefined ? await open(target) : typing.session(id);
    session?.touch();
    await work();
    if (isLast) await session?.stop();
    return Response.json({ target, typing: session?.id });
  },
};

/** Opens a session that lives on while nothing of this function runs. */
async function open(target: TelegramTarget) {
  // Longer than the longest pause between two steps.
  const session = typing.keep('telegram', target, { idleTimeoutMs: 60_000 });
  await session.opened;
  return session;
}

/** Your model, or a tool. */
async function work(): Promise<void> {}
