export { connectSafely, type ConnectSafelyOptions } from './connect-safely.ts';
export type { ConnectSafelyTarget } from './target.ts';
