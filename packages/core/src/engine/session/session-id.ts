const bytes = 16;

/**
 * A name that nobody else has and nobody can guess: 128 random bits as hexadecimal digits.
 *
 * Not `crypto.randomUUID()`, which browsers only have on secure pages.
 */
export function newSessionId(): string {
  let id = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(bytes))) {
    id += byte.toString(16).padStart(2, '0');
  }
  return id;
}
