import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problems/problem.ts';

/** Checks the tokens of requests. */
export class Tokens {
  readonly #digests: readonly Buffer[];

  /** @param tokens several are valid at once, so that they can be rotated. None: every request is let in. */
  constructor(tokens: readonly string[]) {
    this.#digests = tokens.map(digest);
  }

  get areRequired(): boolean {
    return this.#digests.length > 0;
  }

  /**
   * How long it takes tells neither how much of a token was guessed nor which one it was.
   *
   * @param authorization the header.
   * @throws Problem `no-token`, `wrong-token`.
   */
  check(authorization: string | undefined): void {
    if (!this.areRequired) return;
    const [, token] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) throw new Problem('no-token');
    const given = digest(token);
    let matches = 0;
    for (const each of this.#digests) matches += timingSafeEqual(each, given) ? 1 : 0;
    if (matches === 0) throw new Problem('wrong-token');
  }
}

// All digests are of one length, as the comparison wants it, whatever the length of the tokens.
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
