import {
  type LinqChatOptions,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '@typingkit/simulator';

/** Both vendors, and the environment that leads the command to them. */
export interface SimulatedVendors extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly env: Readonly<Record<string, string>>;
  /** A new chat at Linq, as arguments of a command, with its id. */
  chat(options?: LinqChatOptions): { readonly flags: readonly string[]; readonly chatId: string };
  /** A new conversation on LinkedIn, likewise. */
  conversation(): { readonly flags: readonly string[]; readonly conversationUrn: string };
}

export async function simulatedVendors(options?: SimulatorOptions): Promise<SimulatedVendors> {
  const simulator = await startSimulator(options);
  const { linq, connectsafely } = simulator;
  return {
    simulator,
    env: {
      LINQ_API_KEY: linq.apiKey,
      LINQ_API_BASE_URL: linq.baseUrl,
      CONNECTSAFELY_API_KEY: connectsafely.apiKey,
      CONNECTSAFELY_BASE_URL: connectsafely.baseUrl,
    },
    chat(chatOptions) {
      const { chatId } = linq.createConversation(chatOptions);
      return { chatId, flags: ['imessage', '--chat-id', chatId] };
    },
    conversation() {
      const { conversationUrn } = connectsafely.createConversation();
      return { conversationUrn, flags: ['linkedin', '--conversation-urn', conversationUrn] };
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}
