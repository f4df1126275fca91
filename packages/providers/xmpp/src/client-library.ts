import type * as Library from '@xmpp/client';
import { failure } from './error-condition.ts';

/** Loads what speaks XMPP. It is a peer, so that who does not use XMPP need not install it. */
export async function loadClientLibrary(): Promise<typeof Library> {
  try {
    return await import('@xmpp/client');
  } catch {
    const reason = 'the package @xmpp/client, which this provider needs, could not be loaded';
    throw failure('misconfigured', reason, 'Install it: npm install @xmpp/client');
  }
}
