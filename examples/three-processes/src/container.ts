import 'reflect-metadata';
import { type SharedTyping, sharedTyping } from '@typingkit/bullmq';
import { telegram, type TelegramTarget } from '@typingkit/telegram';
import { container, instanceCachingFactory, type InjectionToken } from 'tsyringe';

/** What classes ask for: `@inject(TYPING) private readonly typing: AppTyping`. */
export type AppTyping = SharedTyping<{ readonly telegram: TelegramTarget }>;
export const TYPING: InjectionToken<AppTyping> = Symbol('typing');

const { REDIS_URL: redis = 'redis://localhost:6379', TELEGRAM_BOT_TOKEN: botToken = '' } =
  process.env;

// Made once, when somebody first asks for it: it holds connections.
container.register(TYPING, {
  useFactory: instanceCachingFactory(() =>
    sharedTyping({
      redis,
      channels: {
        telegram: () => telegram({ botToken, baseUrl: process.env['TELEGRAM_API_BASE_URL'] }),
      },
    }),
  ),
});

/** When the process ends. The container closes nothing that a factory has made. */
export async function shutDown(): Promise<void> {
  await container.resolve(TYPING).close();
}
