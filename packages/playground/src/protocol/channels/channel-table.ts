/** Every channel that a phone can show: one row each. `world/providers.ts` says how each one's provider is made. */
export { imessage } from './imessage.ts';
export { linkedin } from './linkedin.ts';
export { teams } from './teams.ts';
export { slack } from './slack.ts';
export { whatsapp } from './whatsapp.ts';
export { messenger } from './messenger.ts';
export { instagram } from './instagram.ts';
