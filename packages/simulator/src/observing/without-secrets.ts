import type { SecretPlaces } from '../vendors/vendor.ts';

/** What of a request the log keeps. */
interface RequestText {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const REDACTED = '[redacted]';
const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key', 'x-linq-integration-token'];

/** A request without its keys. The scheme of an `Authorization` stays, so that a log still tells a token from something else. */
export function withoutSecrets(
  path: string,
  headers: Headers,
  body: string,
  places: SecretPlaces = {},
): RequestText {
  const secretHeaders = new Set([...SECRET_HEADERS, ...(places.headers ?? [])]);
  const loggable: Record<string, string> = {};
  for (const [name, value] of headers) {
    loggable[name] = secretHeaders.has(name)
      ? value.replace(/^(\w+\s)?.*$/s, `$1${REDACTED}`)
      : value;
  }
  const inPath = places.path === undefined ? path : path.replace(places.path, REDACTED);
  return {
    path: withoutFields(inPath, places.fields),
    headers: loggable,
    body: withoutFields(body, places.fields),
  };
}

/** Fields of a query or form, and string fields of JSON. */
function withoutFields(text: string, fields: readonly string[] = []): string {
  if (fields.length === 0) return text;
  const names = fields.join('|');
  return text
    .replace(new RegExp(`((?:^|[?&])(?:${names})=)[^&]*`, 'g'), `$1${REDACTED}`)
    .replace(new RegExp(`("(?:${names})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'g'), `$1"${REDACTED}"`);
}
