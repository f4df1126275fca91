/** Every channel that a phone can show: one row each. `world/providers.ts` says how each one's provider is made. */
export { discord } from './discord.ts';
export { imessage } from './imessage.ts';
export { instagram } from './instagram.ts';
export { linkedin } from './linkedin.ts';
export { messenger } from './messenger.ts';
export { slack } from './slack.ts';
export { teams } from './teams.ts';
export { telegram } from './telegram.ts';
export { whatsapp } from './whatsapp.ts';
