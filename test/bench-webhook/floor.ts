import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { RequestListener } from 'node:http';

const mostBytes = 65_536;
const mostAgeMs = 300_000;
const mostSeen = 10_000;

/**
 * The least that a server can do which keeps what a webhook promises: it caps the body and the time it takes, checks
 * signature and age, drops an event that it has seen, reads the JSON, and calls a function. By hand, synchronously, over
 * `node:http` and `node:crypto`, for this one vendor: no second secret, no store, no rotation, no words on what was wrong.
 *
 * @param secret `whsec_` and base64.
 */
export function floorListener(secret: string, onTyping: (event: unknown) => void): RequestListener {
  const key = createSecretKey(secret.slice('whsec_'.length), 'base64');
  const seen = new Set<string>();
  const take = (headers: NodeJS.Dict<string | string[]>, body: Buffer): number => {
    const id = String(headers['webhook-id']);
    const seconds = String(headers['webhook-timestamp']);
    const given = Buffer.from(String(headers['webhook-signature']).slice('v1,'.length), 'base64');
    if (Math.abs(Date.now() - Number(seconds) * 1_000) > mostAgeMs) return 400;
    const meant = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest();
    if (given.length !== meant.length || !timingSafeEqual(given, meant)) return 401;
    if (seen.has(id)) return 200;
    seen.add(id);
    const [oldest] = seen.size > mostSeen ? seen : [];
    if (oldest !== undefined) seen.delete(oldest);
    return tell(body);
  };
  const tell = (body: Buffer): number => {
    const event: unknown = JSON.parse(body.toString('utf8'));
    if (typeof event !== 'object' || event === null) return 400;
    onTyping(event);
    return 200;
  };
  return (request, response) => {
    const parts: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => request.destroy(), 10_000);
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > mostBytes) request.destroy();
      else parts.push(part);
    });
    request.once('end', () => {
      clearTimeout(timer);
      response.statusCode = take(request.headers, Buffer.concat(parts));
      response.end();
    });
  };
}
