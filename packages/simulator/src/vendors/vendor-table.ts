/** Every vendor that is simulated: one row each, which is the whole of what the rest of the simulator knows of it. */
export { bluebubbles } from './bluebubbles/bluebubbles.ts';
export { connectsafely } from './connectsafely/connectsafely.ts';
export { discord } from './discord/discord.ts';
export { instagram } from './meta/instagram.ts';
export { line } from './line/line.ts';
export { linq } from './linq/linq.ts';
export { matrix } from './matrix/matrix.ts';
export { mattermost } from './mattermost/mattermost.ts';
export { messenger } from './meta/messenger.ts';
export { sendblue } from './sendblue/sendblue.ts';
export { signal } from './signal/signal.ts';
export { slack } from './slack/slack.ts';
export { teams } from './teams/teams.ts';
export { telegram } from './telegram/telegram.ts';
export { unipile } from './unipile/unipile.ts';
export { twilio, twilioApple } from './twilio/twilio.ts';
export { whatsapp } from './meta/whatsapp.ts';
export { zulip } from './zulip/zulip.ts';
