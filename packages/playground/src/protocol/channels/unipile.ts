import type { ChannelRow } from './channel-row.ts';
import { linkedin } from './linkedin.ts';

export const unipile: ChannelRow = {
  name: 'LinkedIn (Unipile)',
  channel: 'linkedin',
  vendor: 'unipile',
  vendorName: 'Unipile',
  look: linkedin.look,
  targetFields: ['chatId', 'accountId'],
  key: { variable: 'UNIPILE_API_KEY', simulated: 'unipile-simulator-key' },
  chats: [
    { value: 'ordinary', text: 'Ordinary', options: {} },
    { value: 'off', text: 'Typing off', options: { typingIndicators: false }, isOdd: true },
    { value: 'read-only', text: 'Read-only', options: { isReadonly: true }, isOdd: true },
  ],
  switches: [],
};
