export { lineChannel } from './line-channel.ts';
export { line, lineAddress, type LineAddressOptions, type LineOptions } from './line.ts';
export type { LineGroup, LinePerson, LineRoom, LineTarget } from './target.ts';
