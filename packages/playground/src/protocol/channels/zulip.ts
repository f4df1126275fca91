import type { ChannelRow } from './channel-row.ts';

export const zulip: ChannelRow = {
  name: 'Zulip',
  vendor: 'zulip',
  vendorName: 'its server',
  look: {
    colour: 'light-dark(#4f3fd0, #a9a2ff)',
    mine: 'transparent',
    mineInk: 'inherit',
    theirs: 'transparent',
    button: '#4f3fd0',
    avatar: 'linear-gradient(140deg, #50adff, #7877fc)',
    corners: 'round',
    contact: 'left',
    messages: 'rows',
    typing: 'line',
  },
  targetFields: ['to'],
  fieldTypes: { to: 'readonly number[]' },
  key: { variable: 'ZULIP_API_KEY', simulated: 'zulip-simulator-key' },
  hearsBy: 'the event queue',
  chats: [
    { value: 'direct', text: 'Direct', options: {} },
    { value: 'away', text: 'Away for long', options: { isHeeded: false }, isOdd: true },
  ],
  switches: [],
};
