// oxlint-disable vitest/expect-expect -- `expectTypeOf` inside is an assertion, too.
import { createTyping } from '@typingkit/core';
import { describe, expectTypeOf, test } from 'vitest';
import { teams, type TeamsTarget } from '../src/index.ts';

const app = { appId: 'app', appPassword: 'secret' };

describe('a target', () => {
  test('is an id, and what the activity says of it', () => {
    const typing = createTyping({ channels: { teams: teams(app) } });
    expectTypeOf(typing.send<'teams'>)
      .parameter(1)
      .toEqualTypeOf<TeamsTarget>();
    void typing.send('teams', { conversationId: 'a:1' });
    // @ts-expect-error an address is no conversation
    void typing.send('teams', { serviceUrl: 'https://smba.trafficmanager.net/emea/' });
    // @ts-expect-error an id is a string
    void typing.send('teams', { conversationId: 42 });
  });
});

describe('the credential', () => {
  test('is a secret of an app, or a token', () => {
    teams({ accessToken: async () => Promise.resolve('token') });
    teams({ appId: 'app', appPassword: ({ conversationId }) => conversationId });
    // @ts-expect-error there is none
    teams({ appId: 'app' });
    // @ts-expect-error a secret of which app?
    teams({ appPassword: 'secret' });
    // @ts-expect-error which of them?
    teams({ ...app, accessToken: 'token' });
  });
});
