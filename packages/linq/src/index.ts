export { linq, type LinqOptions, type LinqTarget } from './linq.ts';
