import type { ChannelRow } from './channel-row.ts';
import { imessage } from './imessage.ts';

export const bluebubbles: ChannelRow = {
  name: 'iMessage (BlueBubbles)',
  channel: 'imessage',
  vendor: 'bluebubbles',
  vendorName: 'BlueBubbles',
  look: imessage.look,
  targetFields: ['chatGuid'],
  key: { variable: 'BLUEBUBBLES_PASSWORD', simulated: 'bluebubbles-simulator-password' },
  hearsBy: 'webhook',
  chats: [
    { value: 'direct', text: 'Direct', options: {} },
    { value: 'sms', text: 'SMS', options: { service: 'SMS' }, isOdd: true },
    { value: 'group', text: 'Group', options: { isGroup: true }, isOdd: true },
  ],
  switches: [],
};
