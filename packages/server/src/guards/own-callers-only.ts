import { Problem } from '../problems/problem.ts';

const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** Whether an address is one that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return loopbackHost.test(host.includes(':') ? `[${host}]` : host);
}

/**
 * For a server without a token: lets programs on this machine in, and no web page but its own. A page of another site sends
 * `Origin` or `Sec-Fetch-Site`. A page under a name that somebody has pointed at 127.0.0.1 (DNS rebinding) sends neither,
 * but that name in `Host`.
 *
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin
 * @throws Problem `foreign-caller`.
 */
export function checkOwnCaller(headers: Headers): void {
  const host = headers.get('host') ?? '';
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const isOwnPage = origin === null || origin === `http://${host}`;
  const isOtherSite = site === 'cross-site' || site === 'same-site';
  // Another site may link to a page of ours.
  const isNavigation = headers.get('sec-fetch-mode') === 'navigate';
  if (!loopbackHost.test(host) || !isOwnPage || (isOtherSite && !isNavigation))
    throw new Problem('foreign-caller');
}
