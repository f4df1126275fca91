import 'reflect-metadata';

/**
 * Whether tsyringe can be loaded: it refuses to without a Reflect polyfill. Whoever imports this before it has one, also
 * in a bundle, where a module of our own keeps its place and one of CommonJS does not.
 */
export const isPolyfilled: boolean = 'getMetadata' in Reflect;
