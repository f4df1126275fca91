import { describe, expect, test } from 'vitest';
import * as kit from 'typingkit';
import { environmentChannels, knownProviders } from 'typingkit';

const nameOf = ({ channel, provider }: kit.ChannelDescription): string => `${channel}/${provider}`;

test('the environment configures every channel of the list', () => {
  const channels = new Set(knownProviders.map(({ channel }) => channel));
  expect(Object.keys(environmentChannels)).toEqual([...channels]);
});

test('the list is sorted, and holds no provider twice', () => {
  const names = knownProviders.map(nameOf);
  expect(names).toEqual([...new Set(names)].toSorted());
});

describe.for(knownProviders)('the description of $channel by $vendor', (description) => {
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

  test('names a factory that typingkit exports', () => {
    expect(kit).toHaveProperty(description.factory, expect.any(Function));
  });

  test('marks what is an address, so that no file can send a key of the environment elsewhere', () => {
    const looksLikeAddress = /_(?:URL|HOSTS?|SERVICE|SITE|SERVER)$/;
    const unmarked = settings.filter(
      ({ variables, isAddress }) =>
        isAddress !== true && variables.some((name) => looksLikeAddress.test(name)),
    );
    expect(unmarked).toEqual([]);
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
