import type { ChannelRow } from './channel-row.ts';
import { imessage } from './imessage.ts';

export const sendblue: ChannelRow = {
  name: 'iMessage (Sendblue)',
  channel: 'imessage',
  vendor: 'sendblue',
  vendorName: 'Sendblue',
  look: imessage.look,
  targetFields: ['number', 'fromNumber'],
  key: { variable: 'SENDBLUE_API_SECRET_KEY', simulated: 'sendblue-simulator-secret' },
  hearsBy: 'webhook',
  chats: [
    { value: 'active', text: 'Active', options: {} },
    { value: 'inactive', text: 'Inactive', options: { isRecent: false }, isOdd: true },
    { value: 'sms', text: 'SMS', options: { service: 'SMS' }, isOdd: true },
    { value: 'opted-out', text: 'Opted out', options: { isOptedOut: true }, isOdd: true },
  ],
  switches: [],
};
