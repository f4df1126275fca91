/**
 * Every phone: one row each, under the name of its channel, or of the vendor where the channel has several.
 * `world/providers.ts` says how each one's provider is made.
 */
export { apple } from './apple.ts';
export { bluebubbles } from './bluebubbles.ts';
export { discord } from './discord.ts';
export { imessage } from './imessage.ts';
export { instagram } from './instagram.ts';
export { line } from './line.ts';
export { linkedin } from './linkedin.ts';
export { matrix } from './matrix.ts';
export { mattermost } from './mattermost.ts';
export { messenger } from './messenger.ts';
export { sendblue } from './sendblue.ts';
export { signal } from './signal.ts';
export { slack } from './slack.ts';
export { teams } from './teams.ts';
export { telegram } from './telegram.ts';
export { twilio } from './twilio.ts';
export { unipile } from './unipile.ts';
export { whatsapp } from './whatsapp.ts';
export { zulip } from './zulip.ts';
