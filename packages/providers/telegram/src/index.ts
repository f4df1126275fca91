export type { TelegramTarget } from './target.ts';
export { telegramChannel } from './telegram-channel.ts';
export {
  telegram,
  telegramAddress,
  type TelegramAddressOptions,
  type TelegramOptions,
} from './telegram.ts';
