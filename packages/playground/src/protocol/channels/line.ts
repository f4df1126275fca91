import type { ChannelRow } from './channel-row.ts';

export const line: ChannelRow = {
  name: 'LINE',
  vendor: 'line',
  vendorName: 'LINE',
  look: {
    colour: 'light-dark(#06692f, #4cd67d)',
    mine: 'light-dark(#a8eb8c, #1f5c33)',
    mineInk: 'light-dark(#10240a, #e9fbe3)',
    theirs: 'light-dark(#fff, #2a2d33)',
    button: '#067a3a',
    avatar: 'linear-gradient(140deg, #3ddc76, #06a045)',
    corners: 'round',
    contact: 'left',
    wallpaper: 'light-dark(#d3deee, #16191f)',
  },
  targetFields: ['userId'],
  key: { variable: 'LINE_CHANNEL_ACCESS_TOKEN', simulated: 'line-simulator-token' },
  chats: [
    { value: 'open', text: 'Open', options: {} },
    { value: 'closed', text: 'Not open', options: { isViewing: false }, isOdd: true },
    { value: 'blocked', text: 'Blocked', options: { hasBlocked: true }, isOdd: true },
  ],
  switches: [],
};
