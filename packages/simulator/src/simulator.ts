import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

import { bubbleIntervals } from './bubble.ts';
import type { BubbleInterval, ConversationFact } from './bubble.ts';
import { createClock } from './clock.ts';
import type { SimulatedClock } from './clock.ts';
import { connectSafelyRoutes } from './connectsafely-routes.ts';
import type { ConnectSafelySettingsChange } from './connectsafely-settings.ts';
import { createConnectSafelyVendor } from './connectsafely-vendor.ts';
import type { ConnectSafelyVendor } from './connectsafely-vendor.ts';
import { controlRoutes } from './control-routes.ts';
import { createConversationLog } from './conversation-log.ts';
import { createFaultQueue } from './faults.ts';
import type { FaultQueue } from './faults.ts';
import { linqRoutes } from './linq-routes.ts';
import type { LinqSettingsChange } from './linq-settings.ts';
import { createLinqVendor } from './linq-vendor.ts';
import type { LinqVendor } from './linq-vendor.ts';
import { createRequestLog } from './request-log.ts';
import type { LoggedRequest, RequestFilter } from './request-log.ts';
import { wireObserver } from './wire-observer.ts';
import type { WireEnvironment } from './wire-observer.ts';

export interface SimulatorOptions {
  /** Default: 0, any free port. */
  readonly port?: number | undefined;
  /** Where real time comes from, in milliseconds. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Simulated milliseconds per real millisecond. Default: 1. */
  readonly speed?: number | undefined;
  readonly linq?: LinqSettingsChange | undefined;
  readonly connectsafely?: ConnectSafelySettingsChange | undefined;
}

/** Where a vendor is to be found and the first key it takes. */
export interface VendorAddress {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** Both vendors on one port of 127.0.0.1. All times are simulated, in milliseconds since the Unix epoch. */
export interface Simulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Where the control surface is: `<url>/_simulator`. */
  readonly controlUrl: string;
  readonly clock: SimulatedClock;
  readonly linq: LinqVendor & VendorAddress;
  readonly connectsafely: ConnectSafelyVendor & VendorAddress;
  readonly faults: FaultQueue;
  /** What came over the wire, oldest first. */
  requests(filter?: RequestFilter): readonly LoggedRequest[];
  forgetRequests(): void;
  /**
   * When the recipient saw the bubble, oldest first, by chat id or `conversationUrn`. Computed from what happened, so
   * it is right whenever it is asked for. Throws an `Error` for a conversation that was never created.
   */
  recipientView(conversation: string): readonly BubbleInterval[];
  /** The starts, stops and messages of a conversation, with why a start stayed hidden. Throws as `recipientView` does. */
  history(conversation: string): readonly ConversationFact[];
  /** Forgets every conversation, request and fault; settings and time stay. */
  reset(): void;
  /** Stops listening and destroys what is open, hanging requests too. Can be called twice. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts Linq and ConnectSafely on loopback. Rejects with the system's error if the port is taken,
 * with a `TypeError` if a setting is refused and with a `RangeError` for an impossible speed.
 * @see https://docs.linqapp.com
 * @see https://connectsafely.ai/docs
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = createClock(options);
  const conversations = createConversationLog();
  const requestLog = createRequestLog();
  const faults = createFaultQueue();
  const linq = createLinqVendor(options.linq ?? {}, clock, conversations);
  const connectSafely = createConnectSafelyVendor(
    options.connectsafely ?? {},
    clock,
    conversations,
  );

  const app = new Hono<WireEnvironment>();
  const server = createServer();
  // By default the adapter swaps the global Request and Response, here those of the code under test.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${String(port)}`;

  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
    return closed;
  };

  const simulator: Simulator = {
    url,
    controlUrl: `${url}/_simulator`,
    clock,
    linq: {
      ...linq,
      baseUrl: `${url}/api/partner`,
      get apiKey() {
        return linq.settings().apiKeys[0] ?? '';
      },
    },
    connectsafely: {
      ...connectSafely,
      baseUrl: `${url}/linkedin`,
      get apiKey() {
        return connectSafely.settings().apiKeys[0] ?? '';
      },
    },
    faults,
    requests: (filter) => requestLog.list(filter),
    forgetRequests() {
      requestLog.clear();
    },
    recipientView: (conversation) =>
      bubbleIntervals(conversations.facts(conversation), clock.now()),
    history: (conversation) => conversations.facts(conversation),
    reset() {
      linq.clear();
      connectSafely.clear();
      conversations.clear();
      requestLog.clear();
      faults.clear();
    },
    close,
    [Symbol.asyncDispose]: close,
  };

  const parts = { clock, requestLog, faults };
  app.use('/api/partner/*', wireObserver('linq', parts));
  app.use('/linkedin/*', wireObserver('connectsafely', parts));
  app.route('/api/partner', linqRoutes(linq));
  app.route('/linkedin', connectSafelyRoutes(connectSafely));
  app.route('/_simulator', controlRoutes(simulator));
  app.all('*', wireObserver(null, parts), (context) =>
    context.text('Neither vendor has this path. A wrong base URL?\n', 404),
  );
  app.onError((error, context) =>
    context.text(`The simulator itself failed: ${error.stack ?? error.message}\n`, 500),
  );
  return simulator;
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on a port of TCP has an address object; a string is for pipes.
  return (server.address() as AddressInfo).port;
}
