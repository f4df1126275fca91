import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

import { bubbleIntervals } from './recipient/bubble.ts';
import { createBubbleWatch } from './recipient/bubble-watch.ts';
import { createClock } from './time/clock.ts';
import { connectSafelyRoutes } from './connectsafely/routes.ts';
import { createConnectSafelyVendor } from './connectsafely/vendor.ts';
import { controlRoutes } from './control/routes.ts';
import { createConversationLog } from './recipient/conversation-log.ts';
import { createFaultQueue } from './faults/faults.ts';
import { linqRoutes } from './linq/routes.ts';
import { createLinqVendor } from './linq/vendor.ts';
import { createObservers } from './observing/observer.ts';
import { createRequestLog } from './observing/request-log.ts';
import { createSchedule } from './time/schedule.ts';
import type { Simulator, SimulatorOptions } from './simulator-interface.ts';
import { wireObserver } from './observing/wire-observer.ts';
import type { WireEnvironment } from './observing/wire-observer.ts';

/**
 * Starts Linq and ConnectSafely on loopback. Rejects with the system's error if the port is taken,
 * with a `TypeError` if a setting is refused and with a `RangeError` for an impossible speed.
 * @see https://docs.linqapp.com
 * @see https://connectsafely.ai/docs
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const schedule = createSchedule(createClock(options));
  const { clock } = schedule;
  const observers = createObservers();
  const conversations = createConversationLog((vendor, conversation, fact) => {
    observers.tell({ kind: 'fact', atMs: fact.atMs, vendor, conversation, fact });
    bubbleWatch.look(vendor, conversation, fact);
  });
  const bubbleWatch = createBubbleWatch(conversations, observers, schedule);
  const requestLog = createRequestLog();
  const faults = createFaultQueue();
  const linq = createLinqVendor(options.linq ?? {}, {
    schedule,
    conversations,
    observers,
    realNow: options.now ?? Date.now,
  });
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
      schedule.clear();
      linq.webhooks.stop();
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
    observe: (observer) => observers.observe(observer),
    reset() {
      schedule.clear();
      bubbleWatch.clear();
      linq.clear();
      connectSafely.clear();
      conversations.clear();
      requestLog.clear();
      faults.clear();
      observers.tell({ kind: 'reset', atMs: clock.now() });
    },
    close,
    [Symbol.asyncDispose]: close,
  };

  const parts = { clock, requestLog, faults, observers };
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
