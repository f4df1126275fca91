import type { InboundOptions, ListenOptions, UntilIdleOptions } from '../api/inbound.ts';
import type { InboundEvent, InboundTyping, StopRequest } from '../contract/inbound-event.ts';
import type { ProviderAddress } from '../contract/provider-address.ts';
import { TypingError } from '../contract/typing-error.ts';
import { checkInbound, checkListener } from '../inbound/check-inbound.ts';
import { InboundHub } from '../inbound/inbound-hub.ts';
import { readingOf } from '../inbound/inbound-reader.ts';
import { untilIdle } from '../inbound/until-idle.ts';
import type { Channel } from './channel/channel.ts';
import type { EngineContext } from './engine-context.ts';
import { safeObserver } from './safe-callbacks.ts';
import { ignored } from './ignored.ts';

const defaultCapacity = 256;
const defaultQuietMs = 2_000;
const defaultPatienceMs = 30_000;
/** Of how many requests to stop it is known that they were there before. Platforms send an event again. */
const mostStopRequests = 1_000;

/** Gets the events of a channel, or of all of them. */
export type InboundListener = (event: InboundTyping) => unknown;

/** What a `Typing` says about those at the other end. */
export class InboundVerbs {
  readonly #engine: EngineContext;
  readonly #channelOf: (name: string) => Channel;
  readonly #hub: InboundHub;
  /** The oldest first. */
  readonly #stopRequests = new Set<string>();

  /** @param channelOf throws where there is no such channel. */
  constructor(engine: EngineContext, channelOf: (name: string) => Channel) {
    this.#engine = engine;
    this.#channelOf = channelOf;
    this.#hub = new InboundHub(engine.clock, engine.wheel);
  }

  targetsIn(name: string, message: unknown): readonly unknown[] {
    const { provider } = this.#channelOf(name);
    if (!provider.targetsIn) throw readsNothing(name, provider, 'messages');
    return listFrom(name, provider, () => provider.targetsIn?.(message));
  }

  inboundIn(name: string, event: unknown): readonly InboundEvent[] {
    const { provider } = this.#channelOf(name);
    if (!provider.inboundIn) throw readsNothing(name, provider, 'events');
    const events = listFrom(name, provider, () => provider.inboundIn?.(event));
    return events.map((each) =>
      Object.assign({}, each, { channel: name, provider: provider.name }),
    );
  }

  receive(given: InboundEvent): void {
    const event = checkInbound(given);
    if (event.state === 'stop-requested') {
      this.#requestStop(event);
      return;
    }
    const { channel, target: input } = event;
    const { key, target } = this.#tellingChannel(channel).locate(input);
    this.#hub.receive(keyOf(channel, key), { ...event, target });
  }

  read(
    channel: string | undefined,
    { capacity = defaultCapacity, signal }: InboundOptions,
  ): AsyncIterable<InboundTyping> {
    if (channel !== undefined) this.#tellingChannel(channel);
    const { onEvent } = this.#engine;
    return readingOf(this.#hub, {
      channel,
      signal,
      capacity,
      onDropped: (dropped, isFirst) =>
        onEvent({
          type: 'inbound-dropped',
          channel: dropped.channel,
          provider: dropped.provider,
          isFirst,
        }),
    });
  }

  listen(listener: InboundListener, { channel, signal }: ListenOptions): () => void {
    if (channel !== undefined) this.#tellingChannel(channel);
    const take = safeObserver(checkListener(listener));
    return this.#hub.subscribe({ channel, take, end: () => {} }, signal);
  }

  isPeerTyping(channel: string, input: unknown): boolean {
    const { key } = this.#channelOf(channel).locate(input);
    return this.#hub.isTyping(keyOf(channel, key));
  }

  /** @param closed what to reject with when everything is closed meanwhile. */
  untilIdle(
    channel: string,
    input: unknown,
    { quietMs = defaultQuietMs, maxMs = defaultPatienceMs, signal }: UntilIdleOptions,
    closed: () => unknown,
  ): Promise<boolean> {
    const { key } = this.#channelOf(channel).locate(input);
    const patience = { quietMs, maxMs, signal };
    return untilIdle(this.#hub, keyOf(channel, key), this.#engine.clock, patience, closed);
  }

  close(): void {
    this.#hub.close();
  }

  #requestStop({ channel: name, eventId, target }: StopRequest): void {
    const channel = this.#channelOf(name);
    const { key } = channel.locate(target);
    const request = keyOf(keyOf(name, key), eventId);
    if (this.#stopRequests.has(request)) return;
    this.#stopRequests.add(request);
    if (this.#stopRequests.size > mostStopRequests) {
      for (const oldest of this.#stopRequests) {
        this.#stopRequests.delete(oldest);
        break;
      }
    }
    channel.requestStop(target);
  }

  /** @throws TypingError `unsupported`, where nothing will ever be heard of this channel. */
  #tellingChannel(name: string): Channel {
    const channel = this.#channelOf(name);
    const { capabilities, name: provider } = channel.provider;
    if (capabilities.inbound) return channel;
    throw new TypingError({
      code: 'unsupported',
      channel: name,
      provider,
      reason: `${provider} does not report who is typing`,
      advice: "Only channels whose provider's capabilities say `inbound: true` have these events.",
    });
  }
}

/** What a provider has read. It must not throw; one that does, or gives no list, quotes nothing of what it read. */
function listFrom<Item>(
  channel: string,
  { name: provider }: ProviderAddress,
  read: () => readonly Item[] | undefined,
): readonly Item[] {
  try {
    const items = read();
    if (Array.isArray(items)) return items;
    ignored(items);
  } catch {
    // As if it gave no list.
  }
  throw new TypingError({
    code: 'bad-response',
    channel,
    provider,
    reason: 'the provider failed to read the message or event',
    advice: 'Test the provider with describeTypingProvider of @typingkit/testing.',
  });
}

function readsNothing(
  channel: string,
  { name: provider }: ProviderAddress,
  what: string,
): TypingError {
  const reason = `${provider} does not read ${what}`;
  return new TypingError({ code: 'unsupported', channel, provider, reason });
}

function keyOf(channel: string, conversation: string): string {
  return `${channel}\0${conversation}`;
}
