export type { GraphOptions } from './graph/graph-client.ts';
export { whatsappChannel } from './whatsapp/whatsapp-channel.ts';
export {
  whatsapp,
  whatsappAddress,
  type WhatsAppAddressOptions,
  type WhatsAppOptions,
} from './whatsapp/whatsapp.ts';
export type { WhatsAppService } from './whatsapp/service.ts';
export type { WhatsAppTarget } from './whatsapp/target.ts';
