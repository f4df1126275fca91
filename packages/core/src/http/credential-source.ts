/**
 * What a vendor knows us by, or where to get it: a string, an object of the adapter's own, or a function that returns one.
 *
 * A function is asked once for every request, with the target, so that keys can rotate and one bot can have a token for
 * each team or page. It should remember a key for as long as that is good. The time that it takes counts towards
 * `timeoutMs`. Where it throws, the call fails as `unavailable`, which suspends nothing and may be tried again; a
 * `TypingError` that it throws is passed on. Where it returns something that cannot be a credential, the call fails as
 * `unauthenticated`.
 */
export type CredentialSource<Credential = string, Target = unknown> =
  | Credential
  | ((target: Target) => Credential | Promise<Credential>);

/** As many characters as a key may have. */
export const longestKey = 4_096;

/** Whether a header can carry the key: visible ASCII, no blanks. */
export function isUsableKey(key: unknown): key is string {
  return typeof key === 'string' && key.length <= longestKey && /^[\x21-\x7e]+$/.test(key);
}

/** Every string in a value, and every number as a string: the parts of a credential, the ids in a target. */
export function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  collectTexts(value, texts, 0);
  return texts;
}

function collectTexts(value: unknown, into: string[], depth: number): void {
  if (typeof value === 'string') into.push(value);
  else if (typeof value === 'number' || typeof value === 'bigint') into.push(String(value));
  else if (typeof value === 'object' && value !== null && depth < 5) {
    for (const inner of Object.values(value)) collectTexts(inner, into, depth + 1);
  }
}
