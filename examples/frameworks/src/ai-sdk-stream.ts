import { type LanguageModel, streamText } from 'ai';
import { type TypingChannels, withTyping } from 'typingkit';

/** Answers with what the model streams, and types until its last word. */
export async function answer<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
  model: LanguageModel,
  question: string,
): Promise<string> {
  const { textStream } = streamText({ model, prompt: question });
  let text = '';
  for await (const delta of withTyping(channel, target, textStream)) text += delta;
  return text;
}
