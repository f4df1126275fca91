import { setDefaultCACertificates } from 'node:tls';
import { createTyping } from '@typingkit/core';
import { linq } from '@typingkit/linq';
import { callInFlight } from './in-flight.ts';
import { type Transport, transports } from './transports.ts';
import { apiKey, conversationOf } from './vendors.ts';

export interface SocketsTask {
  readonly transport: Transport;
  readonly origin: string;
  readonly certificate: string;
  readonly calls: number;
  readonly inFlight: number;
}

process.on('message', (task: SocketsTask) => {
  void send(task).then((cpuMicros) => process.send?.(cpuMicros));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

/** @returns the processor time for one call, in microseconds. */
async function send(task: SocketsTask): Promise<number> {
  const { transport, origin, certificate, calls, inFlight } = task;
  setDefaultCACertificates([certificate]);
  const fetch = await transports[transport]();
  // A thousand handshakes at once take their time.
  const timeoutMs = 60_000;
  const provider = linq({ apiKey, baseUrl: origin, timeoutMs, ...(fetch && { fetch }) });
  const typing = createTyping({ channels: { imessage: provider } });
  const before = process.cpuUsage();
  const conversations = Array.from({ length: calls }, (_, index) => conversationOf(index));
  await callInFlight(inFlight, conversations, ({ chatId }) =>
    typing.send('imessage', { chatId }, { timeoutMs }),
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
