import { connect } from 'node:net';
import type { SignedEvent } from './signed-events.ts';

/** One connection to a webhook. */
export interface Sender {
  /** Takes events out of a list until there are none, and sends them one after the other. */
  sendAll(events: SignedEvent[]): Promise<void>;
  close(): void;
}

/** A client as small as one can be: one that keeps pools and parses answers would cost more than the server. */
export function openSender(port: number): Sender {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  let events: SignedEvent[] = [];
  let done: PromiseWithResolvers<void> | undefined;

  function sendNext(): void {
    const event = events.pop();
    if (event) socket.write(asHttp(event));
    else done?.resolve();
  }

  socket.on('error', (error) => done?.reject(error));
  socket.on('data', (answer) => {
    if (String(answer).startsWith('HTTP/1.1 200 ')) sendNext();
    else done?.reject(new Error(String(answer)));
  });

  return {
    sendAll(all) {
      events = all;
      done = Promise.withResolvers();
      sendNext();
      return done.promise;
    },
    close: () => void socket.destroy(),
  };
}

function asHttp({ headers, body }: SignedEvent): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /linq HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n${body}`;
}
