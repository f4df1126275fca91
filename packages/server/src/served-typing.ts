import type { SessionUpdate, Typing, TypingCapabilities, TargetField } from '@typingkit/core';

/**
 * A session as far as the server needs it. One that another process holds (`sharedTyping` of `@typingkit/bullmq`) can be
 * touched and stopped, and no more.
 */
export interface SessionHandle {
  readonly id: string;
  readonly state?: string;
  readonly opened?: Promise<void>;
  readonly error?: Error | undefined;
  touch(): void;
  messageSent(): void;
  update?(update: SessionUpdate): void;
  pause?(): void;
  resume?(): void;
  stop(): Promise<void>;
}

/** What can be served: what `createTyping` makes, or `sharedTyping`. */
export interface ServedTyping<Targets extends object> extends Omit<Typing<Targets>, 'session'> {
  session(id: string): SessionHandle | undefined;
}

/** The same where nobody knows its channels: requests name them. */
export type AnyTyping = ServedTyping<Record<string, unknown>>;

/** What `GET /v1/channels` says of a channel. Every `ChannelDescription` has most of it. */
export interface ServedChannel {
  readonly channel: string;
  readonly provider?: string | undefined;
  readonly vendor?: string | undefined;
  readonly documentation?: string | undefined;
  /** Whether its key is there. Absent: nobody knows. */
  readonly isConfigured?: boolean | undefined;
  readonly targetFields?: readonly TargetField[] | undefined;
  readonly capabilities?: TypingCapabilities | undefined;
}
