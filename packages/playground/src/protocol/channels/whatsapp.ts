import type { ChannelRow } from './channel-row.ts';

export const whatsapp: ChannelRow = {
  name: 'WhatsApp',
  vendor: 'whatsapp',
  vendorName: 'Meta',
  look: {
    colour: 'light-dark(#006a57, #2fd07f)',
    mine: 'light-dark(#d9fdd3, #144d37)',
    mineInk: 'light-dark(#111b21, #e9edef)',
    theirs: 'light-dark(#f0f2f5, #202c33)',
    button: 'light-dark(#007a5a, #00694f)',
    avatar: 'linear-gradient(140deg, #25b07a, #075e54)',
    corners: 'square',
    contact: 'left',
  },
  targetFields: ['messageId', 'from', 'phoneNumberId'],
  key: { variable: 'WHATSAPP_ACCESS_TOKEN', simulated: 'whatsapp-simulator-token' },
  chats: [
    { value: 'open', text: 'Chat', options: {} },
    { value: 'closed', text: '24 h passed', options: { window: 'closed' }, isOdd: true },
    { value: 'blocked', text: 'Blocked', options: { window: 'blocked' }, isOdd: true },
  ],
  switches: [],
};
