export type { UnipileTarget } from './target.ts';
export {
  unipile,
  unipileAddress,
  type UnipileAddressOptions,
  type UnipileOptions,
} from './unipile.ts';
export { unipileChannel } from './unipile-channel.ts';
