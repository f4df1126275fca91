import type { ChannelDescription } from '@typingkit/core';

/** A channel that a simulator serves, and how to get there. */
export interface SimulatedChannel {
  readonly description: ChannelDescription;
  /** Environment variables. The keys are the simulator's, and no secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** A conversation that is there. */
  readonly target: Readonly<Record<string, unknown>>;
}

/** Where each simulated vendor keeps its conversations, and what the list is called. */
const conversations: Readonly<Record<string, readonly [path: string, list: string]>> = {
  linq: ['linq/chats', 'chats'],
  connectsafely: ['connectsafely/conversations', 'conversations'],
};

/** The channels whose vendors are simulated, each with a conversation: the first one there is, or else a new one. */
export async function simulatedChannels(
  channels: readonly ChannelDescription[],
  controlUrl: string,
): Promise<SimulatedChannel[]> {
  const vendors = await answer(controlUrl);
  const served = channels.filter(({ provider }) => provider in conversations);
  return Promise.all(
    served.map(async (description): Promise<SimulatedChannel> => {
      const { provider, settings, targetFields } = description;
      const given = objectIn(vendors, provider);
      const known = settings.flatMap(({ name, variables: [variable] }): [string, string][] =>
        typeof given[name] === 'string' ? [[variable, given[name]]] : [],
      );
      const found = await conversation(controlUrl, provider);
      const fields = targetFields.filter(({ isOptional }) => !isOptional);
      return {
        description,
        environment: Object.fromEntries(known),
        target: Object.fromEntries(fields.map(({ name }) => [name, found[name]])),
      };
    }),
  );
}

async function conversation(
  controlUrl: string,
  provider: string,
): Promise<Readonly<Record<string, unknown>>> {
  const [path, list] = conversations[provider] ?? [];
  const url = `${controlUrl}/${path}`;
  const found = (await answer(url))[list ?? ''];
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
  // The simulator answers an object for each of its vendors.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
