// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { expectTypeOf, test } from 'vitest';
import { matrix, type MatrixTarget } from '../src/index.ts';

const baseUrl = 'https://matrix.example.org';
const typing = createTyping({ channels: { matrix: matrix({ baseUrl, accessToken: 'token' }) } });

test('a target is one room', () => {
  expectTypeOf(typing.send<'matrix'>)
    .parameter(1)
    .toEqualTypeOf<MatrixTarget>();
  // @ts-expect-error the vendor's own name is spelt otherwise
  void typing.send('matrix', { room_id: '!wefh3sfukhs:example.org' });
});

test('every homeserver has its own address', () => {
  // @ts-expect-error there is no production address
  matrix({ accessToken: 'token' });
});
