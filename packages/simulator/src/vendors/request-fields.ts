/** Fields by name. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields of a query and of a body that is a JSON object or a form; the body beats the query. What is not an object
 * has none.
 */
export function requestFields(query: URLSearchParams, contentType: string, body: string): Fields {
  return { ...Object.fromEntries(query), ...bodyFields(contentType, body) };
}

function bodyFields(contentType: string, body: string): Fields {
  if (body === '') return {};
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType))
    return Object.fromEntries(new URLSearchParams(body));
  const [, boundary] = /^multipart\/form-data\b.*\bboundary="?([^";]+)/i.exec(contentType) ?? [];
  if (boundary !== undefined) return partsOf(body, boundary);
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The fields of a form with parts; none is a file. */
function partsOf(body: string, boundary: string): Fields {
  const parts = body.split(`--${boundary}`).flatMap((part) => {
    const [, name, value] = /\bname="([^"]*)"[^]*?\r\n\r\n([^]*)\r\n$/.exec(part) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(parts);
}

/** `undefined` for a field that is missing, empty or neither a string nor a number. */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
