import type { MiddlewareHandler } from 'hono';

/**
 * Answers nobody but a page of this very server. `Origin` keeps out other sites; `Host` keeps out a name that somebody
 * has pointed at 127.0.0.1 (DNS rebinding), whose pages would be of the same origin.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin
 */
export const ownPageOnly: MiddlewareHandler = async (context, next) => {
  const { host, hostname } = new URL(context.req.url);
  const origin = context.req.header('origin');
  const site = context.req.header('sec-fetch-site');
  const isOurHost = hostname === '127.0.0.1' || hostname === 'localhost';
  const isOurPage = origin === undefined || origin === `http://${host}`;
  const isOtherSite = site === 'cross-site' || site === 'same-site';
  // Another site may link to the page, which is a cross-site navigation.
  const isNavigation = context.req.header('sec-fetch-mode') === 'navigate';
  if (!isOurHost || !isOurPage || (isOtherSite && !isNavigation))
    return context.json({ error: 'Only the playground itself may make this request.' }, 403);
  return next();
};
