import { generateText, isStepCount, type LanguageModel, type ModelMessage, tool } from 'ai';
import { type TypingChannels, withTyping } from 'typingkit';
import { z } from 'zod';

/** What the agent has: a model, two tools, and a way to ask the person. */
export interface Agent {
  readonly model: LanguageModel;
  readonly search: (query: string) => Promise<string>;
  readonly book: (place: string) => Promise<string>;
  readonly ask: (question: string) => Promise<boolean>;
}

/** What the person sees while a tool runs: words of yours, never a tool's name or arguments. */
const doing = {
  search: { status: 'is searching the web…', action: 'find_location' },
  book: { status: 'is booking…', action: 'typing' },
};

/** Answers, and types for as long as the whole loop takes: model, tools, model again. */
export function runAgent<Channel extends 'slack' | 'telegram'>(
  channel: Channel,
  target: TypingChannels[Channel],
  { model, search, book, ask }: Agent,
  question: string,
): Promise<string> {
  return withTyping(channel, target, async (session) => {
    const messages: ModelMessage[] = [{ role: 'user', content: question }];
    for (;;) {
      const { text, content, responseMessages } = await generateText({
        model,
        messages,
        tools: {
          search: tool({ inputSchema: z.string(), execute: search }),
          book: tool({ inputSchema: z.string(), execute: book }),
        },
        toolApproval: { book: 'user-approval' },
        stopWhen: isStepCount(10),
        abortSignal: session.signal, // The person pressed Stop.
        onToolExecutionStart: ({ toolCall }) =>
          session.update(toolCall.dynamic === true ? {} : doing[toolCall.toolName]),
        onToolExecutionEnd: () => session.update({}),
      });
      const asked = content.filter((part) => part.type === 'tool-approval-request');
      if (asked.length === 0) return text;

      session.pause(); // While it waits for the person, the agent is not typing.
      const approved = await ask('Shall I book it?');
      session.resume();
      const type = 'tool-approval-response';
      const answers = asked.map(({ approvalId }) => ({ type, approvalId, approved }) as const);
      messages.push(...responseMessages, { role: 'tool', content: answers });
    }
  });
}
