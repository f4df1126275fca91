import OpenAI from 'openai';
import { type TypingChannels, withTyping } from 'typingkit';

/** Answers with OpenAI, and types while its stream is read. It reads OPENAI_API_KEY. */
export async function answer<Channel extends keyof TypingChannels>(
  channel: Channel,
  target: TypingChannels[Channel],
  question: string,
): Promise<string> {
  return withTyping(channel, target, async (session) => {
    const stream = await new OpenAI().responses.create(
      { model: 'gpt-5', input: question, stream: true },
      { signal: session.signal }, // The person pressed Stop.
    );
    let text = '';
    for await (const event of stream) {
      if (event.type === 'response.web_search_call.searching')
        session.update({ status: 'is searching the web…' });
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    return text;
  });
}
