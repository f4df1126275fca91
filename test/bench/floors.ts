import { apiKey, type Conversation, pathOf, type Vendor } from './vendors.ts';
import type { Client } from './contenders.ts';

// The least that a program can do which keeps what one `sendTyping` promises: it checks the target, gives up after 10
// seconds or when it is told to, reads at most 64 KiB, checks what the vendor says, and knows which conversation shows.
// Written by hand for one call, without an engine, sessions, a gate, redaction or errors that say anything.

const timeoutMs = 10_000;
const mostBytes = 65_536;
const visibleForMs = 60_000;
const minIntervalMs = 1_000;
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** What a transport gives back. */
interface Answer {
  readonly status: number;
  readonly traceId: string | null | undefined;
  readonly text: string;
}

type Exchange = (url: string, body: string | undefined, signal: AbortSignal) => Promise<Answer>;

export async function floorOverKy(vendor: Vendor, origin: string): Promise<Client> {
  const { default: ky } = await import('ky');
  return floor(vendor, origin, async (url, body, signal) => {
    const answer = await ky(url, {
      method: 'POST',
      headers: headersOf(body),
      signal,
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    const traceId = answer.headers.get('x-trace-id');
    return { status: answer.status, traceId, text: answer.body ? await answer.text() : '' };
  });
}

export async function floorOverUndici(vendor: Vendor, origin: string): Promise<Client> {
  const { Agent, request } = await import('undici');
  const dispatcher = new Agent({ connections: 256 });
  return floor(vendor, origin, async (url, body, signal) => {
    const options = { method: 'POST' as const, headers: headersOf(body), signal, dispatcher };
    const answer = await request(url, { ...options, ...(body !== undefined && { body }) });
    const traceId = answer.headers['x-trace-id'];
    const text = await answer.body.text();
    return { status: answer.statusCode, traceId: String(traceId), text };
  });
}

function floor(vendor: Vendor, origin: string, exchange: Exchange): Client {
  const shown = new Map<string, { acceptedAtMs: number; visibleUntilMs: number }>();
  return {
    async call(conversation) {
      const key = keyOf(vendor, conversation);
      if (vendor === 'linq' && !uuid.test(key)) throw new TypeError('not a chat');
      const known = shown.get(key);
      if (known && performance.now() - known.acceptedAtMs < minIntervalMs) return 'coalesced';
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(new Error('too late')), timeoutMs);
      try {
        const url = `${origin}${pathOf(vendor, conversation)}`;
        const { conversationUrn } = conversation;
        const body = vendor === 'linq' ? undefined : JSON.stringify({ conversationUrn });
        const answer = await exchange(url, body, controller.signal);
        check(vendor, answer);
        const acceptedAtMs = performance.now();
        shown.set(key, { acceptedAtMs, visibleUntilMs: acceptedAtMs + visibleForMs });
        return { status: 'accepted', traceId: answer.traceId };
      } finally {
        clearTimeout(timer);
      }
    },
    reply(conversation) {
      shown.delete(keyOf(vendor, conversation));
    },
  };
}

function check(vendor: Vendor, { status, text }: Answer): void {
  if (text.length > mostBytes) throw new Error('too much');
  if (status !== (vendor === 'linq' ? 204 : 200)) throw new Error(`The vendor answered ${status}.`);
  if (vendor === 'linq') return;
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null) throw new Error('no object');
}

function keyOf(vendor: Vendor, { chatId, conversationUrn }: Conversation): string {
  return vendor === 'linq' ? chatId : conversationUrn;
}

function headersOf(body: string | undefined): Record<string, string> {
  return {
    authorization: `Bearer ${apiKey}`,
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
}
