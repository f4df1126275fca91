import { randomBytes } from 'node:crypto';

import { withoutUndefined } from '../../input.ts';

/** A LinkedIn account connected to the simulated workspace. */
export interface LinkedInAccount extends LinkedInAccountState {
  readonly accountId: string;
  readonly profileUrn: string;
}

/** Whether anything can be done with an account. */
export interface LinkedInAccountState {
  /** `ERROR`: LinkedIn wants somebody to sign in again. Older pages of the vendor know `FREE` and `PREMIUM`. */
  readonly status: 'AVAILABLE' | 'IN_USE' | 'WARMUP' | 'FREE' | 'PREMIUM' | 'ERROR';
  /** Whether the workspace lets it act by itself. */
  readonly enabled: boolean;
  /** Whether there is a session with LinkedIn. */
  readonly hasTokens: boolean;
}

/** What is left out stays as it is. */
export type LinkedInAccountChange = {
  readonly [Name in keyof LinkedInAccountState]?: LinkedInAccountState[Name] | undefined;
};

export interface LinkedInAccounts {
  /** Throws an `Error` for an id that is taken. */
  add(accountId: string | undefined, state: LinkedInAccountChange): LinkedInAccount;
  get(accountId: string): LinkedInAccount | undefined;
  /** Throws an `Error` for an account that does not exist, as does `change`. */
  existing(accountId: string): LinkedInAccount;
  change(accountId: string, change: LinkedInAccountChange): LinkedInAccount;
  list(): readonly LinkedInAccount[];
  clear(): void;
}

const IN_ORDER: LinkedInAccountState = { status: 'AVAILABLE', enabled: true, hasTokens: true };

export function createLinkedInAccounts(): LinkedInAccounts {
  const accounts = new Map<string, LinkedInAccount>();

  const existing = (accountId: string): LinkedInAccount => {
    const account = accounts.get(accountId);
    if (account === undefined) throw new Error(`There is no connected account ${accountId}.`);
    return account;
  };

  return {
    add(accountId = randomBytes(12).toString('hex'), state) {
      if (accounts.has(accountId)) throw new Error(`Account ${accountId} is already connected.`);
      const account = {
        accountId,
        profileUrn: randomProfileUrn(),
        ...IN_ORDER,
        ...withoutUndefined(state),
      };
      accounts.set(accountId, account);
      return account;
    },
    get: (accountId) => accounts.get(accountId),
    existing,
    change(accountId, change) {
      const changed = { ...existing(accountId), ...withoutUndefined(change) };
      accounts.set(accountId, changed);
      return changed;
    },
    list: () => [...accounts.values()],
    clear() {
      accounts.clear();
    },
  };
}

/** Whether LinkedIn lets this account do anything. */
export function isInOrder({ status, enabled, hasTokens }: LinkedInAccountState): boolean {
  return status !== 'ERROR' && enabled && hasTokens;
}

export function randomProfileUrn(): string {
  return `urn:li:fsd_profile:ACoAA${randomBytes(25).toString('base64url')}`;
}
