import { createHash } from 'node:crypto';
import { Problem } from '../problems/problem.ts';
import { LastEntries } from './last-entries.ts';

/** How many answers are kept, and for how long: a client repeats itself within seconds. */
const mostKept = 50_000;
const keptForMs = 600_000;

interface Kept<Answer> {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  readonly atMs: number;
}

/** Gives a request that is repeated with the same key the first answer, so that it opens no second session. */
export class IdempotencyKeys<Answer> {
  readonly #kept = new LastEntries<Kept<Answer>>(mostKept);

  /**
   * @param request what makes two requests the same.
   * @param make what fails is not kept: the same key may be tried again.
   * @throws Problem `key-used-otherwise`.
   */
  async once(
    key: string | undefined,
    request: readonly string[],
    make: () => Promise<Answer>,
  ): Promise<{ readonly answer: Answer; readonly isRepeated: boolean }> {
    if (key === undefined) return { answer: await make(), isRepeated: false };
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('base64');
    const kept = this.#kept.get(key);
    if (kept && performance.now() - kept.atMs < keptForMs) {
      if (kept.fingerprint !== fingerprint) throw new Problem('key-used-otherwise');
      return { answer: await kept.answer, isRepeated: true };
    }
    const answer = make();
    this.#kept.set(key, { fingerprint, answer, atMs: performance.now() });
    try {
      return { answer: await answer, isRepeated: false };
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}
