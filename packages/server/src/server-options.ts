import { type Clock, systemClock, TypingError } from '@typingkit/core';
import { isLoopback } from './guards/own-callers-only.ts';
import type { ServedChannel, ServedTyping } from './served-typing.ts';

/** What {@link startServer} needs to know. */
export interface ServerOptions<Targets extends object = Record<string, unknown>> {
  /** What is served: what `createTyping` makes, or `sharedTyping`. `close()` of the server closes it. */
  readonly typing: ServedTyping<Targets>;
  /** What `GET /v1/channels` lists. Default: nothing. */
  readonly channels?: readonly ServedChannel[] | undefined;
  /** The address to listen on. Default: `127.0.0.1`. Any other than loopback needs a token. */
  readonly host?: string | undefined;
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /**
   * Which tokens let a request in, of 16 characters or more each: several, so that they can be rotated. Default: none, and
   * only programs on this machine are let in.
   */
  readonly tokens?: readonly string[] | undefined;
  /** How many sessions may be alive. Default: 100,000. */
  readonly mostSessions?: number | undefined;
  /** How long a session may be paused before it is ended, in milliseconds. Default: one hour. */
  readonly longestPauseMs?: number | undefined;
  /** How long `close()` may take to clear indicators, in milliseconds. Default: 5,000. */
  readonly closeMs?: number | undefined;
  /**
   * Whether `GET /metrics` is there, for Prometheus. It needs Node 22.15 and four packages that are optional peers.
   * Default: no.
   */
  readonly metrics?: boolean | undefined;
  /** Gets failures of the server itself. Default: name and stack go to `console.error`, without the message. */
  readonly onInternalError?: ((error: unknown) => void) | undefined;
  /** The clock of the `Typing`. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/** The same with every default filled in. */
export type ServerSettings = {
  readonly [Name in Exclude<keyof ServerOptions, 'typing'>]-?: Exclude<
    ServerOptions[Name],
    undefined
  >;
};

const defaultMostSessions = 100_000;
const defaultPauseMs = 3_600_000;
const defaultCloseMs = 5_000;
const shortestToken = 16;
/** The longest that a timer can wait. */
const longestMs = 2 ** 31 - 1;

/** @throws TypingError `misconfigured`. Never quotes a token. */
export function settingsFrom<Targets extends object>(
  options: ServerOptions<Targets>,
): ServerSettings {
  const { channels = [], host = '127.0.0.1', port = 0, tokens = [] } = options;
  const { mostSessions = defaultMostSessions, longestPauseMs = defaultPauseMs } = options;
  const { closeMs = defaultCloseMs, clock = systemClock, metrics = false } = options;
  const { onInternalError = (error: unknown) => console.error(nameOf(error)) } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw invalid('port must be a whole number from 0 to 65535');
  for (const [name, value] of Object.entries({ mostSessions, longestPauseMs, closeMs })) {
    if (!Number.isInteger(value) || value < 1 || value > longestMs)
      throw invalid(`${name} must be a whole number of 1 or more`);
  }
  if (!Array.isArray(tokens) || !tokens.every(isToken)) {
    throw invalid(
      `every token must have ${shortestToken} characters or more, and no blanks`,
      'Make one with: openssl rand -hex 32',
    );
  }
  if (tokens.length === 0 && !isLoopback(host)) {
    throw invalid(
      'an address that other machines can reach needs a token',
      'Set a token, or listen on 127.0.0.1.',
    );
  }
  return {
    channels,
    host,
    port,
    tokens,
    mostSessions,
    longestPauseMs,
    closeMs,
    clock,
    metrics,
    onInternalError,
  };
}

function isToken(token: unknown): boolean {
  return typeof token === 'string' && token.length >= shortestToken && /^[\x21-\x7e]+$/.test(token);
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'typingkit server: unknown';
  // Without the message, which may quote what a request holds.
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [`typingkit server: ${error.name}`, ...frames].join('\n');
}

function invalid(reason: string, advice?: string): TypingError {
  return new TypingError({ code: 'misconfigured', operation: 'configure', reason, advice });
}
