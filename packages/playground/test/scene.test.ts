import { expect, test } from 'vitest';
import { changedSettings } from '../src/protocol/changed-settings.ts';
import { changeOf, sceneOf } from '../src/protocol/scene.ts';
import { firstSettings, type SettingsChange } from '../src/protocol/settings.ts';
import { settingsChange } from '../src/server/requests.ts';

test('a scene that nobody has changed needs no address', () => {
  expect(sceneOf(firstSettings)).toBe('');
});

test.for<SettingsChange>([
  { speed: 5 },
  { bot: { thinkMs: 30_000, streams: true } },
  { phones: ['telegram', 'imessage'] },
  { chats: { imessage: 'sms' }, trouble: { linkedin: 'rate-limited' }, retryAfterSeconds: 20 },
  { switches: { imessage: { era: 'april' } } },
])('the address of %j sets the same scene again', (change) => {
  const settings = changedSettings(firstSettings, change);
  const read = settingsChange.parse(changeOf(sceneOf(settings)));
  expect(changedSettings(firstSettings, read)).toEqual(settings);
});

test('a scene that is paused is shared as one that runs', () => {
  expect(sceneOf({ ...firstSettings, isPaused: true })).toBe('');
});

test.for(['speed=fast', 'chats.imessage=loud', 'a.b.c=1', '__proto__.x=1'])(
  '%s is for the server to refuse, or to ignore',
  (query) => {
    const read = settingsChange.safeParse(changeOf(query));
    expect(read.success && Object.keys(read.data).length > 0).toBe(false);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  },
);
