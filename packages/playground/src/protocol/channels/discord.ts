import type { ChannelRow } from './channel-row.ts';

export const discord: ChannelRow = {
  name: 'Discord',
  vendor: 'discord',
  vendorName: 'its HTTP API',
  look: {
    colour: 'light-dark(#4752c4, #a5acf8)',
    mine: 'transparent',
    mineInk: 'inherit',
    theirs: 'transparent',
    button: '#4752c4',
    avatar: 'linear-gradient(140deg, #5865f2, #4752c4)',
    corners: 'round',
    contact: 'left',
    messages: 'rows',
    typing: 'line',
  },
  targetFields: ['channelId'],
  key: { variable: 'DISCORD_BOT_TOKEN', simulated: 'discord-simulator-token' },
  hearsBy: 'the gateway',
  chats: [
    { value: 'channel', text: 'Channel', options: {} },
    { value: 'direct', text: 'Direct', options: { type: 'dm' } },
    {
      value: 'archived',
      text: 'Archived thread',
      options: { type: 'thread', isArchived: true },
      isOdd: true,
      endsWithMessage: true,
    },
  ],
  switches: [],
};
