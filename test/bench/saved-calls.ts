import { createTyping } from '@typingkit/core';
import { linq } from '@typingkit/linq';
import { virtualClock } from '../../packages/testing/src/virtual-clock.ts';
import { apiKey, conversationOf } from './vendors.ts';

/** How many requests many calls become. */
export interface SavedCalls {
  readonly name: string;
  readonly calls: number;
  readonly requests: number;
  readonly most: number;
}

const seconds = 60;
const tokens = 1_000;

/** Time is virtual here, and nothing goes over the wire: what counts is how often it would. */
export async function countSavedCalls(): Promise<SavedCalls[]> {
  return [await tokenStream(), await keptAlive()];
}

async function tokenStream(): Promise<SavedCalls> {
  const { clock, target, typing, starts } = stage();
  const calls: Promise<unknown>[] = [];
  for (let token = 0; token < tokens; token += 1) {
    calls.push(typing.send('imessage', target));
    await clock.advance((seconds * 1_000) / tokens);
  }
  await Promise.all(calls);
  const name = `a token stream that calls sendTyping for ${seconds} s, on a channel with minIntervalMs 3 s`;
  const most = seconds / 3 + 1;
  return { name, calls: tokens, requests: starts(), most };
}

async function keptAlive(): Promise<SavedCalls> {
  const { clock, target, typing, starts } = stage();
  const session = typing.keep('imessage', target);
  await clock.advance(seconds * 1_000);
  const requests = starts();
  await session.stop();
  return { name: `keepTyping for ${seconds} s on Linq`, calls: 1, requests, most: 2 };
}

function stage() {
  let starts = 0;
  const fetch = async ({ method }: Request): Promise<Response> => {
    if (method === 'POST') starts += 1;
    return new Response(null, { status: 204 });
  };
  const clock = virtualClock();
  const typing = createTyping({ channels: { imessage: linq({ apiKey, fetch }) }, clock });
  const { chatId } = conversationOf(1);
  return { clock, typing, target: { chatId }, starts: () => starts };
}
