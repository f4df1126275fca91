import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Whether two secrets are the same. How long it takes tells neither how much of one was guessed nor how long it is.
 */
export function isSameSecret(one: string, other: string): boolean {
  return isEqualInConstantTime(sha256(utf8ToBytes(one)), sha256(utf8ToBytes(other)));
}

/** The same for what has a length that is no secret. */
export function isEqualInConstantTime(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let index = 0; index < one.length; index += 1)
    difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
  return difference === 0;
}
