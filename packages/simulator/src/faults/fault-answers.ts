import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FaultEffect } from './fault.ts';

export interface Wire {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** A fault that spoils the answer itself; the others let the vendor answer. */
export type SpoiltAnswer = Exclude<FaultEffect, { kind: 'delay' }>;

const DEFAULT_OVERSIZE_BYTES = 8 * 1024 * 1024;
const DEFAULT_DRIP_EVERY_MS = 100;
const JSON_TYPE = 'application/json; charset=utf-8';
const DOCUMENT = '{"success":true,"message":"Accepted for processing"}';

/** Writes to the socket past the router, which could not break off in the middle. Answers the status that went out. */
export function spoilAnswer(fault: SpoiltAnswer, wire: Wire): number | null {
  const { incoming, outgoing } = wire;

  const answer = (status: number, headers: Record<string, string>, body: string): number => {
    // RFC 9110 §8.6: none with 204, and with 304 it is the length of a body that is not there.
    const length: Record<string, string> =
      status === 204 || status === 304 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    outgoing.writeHead(status, { ...length, ...headers });
    outgoing.end(body);
    return status;
  };

  switch (fault.kind) {
    case 'hang':
      return null;
    case 'reset':
      if (fault.when !== 'mid-body') {
        incoming.socket.resetAndDestroy();
        return null;
      }
      outgoing.writeHead(200, {
        'content-type': JSON_TYPE,
        'content-length': String(DOCUMENT.length),
      });
      // Not a TCP reset: that may throw away what the client has not read yet, and it would look like no answer at all.
      outgoing.write(DOCUMENT.slice(0, DOCUMENT.length / 2), () => incoming.socket.destroy());
      return 200;
    case 'status': {
      const text = typeof fault.body === 'string' ? fault.body : null;
      const body = text ?? JSON.stringify(fault.body) ?? '';
      const type: Record<string, string> =
        body === ''
          ? {}
          : { 'content-type': text === null ? JSON_TYPE : 'text/plain; charset=utf-8' };
      return answer(fault.status, { ...type, ...lowerCaseNames(fault.headers ?? {}) }, body);
    }
    case 'html': {
      const status = fault.status ?? 502;
      const body = `<!doctype html>\n<html><head><title>${String(status)}</title></head><body><h1>Bad gateway</h1></body></html>\n`;
      return answer(status, { 'content-type': 'text/html; charset=utf-8' }, body);
    }
    case 'truncated-json':
      return answer(
        fault.status ?? 200,
        { 'content-type': JSON_TYPE },
        DOCUMENT.slice(0, DOCUMENT.length / 2),
      );
    case 'oversize': {
      const frame = JSON.stringify({ success: true, padding: '' });
      const padding = 'x'.repeat(
        Math.max(0, (fault.bytes ?? DEFAULT_OVERSIZE_BYTES) - frame.length),
      );
      return answer(
        fault.status ?? 200,
        { 'content-type': JSON_TYPE },
        frame.replace('""', `"${padding}"`),
      );
    }
    case 'redirect':
      return answer(fault.status ?? 307, { location: fault.location }, '');
    case 'empty':
      return answer(fault.status ?? 200, {}, '');
    case 'drip':
      outgoing.writeHead(fault.status ?? 200, {
        'content-type': JSON_TYPE,
        'content-length': String(DOCUMENT.length),
      });
      void drip(fault.everyMs ?? DEFAULT_DRIP_EVERY_MS, wire);
      return outgoing.statusCode;
  }
}

async function drip(everyMs: number, { outgoing }: Wire): Promise<void> {
  outgoing.flushHeaders();
  for (const character of DOCUMENT) {
    await wait(everyMs);
    if (outgoing.destroyed) return;
    outgoing.write(character);
  }
  outgoing.end();
}

/** Real time. Does not keep the process alive: while it matters, the open connection does. */
export function wait(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
