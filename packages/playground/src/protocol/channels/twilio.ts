import type { ChannelRow } from './channel-row.ts';
import { whatsapp } from './whatsapp.ts';

export const twilio: ChannelRow = {
  name: 'WhatsApp (Twilio)',
  channel: 'whatsapp',
  vendor: 'twilio',
  vendorName: 'Twilio',
  look: whatsapp.look,
  targetFields: ['messageId', 'from', 'to'],
  key: { variable: 'TWILIO_AUTH_TOKEN', simulated: 'twilio-simulator-token' },
  chats: [{ value: 'ordinary', text: 'Ordinary', options: {} }],
  switches: [],
};
