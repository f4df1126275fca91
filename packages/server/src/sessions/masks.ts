import { createHmac, randomBytes } from 'node:crypto';

/**
 * Names conversations without showing whose they are: the same name for the same conversation while this process lives, and
 * nobody can compute it from a phone number.
 */
export class Masks {
  readonly #key = randomBytes(32);

  of(channel: string, conversation: string): string {
    const mac = createHmac('sha256', this.#key).update(`${channel}\0${conversation}`);
    return mac.digest('base64url').slice(0, 12);
  }
}
