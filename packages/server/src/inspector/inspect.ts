import { Hono } from 'hono';
import { EventLog } from '../events/event-log.ts';
import { Tokens } from '../guards/tokens.ts';
import { listenOn } from '../listener.ts';
import type { AnyTyping, ServedTyping } from '../served-typing.ts';
import { type ServerOptions, settingsFrom } from '../server-options.ts';
import { Masks } from '../sessions/masks.ts';
import { SessionList } from '../sessions/session-list.ts';
import { Inspection } from './inspection.ts';
import { inspectorApp } from './inspector-app.ts';

/** Where the inspector listens, and for whom. */
export type InspectOptions = Pick<
  ServerOptions,
  'clock' | 'host' | 'onInternalError' | 'port' | 'tokens'
>;

/** An inspector that runs. */
export interface Inspector extends AsyncDisposable {
  /** Where the page is: `http://127.0.0.1:4030/inspector/`. */
  readonly url: string;
  /** Stops listening; the `Typing` goes on. Can be called twice. Never rejects. */
  close(): Promise<void>;
}

/**
 * Shows what a `Typing` of this process does: a page with its sessions, what rests and why, what failed and what to do. It
 * changes nothing. Without a token it is for this machine only, and shows no id of a recipient unless it is asked to.
 *
 * ```ts
 * const { url } = await inspect(typing, { port: 4030 });
 * ```
 *
 * @param options `port`: 0 by default, any free one. `host`: `127.0.0.1` by default; any other needs `tokens`.
 * @throws TypingError `misconfigured`, where an option is invalid; or rejects with the system's error, where the port is taken.
 */
export async function inspect<Targets extends object>(
  typing: ServedTyping<Targets>,
  options: InspectOptions = {},
): Promise<Inspector> {
  const { clock, host, onInternalError, port, tokens } = settingsFrom({ ...options, typing });
  // Channels and targets come from its own sessions.
  const any = typing as unknown as AnyTyping;
  const closing = new AbortController();
  const log = new EventLog((listener) => any.observe(listener));
  const list = new SessionList(() => any.sessions());
  const inspection = new Inspection({ typing: any, events: log, list, masks: new Masks(), clock });
  const app = new Hono();
  app.get('/', (context) => context.redirect('/inspector/'));
  const parts = { inspection, log, tokens: new Tokens(tokens), closing: closing.signal };
  app.route('/inspector', inspectorApp({ ...parts, onInternalError }));
  const listener = await listenOn((request) => app.fetch(request), port, host);
  let closed: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    closing.abort();
    inspection.close();
    log.close();
    await listener.close();
  }

  const close = (): Promise<void> => (closed ??= closeAll());
  return { url: `${listener.url}/inspector/`, close, [Symbol.asyncDispose]: close };
}
