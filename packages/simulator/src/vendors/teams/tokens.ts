import { randomUUID } from 'node:crypto';

import { textOf } from '../request-fields.ts';
import type { Fields } from '../request-fields.ts';
import type { VendorFailure } from '../vendor.ts';
import { tokenFailure } from './failures.ts';

/** The one app that the simulated tenant knows. */
export const TEAMS_APP_ID = '11111111-2222-4333-8444-555555555555';

const SCOPE = 'https://api.botframework.com/.default';

/** What the token endpoint of Microsoft Entra gives out. */
export interface Tokens {
  /** Answers a request for a token. */
  answer(fields: Fields): object | VendorFailure;
  issue(): string;
  isGood(token: string | null): boolean;
  forget(): void;
}

/** @param nowMs the machine's own time, by which clients keep a token, too. */
export function createTokens(
  secrets: () => readonly string[],
  lifetimeMs: () => number,
  nowMs: () => number,
): Tokens {
  const endsAtMs = new Map<string, number>();

  const issue = (): string => {
    const seconds = Math.floor(nowMs() / 1000);
    const claims = {
      aud: 'https://api.botframework.com',
      appid: TEAMS_APP_ID,
      iat: seconds,
      nbf: seconds,
      exp: seconds + Math.floor(lifetimeMs() / 1000),
      uti: randomUUID(),
    };
    const token = `${encoded({ typ: 'JWT', alg: 'none' })}.${encoded(claims)}.${encoded({})}`;
    endsAtMs.set(token, nowMs() + lifetimeMs());
    return token;
  };

  return {
    issue,
    answer(fields) {
      if (textOf(fields, 'grant_type') !== 'client_credentials') {
        return tokenFailure(
          400,
          'unsupported_grant_type',
          70003,
          'The grant type is not supported.',
        );
      }
      if (textOf(fields, 'client_id') !== TEAMS_APP_ID) {
        return tokenFailure(400, 'unauthorized_client', 700016, 'Application was not found.');
      }
      if (!secrets().includes(textOf(fields, 'client_secret') ?? '')) {
        return tokenFailure(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
      }
      if (textOf(fields, 'scope') !== SCOPE) {
        return tokenFailure(400, 'invalid_scope', 70011, 'The scope is not valid.');
      }
      const seconds = Math.floor(lifetimeMs() / 1000);
      return {
        token_type: 'Bearer',
        expires_in: seconds,
        ext_expires_in: seconds,
        access_token: issue(),
      };
    },
    isGood: (token) => token !== null && nowMs() < (endsAtMs.get(token) ?? 0),
    forget() {
      endsAtMs.clear();
    },
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
