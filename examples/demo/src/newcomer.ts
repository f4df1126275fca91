import { createInterface } from 'node:readline';
import {
  type ChannelDiagnosis,
  defaultTyping,
  sendTyping,
  type StopReceipt,
  stopTyping,
  TypingError,
  type TypingReceipt,
} from 'typingkit';

/** A call as a newcomer makes it: nothing here says that the channel or the target is right. */
export interface NewcomerCall {
  readonly verb: 'sendTyping' | 'stopTyping' | 'diagnose';
  readonly channel: string;
  readonly target: unknown;
}

/** What typingkit answered. */
export interface NewcomerAnswer {
  readonly receipt?: TypingReceipt | StopReceipt;
  readonly diagnosis?: ChannelDiagnosis;
  readonly error?: { readonly code: string; readonly message: string };
}

async function make(call: NewcomerCall): Promise<NewcomerAnswer> {
  // What the compiler would refuse is the point here.
  const channel = call.channel as 'imessage';
  const target = call.target as { readonly chatId: string };
  try {
    if (call.verb === 'diagnose') {
      return { diagnosis: await defaultTyping().diagnose(channel, target) };
    }
    const receipt =
      call.verb === 'sendTyping'
        ? await sendTyping(channel, target)
        : await stopTyping(channel, target);
    return { receipt };
  } catch (error) {
    if (!TypingError.isInstance(error)) throw error;
    return { error };
  }
}

// A call on each line of stdin, an answer on each line of stdout.
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await make(JSON.parse(line))));
}
