import { longestKey, textsIn } from './credential-source.ts';

/** Where a vendor wants its credential. */
export interface Authorization {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Between the base URL and the path of the request, beginning with a slash: `/bot123:ABC`. */
  readonly pathPrefix?: string | undefined;
  /** Encoded by the client. */
  readonly query?: Readonly<Record<string, string>> | undefined;
}

/** `Authorization: Bearer …`, where nothing else is said. */
export function bearer(token: unknown): Authorization {
  if (typeof token !== 'string') {
    throw new TypeError('a credential that is not a string needs an authorize function');
  }
  return { headers: { authorization: `Bearer ${token}` } };
}

/** `Authorization: Basic …`, for an `authorize` function. */
export function basic(user: string, password: string): Authorization {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return { headers: { authorization: `Basic ${btoa(binary)}` } };
}

/** Whether a credential stays where it was put: it opens no other path and adds no header. */
export function isHarmless(
  { headers = {}, pathPrefix = '' }: Authorization,
  credential: unknown,
): boolean {
  const texts = textsIn(credential);
  if (texts.some((text) => text.length > longestKey)) return false;
  if (Object.values(headers).some((value) => !/^[\x20-\x7e]*$/.test(value))) return false;
  if (pathPrefix === '') return true;
  // Where it is encoded, it is no longer in the path as it is.
  const escapes = texts.filter((text) => /[/\\?#%]/.test(text));
  if (escapes.some((text) => pathPrefix.includes(text))) return false;
  const segments = pathPrefix.split('/');
  return (
    /^\/[\w.~!$&'()*+,;=:@%/-]+$/.test(pathPrefix) &&
    !segments.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))
  );
}
