import { describe, expect, test } from 'vitest';
import * as kit from 'typingkit';
import { environmentChannels, knownProviders } from 'typingkit';

const nameOf = ({ channel, provider }: kit.ChannelDescription): string => `${channel}/${provider}`;

test('the environment configures every channel of the list', () => {
  const channels = new Set(knownProviders.map(({ channel }) => channel));
  expect(Object.keys(environmentChannels)).toEqual([...channels]);
});

test('the list is sorted by channel, and holds no provider twice', () => {
  const channels = knownProviders.map(({ channel }) => channel);
  expect(channels).toEqual(channels.toSorted());
  const names = knownProviders.map(nameOf);
  expect(names).toEqual([...new Set(names)]);
});

test('of the vendors of a channel, the one that the documentation shows comes first', () => {
  const vendorsOf = (name: string): string[] =>
    knownProviders.filter(({ channel }) => channel === name).map(({ provider }) => provider);
  expect(vendorsOf('imessage')).toEqual(['linq', 'sendblue', 'bluebubbles']);
  expect(vendorsOf('linkedin')).toEqual(['connectsafely', 'unipile']);
  expect(vendorsOf('whatsapp').at(-1)).toBe('twilio');
});

/** Values that a provider accepts, for the settings that it cannot do without. */
function examplesOf({ settings }: kit.ChannelDescription): Record<string, string> {
  const required = settings.filter(({ isRequired }) => isRequired);
  return Object.fromEntries(
    required.map(({ name, example, isAddress }) => [
      name,
      example ?? (isAddress === true ? 'https://vendor.example' : '12345'),
    ]),
  );
}

describe.for(knownProviders)('the description of $channel by $vendor', (description) => {
  const { targetFields, settings } = description;
  const address = description.address({});
  const exampleOf = (fields: typeof targetFields): unknown =>
    Object.fromEntries(fields.map(({ name, example }) => [name, example]));

  function isTarget(input: unknown): boolean {
    try {
      address.parseTarget(input);
      return true;
    } catch {
      return false;
    }
  }

  test('is of the provider that it makes', () => {
    const provider = description.create(examplesOf(description));
    expect(provider.name).toBe(description.provider);
    expect(provider.capabilities).toEqual(address.capabilities);
    expect(address).not.toHaveProperty('start');
  });

  test('names a factory that typingkit exports, and its address', () => {
    expect(kit).toHaveProperty(description.factory, expect.any(Function));
    expect(kit).toHaveProperty(`${description.factory}Address`, expect.any(Function));
  });

  test('marks what is an address, so that no file can send a key of the environment elsewhere', () => {
    const looksLikeAddress = /_(?:URL|HOSTS?|SERVICE|SITE|SERVER)$/;
    const unmarked = settings.filter(
      ({ variables, isAddress }) =>
        isAddress !== true && variables.some((name) => looksLikeAddress.test(name)),
    );
    expect(unmarked).toEqual([]);
  });

  test('marks what is secret', () => {
    const looksSecret = /(?:KEY|TOKEN|PASSWORD|SECRET)$/i;
    const unmarked = settings.filter(
      ({ variables, isSecret }) => !isSecret && variables.some((name) => looksSecret.test(name)),
    );
    expect(unmarked).toEqual([]);
  });

  test('has examples that the provider accepts, as texts', () => {
    expect(isTarget(exampleOf(targetFields))).toBe(true);
  });

  test('calls optional what the provider can do without, and nothing else', () => {
    const missed = targetFields.filter((field) => {
      const without = exampleOf(targetFields.filter((each) => each !== field));
      return !isTarget(without);
    });
    expect(missed).toEqual(targetFields.filter(({ isOptional }) => !isOptional));
  });

  test('is told in the environment what the provider cannot do without', () => {
    const examples = examplesOf(description);
    for (const name of Object.keys(examples))
      expect(() => description.create({ ...examples, [name]: undefined })).toThrow();
  });

  test.for(settings.filter(({ isRequired, isSecret }) => !isRequired && !isSecret))(
    'hands on its setting $name',
    ({ name }) => {
      // No text is both an account and a URL, so a wrong one is refused by the option that it reached.
      const values = { ...examplesOf(description), [name]: '\n' };
      expect(() => description.create(values)).toThrow(name);
    },
  );
});
