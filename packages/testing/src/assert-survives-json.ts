import { expect } from 'vitest';

/** That something is plain data. A field that is `undefined` is as good as none. */
export function assertSurvivesJson(value: object): void {
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
}
