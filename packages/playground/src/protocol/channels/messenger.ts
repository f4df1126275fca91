import type { ChannelRow } from './channel-row.ts';

export const messenger: ChannelRow = {
  name: 'Messenger',
  vendor: 'messenger',
  vendorName: 'Meta',
  look: {
    colour: 'light-dark(#0058d6, #6cb0ff)',
    mine: 'linear-gradient(160deg, #7a3fd6, #0060d6)',
    mineInk: '#fff',
    theirs: 'light-dark(#e9eaee, #303030)',
    button: '#0060d6',
    avatar: 'linear-gradient(140deg, #00a8ff, #9033d6)',
    corners: 'round',
    contact: 'left',
  },
  targetFields: ['recipientId', 'pageId'],
  key: { variable: 'FACEBOOK_PAGE_ACCESS_TOKEN', simulated: 'messenger-simulator-token' },
  chats: [
    { value: 'signed-in', text: 'Chat', options: {} },
    { value: 'signed-out', text: 'Signed out', options: { person: 'signed-out' }, isOdd: true },
    { value: 'silent', text: '24 h passed', options: { person: 'silent' }, isOdd: true },
    { value: 'blocked', text: 'Blocked', options: { person: 'blocked' }, isOdd: true },
  ],
  switches: [],
};
