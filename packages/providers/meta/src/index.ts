export type { GraphOptions } from './graph/graph-client.ts';
export { instagramChannel } from './instagram/instagram-channel.ts';
export {
  instagram,
  instagramAddress,
  type InstagramAddressOptions,
  type InstagramOptions,
  type InstagramTarget,
} from './instagram/instagram.ts';
export { messengerChannel } from './messenger/messenger-channel.ts';
export {
  messenger,
  messengerAddress,
  type MessengerAddressOptions,
  type MessengerOptions,
  type MessengerTarget,
} from './messenger/messenger.ts';
export type { WhatsAppService } from './whatsapp/service.ts';
export type { WhatsAppTarget } from './whatsapp/target.ts';
export { whatsappChannel } from './whatsapp/whatsapp-channel.ts';
export {
  whatsapp,
  whatsappAddress,
  type WhatsAppAddressOptions,
  type WhatsAppOptions,
} from './whatsapp/whatsapp.ts';
