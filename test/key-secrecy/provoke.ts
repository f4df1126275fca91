import { createTyping, type Typing, type TypingProvider } from '@typingkit/core';
import type { Prints } from './prints.ts';

/** A provider in somebody's hands, who prints everything. */
export interface Provoked {
  readonly channel: string;
  readonly provider: TypingProvider;
  readonly target: unknown;
}

/**
 * Starts, keeps, stops and diagnoses, and keeps everything that comes of it. Answers the codes of the errors.
 *
 * @param timeoutMs how long each call may take. On a busy machine, 400 ms is too short for what is to go well.
 * @param situation what is wrong, for who reads that it gives a key away.
 */
export async function provoke(
  provoked: Provoked,
  situation: string,
  prints: Prints,
  timeoutMs = 400,
): Promise<Set<string>> {
  const codes = new Set<string>();
  const print = (what: string, value: unknown): void => prints.keep(`${what}, ${situation}`, value);
  const fail = (what: string, error: unknown): void => {
    codes.add(String(Reflect.get(Object(error), 'code')));
    print(`an error of ${what}`, error);
  };
  const { channel, provider, target } = provoked;
  const open = (): Typing<Record<string, unknown>> =>
    createTyping({
      channels: { [channel]: provider },
      onEvent(event) {
        print(`the event ${event.type}`, event);
        if (event.type === 'failed') print('the error of an event', event.error);
      },
    });
  type Verb = (typing: Typing<Record<string, unknown>>) => Promise<unknown>;
  const verbs: Readonly<Record<string, Verb>> = {
    send: (typing) => typing.send(channel, target, { timeoutMs }),
    stop: (typing) => typing.stop(channel, target, { timeoutMs }),
    diagnose: (typing) => typing.diagnose(channel, target, { timeoutMs }),
    async keep(typing) {
      const session = typing.keep(channel, target);
      const aWhile = new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      await Promise.race([session.closed, aWhile]);
      print('the snapshots', typing.sessions());
      const stopped = session.stop();
      if (session.error) fail('a session', session.error);
      print('a session', session);
      await stopped;
      return session.closed;
    },
  };
  // Each on its own, because two starts in one conversation are one.
  const attempts = Object.entries(verbs).map(async ([name, verb]) => {
    const typing = open();
    try {
      print(`what ${name} answers`, await verb(typing));
    } catch (error) {
      fail(name, error);
    }
    print('typing', typing);
    await typing.close({ deadlineMs: timeoutMs });
  });
  await Promise.all(attempts);
  print('the provider', provider);
  return codes;
}
