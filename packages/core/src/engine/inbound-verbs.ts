import type { InboundTyping } from '../contract/inbound-event.ts';
import { TypingError } from '../contract/typing-error.ts';
import { checkInbound, checkListener } from '../inbound/check-inbound.ts';
import { InboundHub } from '../inbound/inbound-hub.ts';
import { readingOf } from '../inbound/inbound-reader.ts';
import { safeObserver } from './safe-callbacks.ts';
import type { Channel } from './channel/channel.ts';
import type { EngineContext } from './engine-context.ts';
import type { InboundOptions, ListenOptions } from '../api/inbound.ts';

const defaultCapacity = 256;

/** Gets the events of a channel, or of all of them. */
export type InboundListener = (event: InboundTyping) => unknown;

/** What a `Typing` says about those who type at the other end. */
export class InboundVerbs {
  readonly #engine: EngineContext;
  readonly #channelOf: (name: string) => Channel;
  readonly #hub: InboundHub;

  /** @param channelOf throws where there is no such channel. */
  constructor(engine: EngineContext, channelOf: (name: string) => Channel) {
    this.#engine = engine;
    this.#channelOf = channelOf;
    this.#hub = new InboundHub(engine.clock, engine.wheel);
  }

  receive(event: InboundTyping): void {
    checkInbound(event);
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

  close(): void {
    this.#hub.close();
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
      reason: `${provider} does not tell who types`,
      advice: "Only channels whose provider's capabilities say `inbound: true` have these events.",
    });
  }
}

function keyOf(channel: string, conversation: string): string {
  return `${channel}\0${conversation}`;
}
