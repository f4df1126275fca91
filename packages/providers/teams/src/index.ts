export type { TeamsTarget } from './target.ts';
export { teamsChannel } from './teams-channel.ts';
export { teams, teamsAddress, type TeamsAddressOptions, type TeamsOptions } from './teams.ts';
