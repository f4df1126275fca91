import { createTyping } from '@typingkit/core';
import { type SimulatedVendor, startSimulator } from '@typingkit/simulator';
import { virtualClock } from '@typingkit/testing';
import { type ChannelDescription, knownProviders } from 'typingkit';
import { providerFrom } from 'typingkit/environment';

/** What it costs to keep an indicator up for a minute. */
export interface KeepAliveCost {
  readonly description: ChannelDescription;
  /** When a start reached the vendor, in milliseconds from the first one on. */
  readonly startsAtMs: readonly number[];
  /** Whatever else was asked for it, such as a token. */
  readonly otherRequests: number;
}

/** Providers whose vendors cannot be simulated over HTTP, by name, and why they need not be. */
export const notSimulated: Readonly<Record<string, string>> = {
  xmpp: 'it holds a connection, and its tests run against a real Prosody',
};

const minuteMs = 60_000;
/** A divisor of every cadence there is. */
const tickMs = 50;

/**
 * Keeps an indicator up for a minute on every channel whose vendor is simulated, and counts what goes over the wire. Sessions
 * go by a clock that is pushed forward, and without jitter: with it a count would be a matter of luck.
 */
export async function keepAliveCosts(): Promise<KeepAliveCost[]> {
  await using simulator = await startSimulator({ speed: 0 });
  const vendors: readonly SimulatedVendor[] = Object.values(simulator.vendors);
  const costs: KeepAliveCost[] = [];
  for (const description of knownProviders) {
    const vendor = vendors.find((one) => isOf(one, description));
    if (!vendor) continue;
    simulator.forgetRequests();
    const startedAtMs = simulator.clock.now();
    await keepForAMinute(description, vendor, (ms) => simulator.clock.advance(ms));
    const requests = simulator.requests({ vendor: vendor.name });
    const starts = requests.filter(({ intent }) => intent === 'start');
    costs.push({
      description,
      startsAtMs: starts.map(({ atMs }) => atMs - startedAtMs),
      otherRequests: requests.length - starts.length,
    });
  }
  return costs;
}

function isOf({ channel, environment }: SimulatedVendor, description: ChannelDescription): boolean {
  const variables = new Set(description.settings.flatMap((setting) => setting.variables));
  return (
    channel === description.channel && Object.keys(environment).some((name) => variables.has(name))
  );
}

async function keepForAMinute(
  description: ChannelDescription,
  vendor: SimulatedVendor,
  advance: (ms: number) => void,
): Promise<void> {
  const { channel } = description;
  const provider = providerFrom(description, {
    read: (variable) => vendor.environment[variable],
    where: 'nowhere',
    howToSet: () => 'The simulator says it.',
  });
  const starts: Promise<unknown>[] = [];
  const watched: typeof provider = {
    ...provider,
    start(...call) {
      const start = provider.start(...call);
      starts.push(start);
      return start;
    },
  };
  const clock = virtualClock();
  const typing = createTyping({ channels: { [channel]: watched }, clock, random: () => 0 });
  const conversation = vendor.createConversation();
  vendor.receiveMessage(conversation.id);
  const session = typing.keep(channel, conversation.target, { idleTimeoutMs: 2 * minuteMs });
  for (let atMs = 0; atMs < minuteMs; atMs += tickMs) {
    await clock.advance(atMs === 0 ? 0 : tickMs);
    if (atMs > 0) advance(tickMs);
    // Real requests over real sockets: the clocks stand still until they are answered.
    await Promise.all(starts);
    await clock.advance(0);
  }
  if (session.error) throw session.error;
  // What the stop sends is not part of the minute.
  void typing.close({ deadlineMs: 0 });
}
