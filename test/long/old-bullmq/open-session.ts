import { remoteTyping } from '@typingkit/bullmq';
import { telegramAddress } from '@typingkit/telegram';

// Opens a session, and ends: others are to show it.
const { REDIS_URL: redis = '', TELEGRAM_BOT_ID: botId = '' } = process.env;
const typing = remoteTyping({ redis, channels: { telegram: telegramAddress({ botId }) } });
await typing.keep('telegram', JSON.parse(process.argv[2] ?? '')).opened;
await typing.close();
console.log('opened');
