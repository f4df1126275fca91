import { answerOf } from './problem.ts';
import { problemOf } from './problem-of-error.ts';

/** What a request that failed is answered. @param onInternalError gets what should never happen. */
export function answerError(error: unknown, onInternalError: (error: unknown) => void): Response {
  const document = problemOf(error);
  if (document.code === 'internal') onInternalError(error);
  return answerOf(document);
}
