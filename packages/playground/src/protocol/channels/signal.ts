import type { ChannelRow } from './channel-row.ts';

export const signal: ChannelRow = {
  name: 'Signal',
  vendor: 'signal',
  vendorName: 'signal-cli',
  look: {
    colour: 'light-dark(#2451c4, #8facff)',
    mine: 'light-dark(#2c4fd8, #3a55c9)',
    mineInk: '#fff',
    theirs: 'light-dark(#e9e9e9, #2e2e2e)',
    button: '#2c4fd8',
    avatar: 'linear-gradient(140deg, #6d8dff, #2c4fd8)',
    corners: 'round',
    contact: 'left',
  },
  targetFields: ['recipient', 'number'],
  // The server takes no key: the number says who types.
  key: { variable: 'SIGNAL_NUMBER', simulated: '+15550100001' },
  hearsBy: 'webhook',
  chats: [
    { value: 'person', text: 'Person', options: {} },
    { value: 'group', text: 'Group', options: { kind: 'group' } },
    { value: 'off', text: 'Typing off', options: { typingIndicators: false }, isOdd: true },
    { value: 'blocked', text: 'Blocked', options: { hasBlockedUs: true }, isOdd: true },
  ],
  switches: [],
};
