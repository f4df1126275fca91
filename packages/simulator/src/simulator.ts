import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

import { bubbleIntervals } from './bubbles/bubble.ts';
import { createBubbleWatch } from './bubbles/bubble-watch.ts';
import { createConversationLog } from './bubbles/conversation-log.ts';
import { controlRoutes } from './control/routes.ts';
import { createFaultQueue } from './faults/faults.ts';
import { createObservers } from './observing/observer.ts';
import { createRequestLog } from './observing/request-log.ts';
import { logStray, serveVendor } from './observing/serve-vendor.ts';
import type { WireEnvironment } from './observing/serve-vendor.ts';
import { boundedBody } from './server/bounded-body.ts';
import { localCallersOnly } from './server/local-callers-only.ts';
import type { Simulator, SimulatorOptions } from './simulator-interface.ts';
import { createClock } from './time/clock.ts';
import { createSchedule } from './time/schedule.ts';
import { startVendor } from './vendors/start-vendor.ts';
import { vendorNames, vendorRows } from './vendors/vendor-registry.ts';
import type { SimulatedVendors } from './vendors/vendor-registry.ts';

const DEFAULT_KEPT_REQUESTS = 10_000;

/**
 * Starts every vendor on loopback. Rejects with the system's error if the port is taken, with a `TypeError` for an
 * invalid setting and with a `RangeError` for an invalid speed or size of the log.
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
  const requestLog = createRequestLog(checkedKeptRequests(options.keptRequests));
  const faults = createFaultQueue();
  let url = '';
  const surroundings = {
    schedule,
    conversations,
    observers,
    url: () => url,
    realNow: options.now ?? Date.now,
  };
  const started = vendorNames.map((name) =>
    startVendor(name, vendorRows[name], options[name] ?? {}, surroundings),
  );

  const app = new Hono<WireEnvironment>();
  const server = createServer();
  // By default the adapter swaps the global Request and Response, here those of the code under test.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  const port = await listen(server, options.port ?? 0);
  url = `http://127.0.0.1:${String(port)}`;

  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
      schedule.clear();
      for (const { running } of started) running.close?.();
    });
    return closed;
  };

  const vendorEntries = started.map(({ name, simulated }) => [name, simulated] as const);
  // Each was made from the row of its name, so it is what the row's type says.
  const vendors = Object.fromEntries(vendorEntries) as unknown as SimulatedVendors;
  const simulator: Simulator = {
    ...vendors,
    url,
    controlUrl: `${url}/_simulator`,
    clock,
    vendors,
    faults,
    requests: (filter) => requestLog.list(filter),
    droppedRequests: () => requestLog.dropped(),
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
      conversations.clear();
      for (const { running } of started) running.clear();
      requestLog.clear();
      faults.clear();
      observers.tell({ kind: 'reset', atMs: clock.now() });
    },
    close,
    [Symbol.asyncDispose]: close,
  };

  const wire = { clock, requestLog, faults, observers };
  app.use(localCallersOnly);
  app.use(boundedBody);
  for (const vendor of started) {
    app.all(`${vendor.row.basePath}/*`, (context) => serveVendor(context, vendor, wire));
  }
  app.route('/_simulator', controlRoutes(simulator, started));
  app.all('*', async (context) => logStray(context, await context.req.text(), wire));
  app.onError((error, context) =>
    context.text(`The simulator itself failed: ${error.stack ?? error.message}\n`, 500),
  );
  return simulator;
}

function checkedKeptRequests(keptRequests = DEFAULT_KEPT_REQUESTS): number {
  if (Number.isInteger(keptRequests) && keptRequests > 0) return keptRequests;
  throw new RangeError(`keptRequests is a whole number of 1 or more, got ${String(keptRequests)}.`);
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on a port of TCP has an address object; a string is for pipes.
  return (server.address() as AddressInfo).port;
}
