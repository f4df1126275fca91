import type { ChannelRow } from './channel-row.ts';

export const teams: ChannelRow = {
  name: 'Microsoft Teams',
  vendor: 'teams',
  vendorName: 'Bot Connector',
  look: {
    colour: 'light-dark(#5b5fc7, #a6a9f5)',
    mine: 'light-dark(#e8ebfa, #34366f)',
    mineInk: 'light-dark(#242424, #fff)',
    theirs: 'light-dark(#f0f0f0, #292929)',
    button: '#5b5fc7',
    avatar: 'linear-gradient(140deg, #7f85f5, #444791)',
    corners: 'square',
    contact: 'left',
  },
  targetFields: ['conversationId', 'serviceUrl'],
  key: { variable: 'TEAMS_APP_PASSWORD', simulated: 'teams~simulator-secret' },
  chats: [
    { value: 'chat', text: 'Chat', options: {} },
    { value: 'group', text: 'Group', options: { conversationType: 'groupChat' } },
    {
      value: 'team-channel',
      text: 'Team channel',
      options: { conversationType: 'channel' },
      isOdd: true,
    },
    {
      value: 'polling',
      text: 'Web Chat that polls',
      options: { channelId: 'webchat', client: 'polling' },
      isOdd: true,
    },
  ],
  switches: [],
};
