export { twilioAppleChannel, twilioWhatsAppChannel } from './twilio-channels.ts';
export {
  twilio,
  twilioAddress,
  type TwilioAddressOptions,
  type TwilioCredentials,
  type TwilioOptions,
} from './twilio.ts';
export type {
  TwilioAppleTarget,
  TwilioNetwork,
  TwilioTarget,
  TwilioTargets,
  TwilioWhatsAppTarget,
} from './target.ts';
