import { Problem } from '../problems/problem.ts';

/**
 * What a body of JSON says.
 *
 * @throws Problem `wrong-content-type`, `invalid-request`.
 */
export function jsonBody(contentType: string | undefined, text: string): unknown {
  // Without this header the page of another site could send it.
  if (!/^application\/(?:[\w.+-]+\+)?json *(?:;|$)/i.test(contentType ?? ''))
    throw new Problem('wrong-content-type');
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid-request', { detail: 'The body is not valid JSON.' });
  }
}
