import { createTyping } from '@typingkit/core';
import { idleProvider } from './idle-provider.ts';

/** What the same calls cost without a server, in microseconds of the processor each. */
export interface InProcess {
  readonly touch: number;
  readonly send: number;
  readonly openAndEnd: number;
}

/** @param calls how many of each. */
export async function inProcess(sessions: number, calls: number): Promise<InProcess> {
  const typing = createTyping({ channels: { chat: idleProvider() }, onEvent: () => {} });
  const ids = Array.from({ length: sessions }, (_, at) => typing.keep('chat', { id: at }).id);
  const touch = await microseconds(calls, async (at) => {
    typing.session(ids[(at * 7_919) % ids.length] ?? '')?.touch();
  });
  const send = await microseconds(calls, (at) => typing.send('chat', { id: `once ${at}` }));
  const openAndEnd = await microseconds(calls, (at) =>
    typing.keep('chat', { id: `more ${at}` }).stop(),
  );
  await typing.close();
  return { touch, send, openAndEnd };
}

async function microseconds(calls: number, run: (at: number) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < calls; at += 1) await run(at);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
