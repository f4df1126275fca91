import type { ChannelRow } from './channel-row.ts';

export const matrix: ChannelRow = {
  name: 'Matrix',
  vendor: 'matrix',
  vendorName: 'a homeserver',
  look: {
    colour: 'light-dark(#0a6b54, #4fd6b0)',
    mine: 'light-dark(#e3f7ed, #123c31)',
    mineInk: 'light-dark(#0b2a20, #e3fbf3)',
    theirs: 'light-dark(#f0f2f5, #26282d)',
    button: '#0a6b54',
    avatar: 'linear-gradient(140deg, #35c9a0, #0a6b54)',
    corners: 'round',
    contact: 'left',
    typing: 'line',
  },
  targetFields: ['roomId'],
  key: { variable: 'MATRIX_ACCESS_TOKEN', simulated: 'matrix-simulator-token' },
  hearsBy: '/sync',
  chats: [
    { value: 'room', text: 'Room', options: {} },
    { value: 'outside', text: 'Bot outside', options: { isBotJoined: false }, isOdd: true },
  ],
  switches: [],
};
