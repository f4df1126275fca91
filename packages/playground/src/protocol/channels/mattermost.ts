import type { ChannelRow } from './channel-row.ts';

export const mattermost: ChannelRow = {
  name: 'Mattermost',
  vendor: 'mattermost',
  vendorName: 'its server',
  look: {
    colour: 'light-dark(#1c58d9, #8fb1ff)',
    mine: 'transparent',
    mineInk: 'inherit',
    theirs: 'transparent',
    button: '#1c58d9',
    avatar: 'linear-gradient(140deg, #5d89ea, #1e325c)',
    corners: 'square',
    contact: 'left',
    messages: 'rows',
    typing: 'line',
  },
  targetFields: ['channelId'],
  key: { variable: 'MATTERMOST_TOKEN', simulated: 'mattermost-simulator-token' },
  hearsBy: 'the websocket',
  chats: [
    { value: 'channel', text: 'Channel', options: {} },
    { value: 'forbidden', text: 'Bot may not post', options: { mayPost: false }, isOdd: true },
  ],
  switches: [],
};
