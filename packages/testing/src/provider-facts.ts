import type {
  Diagnosis,
  DiagnosisCode,
  ProviderAddress,
  ProviderInboundEvent,
  StartReceipt,
  TypingErrorCode,
  TypingProvider,
} from '@typingkit/core';
import type { CredentialSource, FetchFunction } from '@typingkit/core/http';

/** What the suite gives to {@link ProviderFacts.create}. An adapter on `vendorFields` takes it as it is. */
export interface CreateOptions<Credential = string, Target = unknown> {
  /** The suite's own server on loopback, sometimes with a path and a slash behind it. */
  readonly baseUrl: string;
  /** The credential of the facts, another one of its shape, or a function that returns one. */
  readonly apiKey: CredentialSource<Credential, Target>;
  /** What has to perform the requests. Default: the global `fetch`. */
  readonly fetch?: FetchFunction | undefined;
  /** How long one exchange may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/** What a vendor answers. With neither `json` nor `body` it answers nothing but the status and the headers. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly json?: unknown;
  readonly body?: string | undefined;
}

/**
 * One request as it should arrive at the vendor, and what the vendor answers when all is well.
 *
 * `path`, `json`, `form` and `headers` may hold asymmetric matchers such as `expect.any(String)`, for what is new in
 * every request.
 */
export interface WireExchange<Credential = string> {
  /** `POST`. */
  readonly method: string;
  /** Behind `baseUrl`, with its query. A function, where the credential is part of it (Telegram). */
  readonly path: string | ((credential: Credential) => string);
  /** Headers that it must have, besides the credential. Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The body, where it is JSON. With neither `json` nor `form` there must be none. */
  readonly json?: unknown;
  /** The body, where it is a form. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  readonly answer: WireAnswer;
}

/** One documented failure of a vendor, and the error that it should become. */
export interface VendorFailure {
  /** For the title of the test. Default: the status of the answer. */
  readonly name?: string | undefined;
  readonly answer: WireAnswer;
  readonly code: TypingErrorCode;
  /** Default: what the code says. */
  readonly retryable?: boolean | undefined;
  /** Default: not checked. */
  readonly retryAfterMs?: number | undefined;
  /** Default: not checked. */
  readonly vendorCode?: string | undefined;
  /** Default: not checked. */
  readonly docUrl?: string | undefined;
  /** Default: not checked. */
  readonly traceId?: string | undefined;
  /** A part of the error's message. Default: not checked. */
  readonly message?: string | undefined;
}

/** What an adapter with a `diagnose` asks its vendor about `target`, and what it makes of it. */
export interface DiagnosisFacts<Credential = string> {
  /** Every request that it may make, and what the vendor answers. None of them may show or clear anything. */
  readonly exchanges: readonly Pick<WireExchange<Credential>, 'method' | 'path' | 'answer'>[];
  /** What these answers come to. */
  readonly willShow: Diagnosis['willShow'];
  /** The codes of the reasons, in any order. Default: none. */
  readonly codes?: readonly DiagnosisCode[] | undefined;
}

/** One inbound message of a vendor, as parsed JSON, form fields or an SDK's object, and the targets in it. */
export interface MessageFacts<Target> {
  readonly message: unknown;
  /** Empty where there is nothing to answer: an echo, a status, a reaction. */
  readonly targets: readonly Target[];
}

/** One event of a vendor, and what it says of the person at the other end. */
export interface EventFacts<Target> {
  readonly event: unknown;
  /** Empty where it is about something else. */
  readonly events: readonly ProviderInboundEvent<Target>[];
}

/** What {@link describeTypingProvider} has to know about an adapter for a vendor's HTTP API. */
export interface ProviderFacts<Target = unknown, Credential = string> {
  /** Makes the adapter. */
  readonly create: (options: CreateOptions<Credential, Target>) => TypingProvider<Target>;
  /** Makes the part of the adapter that needs no key. Default: not checked. */
  readonly address?: (() => ProviderAddress<Target>) | undefined;
  /**
   * A credential in the form that the vendor gives out; `null` where the vendor wants none. Default: a string of visible
   * ASCII characters.
   */
  readonly credential?: Credential | null | undefined;
  /** A target as a caller writes it; that of `start` and `stop`. */
  readonly target: Target;
  /** A target in another conversation. */
  readonly otherTarget: Target;
  /** Other ways to write `target` that mean the same conversation. Default: none. */
  readonly sameConversation?: readonly Target[] | undefined;
  /** What `parseTarget` must refuse, besides what is no target of anybody (`null`, `{}`, `''`…). */
  readonly invalidTargets: readonly unknown[];
  /** What names a recipient and must stay out of messages. Default: every string in `target`. */
  readonly hidden?: readonly string[] | undefined;
  /**
   * The headers that carry the credential: `(key) => ({ authorization: `Bearer ${key}` })`. Default: none, it is in the
   * path or the query. Anywhere else it must not be.
   */
  readonly authorization?:
    | ((credential: Credential) => Readonly<Record<string, string>>)
    | undefined;
  /** The request for an access token that may come before a start or stop. Default: there is none. */
  readonly tokenRequest?: WireExchange<Credential> | undefined;
  readonly start: WireExchange<Credential> & {
    /** What the receipt of this answer must hold. Default: not checked. */
    readonly receipt?: StartReceipt | undefined;
  };
  /** The request that clears the indicator, or `'expires'` where the vendor has none. */
  readonly stop: WireExchange<Credential> | 'expires';
  /** Where the adapter has a `diagnose`. Default: it has none. */
  readonly diagnose?: DiagnosisFacts<Credential> | undefined;
  /** Messages that the vendor sends, and what `targetsIn` finds in each. Default: not checked. */
  readonly targetsIn?: readonly MessageFacts<Target>[] | undefined;
  /** Events that the vendor sends, and what `inboundIn` makes of each. Default: not checked. */
  readonly inboundIn?: readonly EventFacts<Target>[] | undefined;
  /** Every failure that the vendor documents. Those inside a 2xx belong here, too. */
  readonly failures: readonly VendorFailure[];
  /** Where a bare HTTP status means something else at this vendor. Default: what `TypingErrorCode` says. */
  readonly statuses?: Readonly<Record<number, TypingErrorCode>> | undefined;
}

/** What {@link describeProviderAddress} has to know about an adapter with a connection of its own. */
export interface AddressFacts<Target = unknown, Credential = string> extends Pick<
  ProviderFacts<Target, Credential>,
  | 'address'
  | 'credential'
  | 'inboundIn'
  | 'invalidTargets'
  | 'otherTarget'
  | 'sameConversation'
  | 'target'
  | 'targetsIn'
> {
  /**
   * Makes the adapter. Nothing is sent: of the options only `apiKey`, which may be empty, and `baseUrl`, which may be no URL,
   * have to be handed on.
   */
  readonly create: ProviderFacts<Target, Credential>['create'];
  /** Whether the vendor has a stop. */
  readonly stop: 'explicit' | 'expires';
}

/** The same for the cases, which give back to the facts only what came from them. */
export type AnyFacts = ProviderFacts<unknown, unknown>;

/** Facts as the cases take them. */
export function anyFacts<Target, Credential>(
  facts: ProviderFacts<Target, Credential> | AddressFacts<Target, Credential>,
): AnyFacts {
  // See `AnyFacts`. The cases that ask nothing of the vendor need no more than the facts of an address.
  return facts as unknown as AnyFacts;
}
