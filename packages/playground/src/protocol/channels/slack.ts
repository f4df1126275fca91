import type { ChannelRow } from './channel-row.ts';

export const slack: ChannelRow = {
  name: 'Slack',
  vendor: 'slack',
  vendorName: 'Slack',
  look: {
    colour: 'light-dark(#611f69, #d9a9e0)',
    mine: 'light-dark(#e8f2f8, #1b2d3a)',
    mineInk: 'light-dark(#1d1c1d, #e8e8e8)',
    theirs: 'light-dark(#f4f2f4, #222529)',
    button: '#007a5a',
    avatar: 'linear-gradient(140deg, #8b3d94, #4a154b)',
    corners: 'square',
    contact: 'left',
  },
  targetFields: ['channelId', 'threadTs'],
  key: { variable: 'SLACK_BOT_TOKEN', simulated: 'xoxb-slack-simulator-token' },
  chats: [
    { value: 'channel', text: 'Channel', options: {} },
    { value: 'direct', text: 'Direct', options: { type: 'direct' } },
    { value: 'outside', text: 'Bot outside', options: { bot: 'outside' }, isOdd: true },
    { value: 'deleted', text: 'Thread gone', options: { root: 'deleted' }, isOdd: true },
  ],
  switches: [],
};
