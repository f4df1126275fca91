export { linqChannel } from './linq-channel.ts';
export { linq, type LinqOptions } from './linq.ts';
export type { LinqTarget } from './target.ts';
