/**
 * A key, or where to get one. A function is asked before every request, so that keys can rotate; it should
 * remember a key for as long as that is good.
 *
 * Where it throws or returns no usable key, the call fails as `unauthenticated`, which suspends the credential. A
 * `TypingError` that it throws is passed on: say `unavailable` where the key could only not be fetched.
 */
export type ApiKey = string | (() => string | Promise<string>);

/** Whether a header can carry the key: visible ASCII, no blanks. */
export function isUsableKey(key: unknown): key is string {
  return typeof key === 'string' && /^[\x21-\x7e]+$/.test(key);
}
