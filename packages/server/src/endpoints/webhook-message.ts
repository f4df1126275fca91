import { Problem } from '../problems/problem.ts';

/**
 * What a vendor's webhook says: JSON, or the fields of a form.
 *
 * @throws Problem `invalid-request`, `wrong-content-type`.
 */
export function webhookMessage(text: string, contentType = 'application/json'): object {
  const [type = ''] = contentType.toLowerCase().split(';');
  switch (type.trim()) {
    case 'application/json':
      return parsed(text);
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(text));
    default:
      throw new Problem('wrong-content-type', {
        advice: 'Send application/json or application/x-www-form-urlencoded.',
      });
  }
}

function parsed(text: string): object {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message === 'object' && message !== null) return message;
  } catch {
    // Said below.
  }
  throw new Problem('invalid-request', { detail: 'The body is not a JSON object.' });
}
