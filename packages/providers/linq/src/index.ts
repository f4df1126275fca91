export { linqChannel } from './linq-channel.ts';
export { linq, linqAddress, type LinqAddressOptions, type LinqOptions } from './linq.ts';
export type { LinqTarget } from './target.ts';
