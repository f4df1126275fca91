export {
  bluebubbles,
  bluebubblesAddress,
  type BlueBubblesAddressOptions,
  type BlueBubblesOptions,
} from './bluebubbles.ts';
export { bluebubblesChannel } from './bluebubbles-channel.ts';
export type { BlueBubblesTarget } from './target.ts';
