import type {
  Diagnosis,
  DiagnosisCode,
  StartReceipt,
  TypingErrorCode,
  TypingProvider,
} from '@typingkit/core';
import type { FetchFunction } from '@typingkit/core/http';

/** What the suite gives to {@link ProviderFacts.create}. An adapter on `vendorOptionsShape` takes it as it is. */
export interface CreateOptions {
  /** The suite's own server on loopback, sometimes with a path and a slash behind it. */
  readonly baseUrl: string;
  readonly apiKey: string;
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
export interface WireExchange {
  /** `POST`. */
  readonly method: string;
  /** Behind `baseUrl`, with its query. A function, where the key is part of it (Telegram). */
  readonly path: string | ((apiKey: string) => string);
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
export interface DiagnosisFacts {
  /** Every request that it may make, and what the vendor answers. None of them may show or clear anything. */
  readonly exchanges: readonly Pick<WireExchange, 'method' | 'path' | 'answer'>[];
  /** What these answers come to. */
  readonly willShow: Diagnosis['willShow'];
  /** The codes of the reasons, in any order. Default: none. */
  readonly codes?: readonly DiagnosisCode[] | undefined;
}

/** What {@link describeTypingProvider} has to know about an adapter for a vendor's HTTP API. */
export interface ProviderFacts<Target = unknown> {
  /** Makes the adapter. */
  readonly create: (options: CreateOptions) => TypingProvider<Target>;
  /** A key in the form that the vendor gives out. Default: one of visible ASCII characters. */
  readonly apiKey?: string | undefined;
  /** A target as a caller writes it; that of `start` and `stop`. */
  readonly target: Target;
  /** A target in another conversation. */
  readonly otherTarget: Target;
  /** Other ways to write `target` that mean the same conversation. Default: none. */
  readonly sameConversation?: readonly Target[] | undefined;
  /** What `parseTarget` must refuse, besides what is no target of anybody (`null`, `{}`, `''`…). */
  readonly invalidTargets: readonly unknown[];
  /** What names a recipient and must stay out of messages. Default: every text in `target`. */
  readonly hidden?: readonly string[] | undefined;
  /** The header that carries the credential. Default: none, the key is somewhere else in the request. */
  readonly authorization?:
    | ((apiKey: string) => readonly [header: string, value: string])
    | undefined;
  /** The request for a credential that may come before a start or stop (an access token). Default: there is none. */
  readonly credential?: WireExchange | undefined;
  readonly start: WireExchange & {
    /** What the receipt of this answer must hold. Default: not checked. */
    readonly receipt?: StartReceipt | undefined;
  };
  /** The request that clears the indicator, or `'expires'` where the vendor has none. */
  readonly stop: WireExchange | 'expires';
  /** Where the adapter has a `diagnose`. Default: it has none. */
  readonly diagnose?: DiagnosisFacts | undefined;
  /** Every failure that the vendor documents. Those inside a 2xx belong here, too. */
  readonly failures: readonly VendorFailure[];
  /** Where a bare HTTP status means something else at this vendor. Default: what `TypingErrorCode` says. */
  readonly statuses?: Readonly<Record<number, TypingErrorCode>> | undefined;
}
