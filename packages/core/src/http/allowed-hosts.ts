import { isPlainUrl } from './vendor-options.ts';

/**
 * Decides which addresses may get the key, where the address is part of the target: only https, on its usual port, and
 * only these hosts.
 *
 * @param hosts `api.vendor.example`, or `*.vendor.example` for every host below it.
 */
export function allowedHosts(...hosts: readonly string[]): (baseUrl: string) => boolean {
  return (baseUrl) => {
    if (!isPlainUrl(baseUrl)) return false;
    const { protocol, hostname, port } = new URL(baseUrl);
    if (protocol !== 'https:' || port !== '') return false;
    return hosts.some((host) =>
      host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host,
    );
  };
}
