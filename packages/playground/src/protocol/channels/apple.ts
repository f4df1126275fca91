import type { ChannelRow } from './channel-row.ts';
import { imessage } from './imessage.ts';

export const apple: ChannelRow = {
  name: 'Apple Messages',
  vendor: 'twilioApple',
  vendorName: 'Twilio',
  look: imessage.look,
  targetFields: ['from', 'to'],
  key: { variable: 'TWILIO_AUTH_TOKEN', simulated: 'twilio-simulator-token' },
  chats: [{ value: 'ordinary', text: 'Ordinary', options: {} }],
  switches: [],
};
