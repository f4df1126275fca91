import type { ChannelDescription } from '@typingkit/core';
import { choiceVariable } from 'typingkit/environment';

/** A channel that a simulator serves, and how to get there. */
export interface SimulatedChannel {
  readonly description: ChannelDescription;
  /**
   * Environment variables. The keys are the simulator's, and no secrets. Where several vendors of the channel are simulated,
   * one of them says which.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** The vendor's name in the simulator. */
  readonly vendorName: string;
  /** The id of a conversation that is there. */
  readonly conversation: string;
  /** The same, for the provider. */
  readonly target: Readonly<Record<string, unknown>>;
}

/** The channels whose vendors are simulated, each with a conversation: the first one there is, or else a new one. */
export async function simulatedChannels(
  channels: readonly ChannelDescription[],
  controlUrl: string,
): Promise<SimulatedChannel[]> {
  const vendors = objectIn(await answer(controlUrl), 'vendors');
  const served = channels.flatMap((description) => {
    const name = Object.keys(vendors).find((each) => isOf(objectIn(vendors, each), description));
    return name === undefined ? [] : [{ description, name }];
  });
  return Promise.all(
    served.map(async ({ description, name }): Promise<SimulatedChannel> => {
      const { channel, provider } = description;
      const isOneOfMany = served.filter((one) => one.description.channel === channel).length > 1;
      // The simulator answers texts here.
      const environment = objectIn(vendors, name)['environment'] as SimulatedChannel['environment'];
      const there = await conversation(controlUrl, name);
      return {
        description,
        vendorName: name,
        conversation: String(there['id']),
        environment: {
          ...environment,
          ...(isOneOfMany && { [choiceVariable(channel)]: provider }),
        },
        target: objectIn(there, 'target'),
      };
    }),
  );
}

/** Whether a simulated vendor is that of a provider: it may have another name, since one provider can serve several channels. */
function isOf(
  vendor: Readonly<Record<string, unknown>>,
  { channel, settings }: ChannelDescription,
): boolean {
  const variables = Object.keys(objectIn(vendor, 'environment'));
  const reads = settings.flatMap((setting) => setting.variables);
  return vendor['channel'] === channel && reads.some((name) => variables.includes(name));
}

async function conversation(
  controlUrl: string,
  vendor: string,
): Promise<Readonly<Record<string, unknown>>> {
  const url = `${controlUrl}/${vendor}/conversations`;
  const found = (await answer(url))['conversations'];
  const [first] = Array.isArray(found) ? found : [];
  return first ?? (await answer(url, 'POST'));
}

async function answer(url: string, method = 'GET'): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, { method });
  return response.json();
}

function objectIn(
  holder: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = holder[name];
  // The simulator answers an object where one is asked for.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
