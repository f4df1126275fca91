export { sendblueChannel } from './sendblue-channel.ts';
export {
  sendblue,
  sendblueAddress,
  type SendblueAddressOptions,
  type SendblueCredentials,
  type SendblueOptions,
} from './sendblue.ts';
export type { SendblueTarget } from './target.ts';
