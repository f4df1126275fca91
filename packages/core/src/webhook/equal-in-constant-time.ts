import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Whether two secrets are the same. How long it takes tells neither how much of one was guessed nor how long it is.
 */
export function isSameSecret(one: string, other: string): boolean {
  return isEqualInConstantTime(sha256(utf8ToBytes(one)), sha256(utf8ToBytes(other)));
}

function isEqualInConstantTime(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1)
    difference |= (one[index] ?? 0) ^ (other[index] ?? 0);
  return difference === 0;
}

const hexDigits = '0123456789abcdef';
const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Whether a text, from a place on, is some bytes in hex. Written out, because it is on the way of every request. */
export function isHexOf(text: string, from: number, bytes: Uint8Array): boolean {
  if (text.length - from !== 2 * bytes.length) return false;
  let difference = 0;
  let at = from;
  for (const byte of bytes) {
    difference |= text.charCodeAt(at) ^ hexDigits.charCodeAt(byte >> 4);
    difference |= text.charCodeAt(at + 1) ^ hexDigits.charCodeAt(byte & 15);
    at += 2;
  }
  return difference === 0;
}

/** The same in base64, in the one spelling that there is: with padding, and no bit set behind the end. */
export function isBase64Of(text: string, from: number, bytes: Uint8Array): boolean {
  if (text.length - from !== 4 * Math.ceil(bytes.length / 3)) return false;
  let difference = 0;
  let at = from;
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const three =
      ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let digit = 0; digit < 4; digit += 1) {
      const code =
        digit <= left ? base64Digits.charCodeAt((three >> (18 - 6 * digit)) & 63) : padding;
      difference |= text.charCodeAt(at) ^ code;
      at += 1;
    }
  }
  return difference === 0;
}

const padding = '='.charCodeAt(0);
