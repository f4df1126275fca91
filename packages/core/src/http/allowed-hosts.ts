import { isPlainUrl } from './vendor-options.ts';

/**
 * Decides which addresses may get the key, where the address is part of the target: only https, and only these hosts.
 *
 * @param hosts `api.vendor.example`; `*.vendor.example` for every host below it; with its port, if that is not the usual
 * one. Of this machine (`127.0.0.1:3978`) plain http will do, for an emulator.
 */
export function allowedHosts(...hosts: readonly string[]): (baseUrl: string) => boolean {
  return (baseUrl) => {
    if (!isPlainUrl(baseUrl)) return false;
    const { protocol, hostname, host } = new URL(baseUrl);
    const isThisMachine = /^(?:localhost|127(?:\.\d+){3})$/.test(hostname);
    if (protocol !== 'https:' && !isThisMachine) return false;
    return hosts.some((allowed) =>
      allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed,
    );
  };
}
