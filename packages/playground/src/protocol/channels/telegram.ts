import type { ChannelRow } from './channel-row.ts';

export const telegram: ChannelRow = {
  name: 'Telegram',
  vendor: 'telegram',
  vendorName: 'the Bot API',
  look: {
    colour: 'light-dark(#1c6aa8, #6ab3f3)',
    mine: 'light-dark(#e1ffc7, #2b5278)',
    mineInk: 'light-dark(#0b2b12, #fff)',
    theirs: 'light-dark(#fff, #182533)',
    button: '#2277b8',
    avatar: 'linear-gradient(140deg, #37aee2, #1e96c8)',
    corners: 'round',
    contact: 'left',
    wallpaper: 'light-dark(#cfe0c3, #0e1621)',
    typing: 'header',
  },
  targetFields: ['chatId'],
  key: { variable: 'TELEGRAM_BOT_TOKEN', simulated: '424242:telegram-simulator-token' },
  chats: [
    { value: 'private', text: 'Private', options: {} },
    { value: 'topic', text: 'Topic', options: { type: 'supergroup', messageThreadId: 17 } },
    {
      value: 'anonymous',
      text: 'Anonymous admin',
      options: { type: 'supergroup', bot: 'anonymous-admin' },
      isOdd: true,
    },
  ],
  switches: [],
};
