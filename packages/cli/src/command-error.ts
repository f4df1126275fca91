/** A failure that is no channel's: a file that cannot be read, a port that is taken. Its message is a sentence for the user. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;
  /** What to do next, as a full sentence. */
  readonly advice: string;

  constructor(message: string, advice: string, exitCode: number) {
    super(message);
    this.advice = advice;
    this.exitCode = exitCode;
  }
}
