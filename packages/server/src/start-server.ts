import { serverApp } from './app.ts';
import type { Answer } from './endpoints/endpoint.ts';
import { allEndpoints } from './endpoints/endpoints.ts';
import { EventLog } from './events/event-log.ts';
import { Tokens } from './guards/tokens.ts';
import { Inspection } from './inspector/inspection.ts';
import { inspectorApp } from './inspector/inspector-app.ts';
import { prometheusMetrics } from './metrics/prometheus.ts';
import { listenOn } from './listener.ts';
import type { AnyTyping } from './served-typing.ts';
import { type ServerOptions, settingsFrom } from './server-options.ts';
import { IdempotencyKeys } from './sessions/idempotency-keys.ts';
import { Masks } from './sessions/masks.ts';
import { SessionDesk } from './sessions/session-desk.ts';

/** A server that runs. */
export interface TypingServer extends AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:4020`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /**
   * Refuses new requests, clears every indicator that is up, closes the `Typing`, and stops listening. Can be called twice.
   * Never rejects.
   */
  close(): Promise<void>;
}

/**
 * Serves a `Typing` over HTTP, for bots in any language. Without a token it listens on this machine only.
 *
 * @throws TypingError `misconfigured`, where an option is invalid; or rejects with the system's error, where the port is taken.
 */
export async function startServer<Targets extends object>(
  options: ServerOptions<Targets>,
): Promise<TypingServer> {
  const settings = settingsFrom(options);
  // Channels and targets come from requests, and are checked by the `Typing` itself.
  const typing = options.typing as unknown as AnyTyping;
  const metrics = settings.metrics ? await prometheusMetrics(typing, settings.clock) : undefined;
  const desk = new SessionDesk(typing, settings);
  const events = new EventLog((listener) => typing.observe(listener));
  const closing = new AbortController();
  const served = {
    typing,
    channels: settings.channels,
    desk,
    events,
    keys: new IdempotencyKeys<Answer>(),
    masks: new Masks(),
    clock: settings.clock,
    closing: closing.signal,
  };
  const tokens = new Tokens(settings.tokens);
  const { onInternalError } = settings;
  const inspection = new Inspection({ ...served, list: desk.list });
  const inspector = inspectorApp({
    inspection,
    log: events,
    tokens,
    closing: closing.signal,
    onInternalError,
  });
  const endpoints = metrics ? [...allEndpoints, metrics.endpoint] : allEndpoints;
  const app = serverApp({ served, endpoints, tokens, inspector, onInternalError });
  const { port, host } = settings;
  const listener = await listenOn((request) => app.fetch(request), port, host);
  let closed: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    closing.abort();
    await typing.close({ deadlineMs: settings.closeMs }).catch(onInternalError);
    desk.close();
    events.close();
    inspection.close();
    await metrics?.close().catch(onInternalError);
    await listener.close();
  }

  const close = (): Promise<void> => (closed ??= closeAll());
  return { url: listener.url, port: listener.port, close, [Symbol.asyncDispose]: close };
}
