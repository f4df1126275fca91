import { describe, expect, test } from 'vitest';
import { defaultChannels } from '../src/default-channels.ts';
import { knownChannels } from '../src/known-channels.ts';

test('there is a description of every channel that the plain functions serve', () => {
  expect(knownChannels.map(({ channel }) => channel)).toEqual(Object.keys(defaultChannels));
});

describe.for(knownChannels)('the description of $channel', (description) => {
  const { targetFields, settings } = description;
  const provider = description.create({ apiKey: 'sk_1' });
  const exampleOf = (fields: typeof targetFields): unknown =>
    Object.fromEntries(fields.map(({ name, example }) => [name, example]));

  function isTarget(input: unknown): boolean {
    try {
      provider.parseTarget(input);
      return true;
    } catch {
      return false;
    }
  }

  test('is of the provider that it makes', () => {
    expect(provider.name).toBe(description.provider);
  });

  test('has examples that the provider accepts', () => {
    expect(provider.parseTarget(exampleOf(targetFields))).toEqual(exampleOf(targetFields));
  });

  test('calls optional what the provider can do without, and nothing else', () => {
    const missed = targetFields.filter((field) => {
      const without = exampleOf(targetFields.filter((each) => each !== field));
      return !isTarget(without);
    });
    expect(missed).toEqual(targetFields.filter(({ isOptional }) => !isOptional));
  });

  test('says what is secret, and what the provider cannot do without', () => {
    const [key, ...others] = settings;
    expect(key).toMatchObject({ name: 'apiKey', isRequired: true, isSecret: true });
    expect(others.every(({ isRequired, isSecret }) => !isRequired && !isSecret)).toBe(true);
  });

  test.for(settings.filter(({ name }) => name !== 'apiKey'))(
    'hands on its setting $name',
    ({ name }) => {
      // No text is both an account and a URL, so a wrong one is refused by the option that it reached.
      expect(() => description.create({ apiKey: 'sk_1', [name]: '\n' })).toThrow(name);
    },
  );
});
