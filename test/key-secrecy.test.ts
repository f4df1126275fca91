import { createTyping, TypingError, type TypingProvider } from '@typingkit/core';
import {
  type Fault,
  type SimulatedVendor,
  type Simulator,
  startSimulator,
} from '@typingkit/simulator';
import { type ChannelDescription, knownProviders } from 'typingkit';
import { providerFrom } from 'typingkit/environment';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { notSimulated } from '../scripts/keep-alive-costs.ts';
import { spellingsOf } from '../packages/testing/src/spellings-of.ts';
import { collectPrints, type Prints } from './key-secrecy/prints.ts';
import { provoke, type Provoked } from './key-secrecy/provoke.ts';

/** What stands behind the colon of a bot's token, or in the place of a key: long, and different in every spelling. */
const keyText = 'Sim-Key_7qXw2Lk9ZtB4vRn8PdYs';
const wrongKeyText = 'Wrong-Key_3mHc6JfA1uEo5GiTxKvW';

const providers = knownProviders
  // Signal's server knows no key.
  .filter(({ settings }) => settings.some(({ isSecret }) => isSecret))
  // Those have such a test of their own.
  .filter(({ provider }) => !Object.hasOwn(notSimulated, provider))
  .map((description) => [`${description.channel}/${description.provider}`, description] as const);

let simulator: Simulator;
let consolePrints: Prints;
/** What went out in `Authorization`: keys, and tokens that were fetched with one. */
const credentials = new Set<string>();

beforeAll(async () => {
  simulator = await startSimulator();
  for (const [, description] of providers) {
    vendorOf(description).configure({ apiKeys: [asKey(description, keyText)] });
  }
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (...request: Parameters<typeof fetch>) => {
    const { headers } = new Request(...request);
    const [, credential] = /^\w+ (\S{16,})$/.exec(headers.get('authorization') ?? '') ?? [];
    if (credential !== undefined) credentials.add(credential);
    return fetch(...request);
  });
  consolePrints = collectPrints();
  consolePrints.hearConsole();
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await simulator.close();
});

/** A text as the key that a vendor gives out. */
function asKey({ channel }: ChannelDescription, text: string): string {
  return channel === 'telegram' ? `424242:${text}` : text;
}

function vendorOf({ channel, provider, settings }: ChannelDescription): SimulatedVendor {
  const variables = new Set(settings.flatMap((setting) => setting.variables));
  const vendors: readonly SimulatedVendor[] = Object.values(simulator.vendors);
  const vendor = vendors.find(
    (one) =>
      one.channel === channel && Object.keys(one.environment).some((name) => variables.has(name)),
  );
  if (vendor === undefined) throw new Error(`Nobody simulates ${channel}/${provider}.`);
  return vendor;
}

type Environment = ReadonlyMap<string, string>;

/** What points a provider at its vendor, with some of the settings changed. */
function environmentOf(
  description: ChannelDescription,
  change: (isSecret: boolean, value: string) => string = (_, value) => value,
): Environment {
  const secrets = description.settings.filter(({ isSecret }) => isSecret);
  const names = new Set(secrets.flatMap(({ variables }) => variables));
  const entries = Object.entries(vendorOf(description).environment);
  return new Map(entries.map(([name, value]) => [name, change(names.has(name), value)]));
}

function providerOf(description: ChannelDescription, environment: Environment): TypingProvider {
  return providerFrom(description, {
    read: (variable) => environment.get(variable),
    where: 'nowhere',
    howToSet: () => 'The simulator says it.',
  });
}

/** What is asked once there is a token. */
const afterToken = ['start', 'stop', 'question'] as const;

/** What a network and a vendor can do with any request. The quotes have the key in the shapes in which vendors refuse. */
function troublesWith(key: string): (readonly [string, Fault])[] {
  const quote = spellingsOf(key).join(' ');
  const said = { message: quote, description: quote, details: quote, code: key, type: key };
  const quotes = {
    flat: { ...said, success: false, error: quote, error_description: quote, trace_id: key },
    nested: {
      error: { ...said, code: 100, error_data: { details: quote }, fbtrace_id: key },
      trace_id: key,
    },
    'in words': { ok: false, error: key, needed: key, error_code: 400, description: quote },
  };
  return [
    ['a reset', { kind: 'reset' }],
    ['a reset in the body', { kind: 'reset', when: 'mid-body' }],
    ['no answer', { kind: 'hang' }],
    ['an answer byte by byte', { kind: 'drip' }],
    ["a proxy's page", { kind: 'html' }],
    ['half a document', { kind: 'truncated-json' }],
    ['too much of it', { kind: 'oversize' }],
    ['no body', { kind: 'empty', status: 201 }],
    ['a redirect', { kind: 'redirect', location: `https://example.com/?key=${key}` }],
    ...Object.entries(quotes).flatMap(([shape, body]) =>
      [200, 400, 401, 500].map((status): readonly [string, Fault] => [
        `a ${status} that quotes the key, ${shape}`,
        { kind: 'status', status, body, headers: { 'x-trace-id': key } },
      ]),
    ),
  ];
}

/** Longer than any answer takes. */
const patienceMs = 20_000;

describe.concurrent('A key is in no error, event, log or URL', () => {
  test.for(providers)('of %s', { timeout: 180_000 }, async ([, description]) => {
    const prints = collectPrints();
    const situations = await failInEveryWay(description, prints);
    await useWrongKey(description, prints);
    const requests = simulator.requests({ vendor: vendorOf(description).name });
    prints.keep('the log of the simulator', requests);
    await misplaceKey(description, prints);
    expect(prints.size).toBeGreaterThan(8 * situations);
    expect(prints.revealing([keyText, wrongKeyText, ...credentials])).toEqual([]);
  });
});

/** Every documented failure, and what else can happen on a network. Answers how many there were. */
async function failInEveryWay(description: ChannelDescription, prints: Prints): Promise<number> {
  const { channel } = description;
  const vendor = vendorOf(description);
  const { target, id } = vendor.createConversation();
  vendor.receiveMessage(id);
  const subject = (): Provoked => {
    return { channel, provider: providerOf(description, environmentOf(description)), target };
  };

  expect([...(await provoke(subject(), 'all is well', prints, patienceMs))]).toEqual([]);
  // Where a token is fetched first and that fails, nothing else is asked.
  const isTokenFetched = simulator
    .requests({ vendor: vendor.name })
    .some(({ intent }) => intent === null);
  const documented = vendor.failures.flatMap((failure) => {
    const fault: Fault = { kind: 'failure', vendor: vendor.name, failure };
    const later = isTokenFetched ? [{ ...fault, intents: afterToken }] : [];
    return [fault, ...later].map((one): readonly [string, Fault] => [failure, one]);
  });
  const all = [...documented, ...troublesWith(asKey(description, keyText))];
  for (const [situation, fault] of all) {
    const faultId = simulator.faults.add({ ...fault, vendor: vendor.name, times: 'forever' });
    const codes = await provoke(subject(), situation, prints);
    simulator.faults.remove(faultId);
    // A 200 is all that Discord wants to see.
    const isTaken = fault.kind === 'status' && fault.status === 200;
    expect(codes.size > 0 || isTaken, `${situation} is told`).toBe(true);
  }
  return all.length;
}

async function useWrongKey(description: ChannelDescription, prints: Prints): Promise<void> {
  const { channel } = description;
  const { target } = vendorOf(description).createConversation();
  const environment = environmentOf(description, (isSecret, value) =>
    isSecret ? asKey(description, wrongKeyText) : value,
  );
  const provider = providerOf(description, environment);
  const codes = await provoke({ channel, provider, target }, 'a wrong key', prints, patienceMs);
  expect(codes).toContain('unauthenticated');
}

/** The key in settings and targets where it does not belong. */
async function misplaceKey(description: ChannelDescription, prints: Prints): Promise<void> {
  const { channel, targetFields } = description;
  const { target } = vendorOf(description).createConversation();
  const badKeys = [`${keyText}\n${keyText}`, `${keyText} ü`, ` ${keyText}/../`];
  const badAddresses = [`https://${keyText}@example.com`, `http://example.com?key=${keyText}`];
  const environments = [
    ...badKeys.map((key) => environmentOf(description, (isSecret, old) => (isSecret ? key : old))),
    ...badAddresses.map((url) =>
      environmentOf(description, (isSecret, old) => (isSecret ? old : url)),
    ),
  ];
  for (const environment of environments) {
    try {
      const made = providerOf(description, environment);
      await provoke({ channel, provider: made, target }, 'a bad setting', prints);
    } catch (error) {
      prints.keep('an error of a bad setting', error);
    }
  }

  // An id is no secret, whatever it is: the events of a session have it. What is refused is quoted nowhere.
  const typing = createTyping({
    channels: { [channel]: providerOf(description, environmentOf(description)) },
  });
  const invalid = targetFields.flatMap(({ name }) => [
    { ...Object(target), [name]: keyText },
    { ...Object(target), [name]: { [keyText]: keyText } },
  ]);
  for (const one of [keyText, [keyText], ...invalid]) {
    for (const verb of [typing.send, typing.stop, typing.diagnose]) {
      await verb(channel, one, { timeoutMs: 400 }).catch((error: unknown) => {
        prints.keep('an error of a bad target', error);
      });
    }
  }
  await expect(typing.send(channel, keyText)).rejects.toMatchObject({ code: 'invalid-target' });
  await typing.close();
}

test('All of this printed no key on the console', () => {
  expect(credentials).toContain(keyText);
  // The token of Teams.
  expect([...credentials].join(' ')).toMatch(/\beyJ/);
  expect(consolePrints.revealing([keyText, wrongKeyText, ...credentials])).toEqual([]);
});

describe('A key is found', () => {
  const url = `https://vendor.example/${keyText}/typing`;
  const refusal = (reason: string): TypingError => new TypingError({ code: 'rejected', reason });
  const failing = (reason: string) => (): Promise<never> => Promise.reject(refusal(reason));

  test.for<[string, TypingProvider['start']]>([
    ['the message of an error', failing(`POST ${url} failed`)],
    ['base64', failing(`Basic ${Buffer.from(`user:${keyText}`).toString('base64')} failed`)],
    ['a URL, percent-encoded', failing(`POST ${percentEncoded(keyText)} failed`)],
    ['a receipt', () => Promise.resolve({ vendor: { url } })],
    [
      'what it says on the console',
      () => {
        console.warn('POST %s', url);
        return Promise.resolve({});
      },
    ],
  ])('where a provider has it in %s', async ([, start]) => {
    const linq = providers.find(([name]) => name === 'imessage/linq');
    if (!linq) throw new Error('Linq is gone.');
    const [, description] = linq;
    const { target } = vendorOf(description).createConversation();
    const provider = { ...providerOf(description, environmentOf(description)), start };
    const prints = collectPrints();
    prints.hearConsole();
    await provoke({ channel: 'imessage', provider, target }, 'it leaks', prints);
    expect(prints.revealing([keyText])).not.toEqual([]);
  });

  test.for<[string, unknown]>([
    ['its cause', new Error('It failed', { cause: new Error(url) })],
    ['a field', Object.assign(refusal('It failed'), { request: { url } })],
    ['a field that is not listed', Object.defineProperty(refusal(''), 'request', { value: url })],
    ['its stack', Object.assign(refusal('It failed'), { stack: `at ${url}` })],
    ['what it is as JSON', Object.assign(refusal('It failed'), { toJSON: () => ({ url }) })],
  ])('where an error has it in %s', ([, error]) => {
    const prints = collectPrints();
    prints.keep('an error', error);
    expect(prints.revealing([keyText])).toEqual(['an error']);
  });
});

function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
}
