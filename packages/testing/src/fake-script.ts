import type { Diagnosis, StartReceipt } from '@typingkit/core';

/** What a fake provider can be asked for, and what it answers. */
interface FakeAnswers {
  readonly start: StartReceipt;
  readonly stop: undefined;
  readonly diagnose: Diagnosis;
}

export type FakeOperation = keyof FakeAnswers;

/** What one call does: answer, throw, or, with `undefined`, what it usually does. */
type Instruction<Answer> = (
  signal: AbortSignal | undefined,
) => Answer | undefined | Promise<undefined>;

/** Instructions for the next calls, in a queue for each operation. */
export interface FakeScript {
  /** Adds one instruction for each of the next `times` calls. */
  add<Operation extends FakeOperation>(
    operation: Operation,
    times: number | undefined,
    instruction: Instruction<FakeAnswers[Operation]>,
  ): void;
  /** Does what the next call is told to do. */
  follow<Operation extends FakeOperation>(
    operation: Operation,
    signal: AbortSignal | undefined,
  ): Promise<FakeAnswers[Operation] | undefined>;
  /** Waits until {@link FakeScript.release}, or until a signal is aborted. */
  hang(signal: AbortSignal | undefined): Promise<undefined>;
  release(this: void): void;
  clear(): void;
}

export function fakeScript(): FakeScript {
  const queues: { [Operation in FakeOperation]: Instruction<FakeAnswers[Operation]>[] } = {
    start: [],
    stop: [],
    diagnose: [],
  };
  const hanging = new Set<() => void>();

  return {
    add(operation, times = 1, instruction) {
      for (let time = 0; time < times; time += 1) queues[operation].push(instruction);
    },
    follow: async (operation, signal) => queues[operation].shift()?.(signal),
    hang: (signal) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          hanging.delete(settle);
          signal?.removeEventListener('abort', giveUp);
          resolve(undefined);
        };
        const giveUp = (): void => {
          hanging.delete(settle);
          reject(signal?.reason);
        };
        hanging.add(settle);
        signal?.addEventListener('abort', giveUp, { once: true });
      }),
    release() {
      for (const settle of hanging) settle();
    },
    clear() {
      for (const queue of Object.values(queues)) queue.length = 0;
    },
  };
}
