import type { MiddlewareHandler } from 'hono';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Answers programs on this machine, and no web page. A page of another site sends `Origin` or `Sec-Fetch-Site`. A page
 * under a name that somebody has pointed at 127.0.0.1 (DNS rebinding) sends neither, but that name in `Host`.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin
 */
export const localCallersOnly: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  const origin = context.req.header('origin');
  const site = context.req.header('sec-fetch-site') ?? 'none';
  const isOwnPage = origin === undefined || origin === `http://${host}`;
  if (!LOOPBACK.test(host)) {
    return context.json({ error: 'The simulator answers to 127.0.0.1 and localhost only.' }, 403);
  }
  if (!isOwnPage || site === 'cross-site' || site === 'same-site') {
    return context.json({ error: 'The simulator answers no web page.' }, 403);
  }
  return next();
};
