import type { ChannelRow } from './channel-row.ts';

export const linkedin: ChannelRow = {
  name: 'LinkedIn',
  vendor: 'connectsafely',
  vendorName: 'ConnectSafely',
  look: {
    colour: 'light-dark(#0a7368, #4fd0c0)',
    mine: 'light-dark(#d9f2ee, #0f3732)',
    mineInk: 'light-dark(#08352f, #e3fffa)',
    theirs: 'light-dark(#f0efec, #202124)',
    button: 'light-dark(#0a7368, #0a6a60)',
    avatar: 'linear-gradient(140deg, #25a596, #0a5f57)',
    corners: 'square',
    contact: 'left',
  },
  targetFields: ['conversationUrn'],
  key: { variable: 'CONNECTSAFELY_API_KEY', simulated: 'connectsafely-simulator-key' },
  chats: [{ value: 'ordinary', text: 'Ordinary', options: {} }],
  switches: [],
};
