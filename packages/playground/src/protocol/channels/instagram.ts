import type { ChannelRow } from './channel-row.ts';

export const instagram: ChannelRow = {
  name: 'Instagram',
  vendor: 'instagram',
  vendorName: 'Meta',
  look: {
    colour: 'light-dark(#b3206f, #ff8ac0)',
    mine: 'linear-gradient(160deg, #a02bb8, #5b3fd1)',
    mineInk: '#fff',
    theirs: 'light-dark(#efefef, #262626)',
    button: '#6a35c9',
    avatar: 'linear-gradient(140deg, #feb64d, #d6297b 55%, #7a34c9)',
    corners: 'round',
    contact: 'left',
  },
  targetFields: ['recipientId', 'accountId'],
  key: { variable: 'INSTAGRAM_ACCESS_TOKEN', simulated: 'instagram-simulator-token' },
  chats: [
    { value: 'signed-in', text: 'Chat', options: {} },
    { value: 'signed-out', text: 'Signed out', options: { person: 'signed-out' }, isOdd: true },
    { value: 'silent', text: '24 h passed', options: { person: 'silent' }, isOdd: true },
    { value: 'blocked', text: 'Blocked', options: { person: 'blocked' }, isOdd: true },
  ],
  switches: [],
};
