/**
 * A moment before all others, in milliseconds. Not `-Infinity`: V8 keeps integers of 32 bits in the field itself, and
 * everything else in a box of 16 bytes, which a million sessions would feel.
 */
export const longAgoMs: number = -(2 ** 31);
