import { describe, expect, it } from 'vitest';

import { withoutSecrets } from '../src/observing/without-secrets.ts';

const none = new Headers();

describe('A request in the log', () => {
  it.each([
    ['authorization', 'Bearer abc', 'Bearer [redacted]'],
    ['authorization', 'Bot abc def', 'Bot [redacted]'],
    ['authorization', 'abc', '[redacted]'],
    ['d360-api-key', 'abc', '[redacted]'],
    ['content-type', 'text/plain', 'text/plain'],
  ])('has %s: %s as %s', (name, value, expected) => {
    const places = { headers: ['d360-api-key'] };
    const { headers } = withoutSecrets('/', new Headers({ [name]: value }), '', places);
    expect(headers).toEqual({ [name]: expected });
  });

  it.each([
    ['token=abc&channel=C1', 'token=[redacted]&channel=C1'],
    ['channel=C1&token=abc', 'channel=C1&token=[redacted]'],
    ['{"token": "a\\"bc","x":"abc"}', '{"token": "[redacted]","x":"abc"}'],
    ['my_token=abc', 'my_token=abc'],
  ])('has the body %s as %s', (body, expected) => {
    expect(withoutSecrets('/', none, body, { fields: ['token'] }).body).toBe(expected);
  });

  it('has no key in its path and its query', () => {
    const places = { fields: ['password'], path: /(?<=\/bot)[^/]+/ };
    expect(withoutSecrets('/bot1:a/x?password=b&c=d', none, '', places).path).toBe(
      '/bot[redacted]/x?password=[redacted]&c=d',
    );
  });
});
