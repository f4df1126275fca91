import assert from 'node:assert/strict';
import { TypingError } from '@typingkit/core';

// Taken before a test can replace them: the suite itself must not stand still with a fake clock.
const { setTimeout, clearTimeout, setImmediate } = globalThis;

const guardMs = 4_000;

/** The value of a promise; fails where it does not settle soon. */
export async function settled<T>(promise: Promise<T>, what = 'the call'): Promise<T> {
  let guard: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const message = `${what} has not settled after ${guardMs} ms`;
    guard = setTimeout(() => reject(new assert.AssertionError({ message })), guardMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(guard);
  }
}

/** What a promise rejects with; fails where it resolves, or does not settle soon. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await settled(
    promise.then(
      () => ({ rejected: false, reason: undefined }),
      (reason: unknown) => ({ rejected: true, reason }),
    ),
  );
  assert(outcome.rejected, 'the call succeeded, but the vendor did not accept it');
  return outcome.reason;
}

/** What a promise rejects with; fails where that is no `TypingError`. */
export async function failureOf(promise: Promise<unknown>): Promise<TypingError> {
  const reason = await rejectionOf(promise);
  assert(TypingError.isInstance(reason), `the call threw something that is no TypingError`);
  return reason;
}

/** What a function throws; fails where it throws nothing, or something that is no `TypingError`. */
export function thrownBy(run: () => unknown, what: string): TypingError {
  try {
    run();
  } catch (error) {
    assert(TypingError.isInstance(error), `${what}: threw something that is no TypingError`);
    return error;
  }
  assert.fail(`${what}: was accepted`);
}

/** Gives the sockets and the promises of this process a turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Asks again, turn by turn, until something is true or `withinMs` have passed. */
export async function becomesTrue(isTrue: () => boolean, withinMs: number): Promise<boolean> {
  const endsAt = performance.now() + withinMs;
  while (!isTrue()) {
    if (performance.now() > endsAt) return false;
    await nextTurn();
  }
  return true;
}
