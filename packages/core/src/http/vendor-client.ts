import {
  TypingError,
  type TypingErrorCode,
  type TypingOperation,
} from '../contract/typing-error.ts';
import type { CallOptions } from '../contract/typing-provider.ts';
import type { StandardSchema } from '../input/standard-schema.ts';
import { systemClock } from '../time/clock.ts';
import { type LazySignal, openDeadline } from '../time/deadline.ts';
import { type Authorization, bearer, isHarmless } from './authorization.ts';
import { NoTokenError, type TokenRequest, type TokenSource } from './cached-token.ts';
import { codeOfStatus } from './code-of-status.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { type CredentialSource, isUsableKey, textsIn } from './credential-source.ts';
import { directExchangeOf } from './direct-fetch.ts';
import { exchangeByFetch } from './exchange-by-fetch.ts';
import { redactionOf } from './redaction.ts';
import { Secret } from './spellings.ts';
import {
  HttpAnswer,
  type ReadError,
  type VendorAnswer,
  type VendorError,
} from './vendor-answer.ts';
import { isPlainUrl, type ResolvedTransportOptions } from './vendor-options.ts';
import type { WireAnswer, WireRequest } from './wire-exchange.ts';

/** Fields of a form or a query. One that is `undefined` is left out. */
export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** One exchange with a vendor. */
export interface VendorRequest<Target = unknown> {
  readonly operation: TypingOperation;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Behind the base URL, beginning with a slash; ids in it already encoded. */
  readonly path: string;
  /** For the key function. Every string and number in it stays out of errors, even where the vendor quotes it. */
  readonly target: Target;
  /** What else names a recipient and has to stay out of errors: a part of an id. */
  readonly redact?: readonly string[] | undefined;
  readonly query?: Parameters | undefined;
  /** The body as JSON. With neither `json` nor `form` there is none. */
  readonly json?: unknown;
  /** The body as a form. */
  readonly form?: Parameters | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The status, or statuses, that are a success. Any other, a redirect or another 2xx included, is thrown. */
  readonly expects: number | readonly number[];
  /**
   * Where this one request goes, where each target has its own address. It must have the origin of the option `baseUrl` or
   * be allowed by `mayReceiveKey`.
   */
  readonly baseUrl?: string | undefined;
}

/** Exchanges one request for one answer: no second attempt, no redirect, no memory. */
export type VendorClient<Target = unknown> = (
  request: VendorRequest<Target>,
  call: CallOptions,
) => Promise<VendorAnswer>;

/** The options of an adapter, checked, with the credential as `apiKey`. */
export interface VendorClientOptions<
  Credential = string,
  Target = unknown,
> extends ResolvedTransportOptions {
  /** Default: there is no credential. */
  readonly apiKey?: CredentialSource<Credential, Target> | undefined;
}

/** What one vendor does in its own way. All of it is optional. */
export interface VendorSettings<Credential = string, Target = unknown> {
  /** How this vendor says what went wrong. Default: the status alone. */
  readonly readError?: ReadError | undefined;
  /**
   * Puts the credential where the vendor wants it: into headers, the path or the query. It must do nothing else, for a
   * constant credential it is asked only once. With `token` it gets the token. Default: {@link bearer}.
   */
  readonly authorize?: ((credential: Credential, token: string) => Authorization) | undefined;
  /** Tokens that have to be fetched with the credential first: see `cachedToken`. Default: none. */
  readonly token?: TokenSource<Credential, Target> | undefined;
  /** The option that holds the credential, for messages. Default: `apiKey`. */
  readonly credentialOption?: string | undefined;
  /** What a key function must return. Default: visible ASCII without blanks, at most 4,096 characters; or an object. */
  readonly credential?: StandardSchema<Credential> | undefined;
  /** Headers of every request: `user-agent`. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Which addresses in a request may get the key: see `allowedHosts`. Default: none but the option `baseUrl`. */
  readonly mayReceiveKey?: ((baseUrl: string) => boolean) | undefined;
}

/**
 * The one way from an adapter to its vendor.
 *
 * A redirect is refused, the body is read up to 64 KiB, and `timeoutMs` covers all of it: a key function, a token that
 * has to be fetched, the body. Every failure becomes a {@link TypingError} that holds no request, header or body. A call
 * whose signal is aborted rejects with the signal's own reason.
 *
 * @param provider the provider's name, for errors.
 * @throws TypingError `misconfigured`, where a constant credential cannot stand where the vendor wants it.
 */
export function vendorClient<Credential = string, Target = unknown>(
  provider: string,
  options: VendorClientOptions<Credential, Target>,
  settings: VendorSettings<Credential, Target> = {},
): VendorClient<Target> {
  const { apiKey, baseUrl, fetch, timeoutMs } = options;
  const {
    authorize = (credential, token) => bearer(settings.token ? token : credential),
    readError = () => ({}),
    headers: fixedHeaders = {},
    credentialOption = 'apiKey',
    token: tokens,
    mayReceiveKey = () => false,
  } = settings;
  const exchange = directExchangeOf(fetch) ?? exchangeByFetch(fetch);
  // `CredentialSource` is either; a credential is never a function.
  const keyFunction =
    typeof apiKey === 'function' ? (apiKey as KeyFunction<Credential, Target>) : undefined;
  const constant = keyFunction ? undefined : authorizationOf();

  function authorizationOf(): Authorization | undefined {
    if (apiKey === undefined || tokens) return undefined;
    // See `keyFunction`.
    const authorization = authorize(apiKey as Credential, '');
    if (isHarmless(authorization, apiKey)) return authorization;
    throw new TypingError({
      code: 'misconfigured',
      provider,
      operation: 'configure',
      reason: `${credentialOption} contains characters that are not allowed in a request`,
    });
  }

  /** One call: what is known of it grows while it goes on. */
  async function perform(
    request: VendorRequest<Target>,
    progress: Progress,
    deadline: LazySignal,
  ): Promise<VendorAnswer> {
    const { operation, target, expects } = request;
    const address = addressOf(request);
    let authorization = constant;
    let token: string | undefined;
    if (!authorization && apiKey !== undefined) {
      progress.waitsFor = `the ${credentialOption} function`;
      // See `keyFunction`.
      const credential = keyFunction
        ? await askForKey(keyFunction, target, operation)
        : (apiKey as Credential);
      deadline.throwIfAborted();
      progress.secrets.push(...credentialSecretsIn(credential));
      if (tokens) {
        progress.waitsFor = 'the token endpoint';
        token = await fetchToken(tokens, credential, request, progress.secrets);
        deadline.throwIfAborted();
        progress.secrets.push(new Secret(token));
      }
      authorization = authorize(credential, token ?? '');
      if (!isHarmless(authorization, token ?? credential)) throw unusable(operation);
    }
    progress.waitsFor = undefined;
    const wire = await exchange(wireRequest(request, address, authorization), deadline);
    const isSuccess =
      typeof expects === 'number' ? wire.status === expects : expects.includes(wire.status);
    rejectNoAnswer(wire, isSuccess);
    const answer = new HttpAnswer(
      wire,
      redactionOf(progress.secrets),
      provider,
      operation,
      readError,
    );
    if (isSuccess) return answer;
    const failure = answer.failure();
    if (token !== undefined && (wire.status === 401 || failure.code === 'unauthenticated')) {
      tokens?.forget(token);
    }
    throw failure;
  }

  async function askForKey(
    ask: KeyFunction<Credential, Target>,
    target: Target,
    operation: TypingOperation,
  ): Promise<Credential> {
    let key: unknown;
    try {
      key = await ask(target);
    } catch (error) {
      // Where the function says what is wrong in our words; anything else may quote a secret, and is not kept.
      if (error instanceof TypingError) throw error;
      throw new TypingError({
        code: 'unavailable',
        provider,
        operation,
        reason: `the ${credentialOption} function failed`,
        advice: `Find out why it throws. The vendor was not asked.`,
      });
    }
    if (!isCredential(key)) throw unusable(operation);
    return key;
  }

  function isCredential(key: unknown): key is Credential {
    if (settings.credential) {
      const result = settings.credential['~standard'].validate(key);
      return !(result instanceof Promise) && !result.issues;
    }
    return (
      isUsableKey(key) || (typeof key === 'object' && key !== null && typeof apiKey === 'object')
    );
  }

  function unusable(operation: TypingOperation): TypingError {
    return new TypingError({
      code: 'unauthenticated',
      provider,
      operation,
      reason: `the ${credentialOption} function returned something that cannot be a credential`,
      advice: 'It must return what the option itself takes.',
    });
  }

  function addressOf({ baseUrl: own, operation }: VendorRequest<Target>): string {
    if (own === undefined) return baseUrl;
    const address = own.replace(/\/+$/, '');
    if (isPlainUrl(address) && (hasOriginOf(address, baseUrl) || mayReceiveKey(address)))
      return address;
    throw new TypingError({
      code: 'invalid-target',
      provider,
      operation,
      reason: 'the address in the target is not allowed to receive the credential',
    });
  }

  /** One token, with a time limit of its own: others wait for it, too. */
  async function fetchToken(
    tokenSource: TokenSource<Credential, Target>,
    credential: Credential,
    { operation, target }: VendorRequest<Target>,
    secrets: readonly Secret[],
  ): Promise<string> {
    try {
      return await tokenSource.get(credential, target, (wanted) => {
        const sent = [...secrets, ...secretsIn(wanted.form), ...secretsIn(wanted.json)];
        return askForToken(wanted, operation, sent);
      });
    } catch (error) {
      if (!(error instanceof NoTokenError)) throw error;
      throw failed('bad-response', operation, 'the token endpoint answered without a token');
    }
  }

  async function askForToken(
    wanted: TokenRequest,
    operation: TypingOperation,
    secrets: readonly Secret[],
  ): Promise<unknown> {
    const { host } = new URL(wanted.url);
    const late = (): TypingError =>
      failed('timeout', operation, `no token from ${host} within ${timeoutMs} ms`);
    const deadline = openDeadline(systemClock, timeoutMs, late);
    try {
      const wire = await deadline.hold(exchange(tokenWireRequest(wanted, fixedHeaders), deadline));
      const isSuccess = wire.status === 200;
      rejectNoAnswer(wire, isSuccess);
      const answer = new HttpAnswer(wire, redactionOf(secrets), provider, operation, tokenError);
      if (!isSuccess) throw answer.failure();
      return answer.body;
    } catch (error) {
      throw asTypingError(error, operation, host, secrets);
    } finally {
      deadline.close();
    }
  }

  function failed(code: TypingErrorCode, operation: TypingOperation, reason: string): TypingError {
    return new TypingError({ code, provider, operation, reason });
  }

  function asTypingError(
    error: unknown,
    operation: TypingOperation,
    host: string,
    secrets: readonly Secret[],
  ): TypingError {
    // Not `isInstance`: a fetch of somebody else can throw what looks like one.
    if (error instanceof TypingError) return error;
    const trouble = redactionOf(secrets).word(connectionTrouble(error));
    return failed(
      'network',
      operation,
      `the connection to ${host} failed${trouble ? `: ${trouble}` : ''}`,
    );
  }

  function wireRequest(
    { method, path, query, json, form, headers }: VendorRequest<Target>,
    address: string,
    authorization: Authorization = {},
  ): WireRequest {
    const parameters = encoded({ ...query, ...authorization.query });
    const mark = path.includes('?') ? '&' : '?';
    const prefix = authorization.pathPrefix ?? '';
    const url = `${address}${prefix}${path}${parameters && `${mark}${parameters}`}`;
    return {
      method: method.toUpperCase(),
      url,
      ...bodyOf(json, form, { ...fixedHeaders, ...headers, ...authorization.headers }),
    };
  }

  const constantSecrets = keyFunction ? [] : credentialSecretsIn(apiKey);
  return async (request, { signal }) => {
    signal?.throwIfAborted();
    const { operation } = request;
    const host = hostOf(request.baseUrl) ?? hostOf(baseUrl) ?? 'the vendor';
    const progress: Progress = {
      waitsFor: undefined,
      secrets: [...constantSecrets, ...secretsIn(request.target), ...secretsIn(request.redact)],
    };
    const late = (): TypingError =>
      failed(
        'timeout',
        operation,
        `no answer from ${progress.waitsFor ?? host} within ${timeoutMs} ms`,
      );
    const deadline = openDeadline(systemClock, timeoutMs, late, signal);
    try {
      return await deadline.hold(perform(request, progress, deadline));
    } catch (error) {
      if (deadline.isAborted) throw deadline.reason;
      throw asTypingError(error, operation, host, progress.secrets);
    } finally {
      deadline.close();
    }
  };
}

type KeyFunction<Credential, Target> = (target: Target) => Credential | Promise<Credential>;

interface Progress {
  /** Who is asked before the vendor. */
  waitsFor: string | undefined;
  readonly secrets: Secret[];
}

/** As long as a part of a token must be to be a secret of its own. */
const shortestSecretPart = 16;

/** A token of several parts, such as `123456789:AAF…`, is quoted in parts, too. */
function credentialSecretsIn(credential: unknown): Secret[] {
  const texts = textsIn(credential);
  const parts = texts
    .flatMap((text) => text.split(':'))
    .filter(({ length }) => length >= shortestSecretPart);
  return secretsIn([...new Set([...texts, ...parts])]);
}

function secretsIn(value: unknown): Secret[] {
  return textsIn(value).map((text) => new Secret(text));
}

/** An answer that cannot be one of the vendor. */
function rejectNoAnswer({ status, brokenBy }: WireAnswer, isSuccess: boolean): void {
  // A failure keeps its status even if its body breaks off.
  if (isSuccess && brokenBy) throw brokenBy.reason;
  // A proxy's. The runtime's fetch takes it for a network error, too: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
  if (status === 407) throw new Error('a proxy requires authentication');
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function tokenError({ status, body, redact }: VendorAnswer): VendorError {
  const { error, error_description: description } = Object(body);
  const isRefused = status >= 400 && status < 500 && status !== 429 && status !== 408;
  const said = redact.sentence(description) ?? redact.sentence(error) ?? 'it gave no reason';
  return {
    code: isRefused ? 'unauthenticated' : codeOfStatus(status),
    reason: `the token endpoint gave no token: ${said}`,
    vendorCode: redact.word(error),
  };
}

function tokenWireRequest(
  { url, method = 'post', form, json, headers }: TokenRequest,
  fixedHeaders: Readonly<Record<string, string>>,
): WireRequest {
  return {
    method: method.toUpperCase(),
    url,
    ...bodyOf(json, form, { accept: 'application/json', ...fixedHeaders, ...headers }),
  };
}

function bodyOf(
  json: unknown,
  form: Parameters | undefined,
  headers: Readonly<Record<string, string>>,
): Pick<WireRequest, 'headers' | 'body'> {
  if (json !== undefined) {
    return {
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(json),
    };
  }
  if (!form) return { headers, body: undefined };
  const type = 'application/x-www-form-urlencoded';
  return { headers: { ...headers, 'content-type': type }, body: encoded(form) };
}

function encoded(parameters: Parameters): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : new URLSearchParams(given).toString();
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}

function hasOriginOf(one: string, other: string): boolean {
  return new URL(one).origin === new URL(other).origin;
}
