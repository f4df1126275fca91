import type { ChannelRow } from './channel-row.ts';

const yesterdayMs = 86_400_000;

export const imessage: ChannelRow = {
  name: 'iMessage',
  vendor: 'linq',
  vendorName: 'Linq',
  look: {
    colour: 'light-dark(#0a66d0, #5aa7ff)',
    mine: 'light-dark(#0a66d0, #0a5fc4)',
    mineInk: '#fff',
    theirs: 'light-dark(#e9e9ec, #26262a)',
    button: 'light-dark(#0a66d0, #0a5fc4)',
    avatar: 'linear-gradient(140deg, #8f83ff, #5546d6)',
    corners: 'round',
    contact: 'centred',
  },
  targetFields: ['chatId'],
  key: { variable: 'LINQ_API_KEY', simulated: 'linq-simulator-key' },
  hearsBy: 'signed webhook',
  chats: [
    { value: 'active', text: 'Active', options: {} },
    {
      value: 'inactive',
      text: 'Inactive',
      options: { lastSentAgoMs: yesterdayMs, lastReceivedAgoMs: yesterdayMs },
      isOdd: true,
      endsWithMessage: true,
    },
    { value: 'sms', text: 'SMS', options: { service: 'SMS' }, isOdd: true },
    { value: 'group', text: 'Group', options: { group: true }, isOdd: true },
  ],
  switches: [
    {
      setting: 'era',
      label: 'Linq as of',
      hint: '2026',
      first: 'august',
      options: [
        { value: 'april', text: 'April' },
        { value: 'july', text: 'July' },
        { value: 'august', text: 'August' },
      ],
    },
  ],
};
