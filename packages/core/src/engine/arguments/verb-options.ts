import type { DiagnoseOptions } from '../../api/diagnosis.ts';
import type { InboundOptions, ListenOptions, UntilIdleOptions } from '../../api/inbound.ts';
import type { KeepOptions, SessionUpdate, StreamOptions } from '../../api/session.ts';
import type {
  CloseOptions,
  RateLimitedOptions,
  SendOptions,
  StopOptions,
} from '../../api/typing.ts';
import type { OptionChecks } from './check-options.ts';
import {
  abortSignal,
  fallback,
  oneOf,
  span,
  spanFromZero,
  text,
  wholeNumber,
} from './option-checks.ts';

const wishes = { ttlMs: span, status: text, action: text };
const call = { signal: abortSignal, timeoutMs: span };

export const sendOptions: OptionChecks<SendOptions> = { ...wishes, ...call };

export const stopOptions: OptionChecks<StopOptions> = call;

export const diagnoseOptions: OptionChecks<DiagnoseOptions> = call;

export const keepOptions: OptionChecks<KeepOptions> = {
  ...wishes,
  label: text,
  delayMs: spanFromZero,
  idleTimeoutMs: span,
  maxDurationMs: span,
  refreshEveryMs: span,
  settleMs: spanFromZero,
  signal: abortSignal,
  fallback,
};

export const updateOptions: OptionChecks<SessionUpdate> = { status: text, action: text };

export const withOptions: OptionChecks<KeepOptions & StreamOptions> = {
  ...keepOptions,
  until: oneOf('first-chunk', 'end'),
};

export const rateLimitedOptions: OptionChecks<RateLimitedOptions> = {
  retryAfterMs: span,
  scope: oneOf('budget', 'credential'),
};

export const closeOptions: OptionChecks<CloseOptions> = { deadlineMs: spanFromZero };

export const inboundOptions: OptionChecks<InboundOptions> = {
  signal: abortSignal,
  capacity: wholeNumber,
};

export const untilIdleOptions: OptionChecks<UntilIdleOptions> = {
  quietMs: spanFromZero,
  maxMs: spanFromZero,
  signal: abortSignal,
};

export const listenOptions: OptionChecks<ListenOptions> = { signal: abortSignal, channel: text };
