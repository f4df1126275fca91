import { ChatOpenAI } from '@langchain/openai';
import { type TypingChannels, withTyping } from 'typingkit';

/** Answers with LangChain, and types until the last chunk of its stream. It reads OPENAI_API_KEY. */
export async function answer<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
  question: string,
): Promise<string> {
  const model = new ChatOpenAI({ model: 'gpt-5' });
  // Around a function: the stream begins only with the first word.
  return withTyping(channel, target, async ({ signal }) => {
    let text = '';
    for await (const chunk of await model.stream(question, { signal })) text += chunk.text;
    return text;
  });
}
