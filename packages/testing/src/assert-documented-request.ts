import assert from 'node:assert/strict';
import { expect } from 'vitest';
import { type ConformanceContext, pathOf } from './conformance-case.ts';
import type { SingleExchange } from './operation.ts';
import { requestOf } from './requests-made.ts';

/** That an operation sends what the facts say: method, path, headers and body. */
export async function assertDocumentedRequest(
  context: ConformanceContext,
  operation: SingleExchange,
): Promise<void> {
  const { exchange, name } = operation;
  const request = await requestOf(context, operation);
  const { method, json, form, headers = {} } = exchange;
  assert.equal(`${request.method} of a ${name}`, `${method} of a ${name}`);
  expect(request.path, 'the path').toEqual(pathOf(exchange, context.credential));
  expect(request.headers).toMatchObject(headers);
  const type = request.headers['content-type'] ?? '';
  if (json !== undefined) {
    assert.match(type, /^application\/json\b/, 'the content type');
    expect(JSON.parse(request.body), 'the body').toEqual(json);
  } else if (form) {
    assert.match(type, /^application\/x-www-form-urlencoded\b/, 'the content type');
    expect(Object.fromEntries(new URLSearchParams(request.body)), 'the body').toEqual(form);
  } else {
    assert.equal(request.body, '', 'the body');
  }
}
