import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { type BubbleInterval, type Simulator, startSimulator } from '@typingkit/simulator';
import { virtualClock } from '@typingkit/testing';
import {
  configureTyping,
  defaultTyping,
  sendTyping,
  type TypingEvent,
  type TypingOptions,
} from 'typingkit';
import { expect, test as base, vi } from 'vitest';

/** How long the model of an example thinks, in virtual milliseconds. */
export const thinkMs = 20_000;
/** What it then says. */
export const reply = 'Here it is.';

/** What takes a bubble away where the vendor has a stop: it is on its way together with the message. */
export const stopOrMessage: unknown = expect.stringMatching(/^(?:stopped|message)$/);

/** For what a busy machine takes its time for. */
export const patience = { timeout: 120_000 };

/** All cadences are whole seconds. */
const stepMs = 1_000;

/** Which vendor an example has, of those that have one channel. */
const chosen = {
  TYPINGKIT_IMESSAGE: 'linq',
  TYPINGKIT_LINKEDIN: 'connectsafely',
  TYPINGKIT_WHATSAPP: 'meta',
};

/** One example on simulated platforms. No time passes, for the engine, the model and the platforms, until the test says so. */
export interface Stage {
  readonly simulator: Simulator;
  /** What the model was asked. */
  readonly asked: unknown[];
  /** What typingkit told. */
  readonly events: TypingEvent[];
  /** For an example that makes its own `Typing`. */
  readonly options: Omit<TypingOptions, 'channels'>;
  /** Gives the example these channels, in place of those of the environment. */
  configure(channels: TypingOptions['channels']): void;
  /** A model that thinks for {@link thinkMs}. */
  think(this: void, message: unknown): Promise<string>;
  /** Takes as long as it says. */
  wait(this: void, ms: number): Promise<void>;
  /** Lets time pass, for all of them. */
  pass(ms: number): Promise<void>;
  /** Lets time pass while something waits for it, until some work is done. How long a machine takes is no part of it. */
  finish<Value>(work: Promise<Value>): Promise<Value>;
  /** Does the same until the bot has sent as many messages. @returns when, in milliseconds from the beginning of the test. */
  messages(conversation: string, count?: number): Promise<number[]>;
  /** Serves a bot's webhooks until the end of the test. @returns where. */
  listen(handler: Handler): Promise<string>;
  /**
   * Serves a simulated platform at the root of an address, for clients that know no other place. Where `own` has an answer,
   * that is it; where a request has no key, it gets `authorization`. @returns where.
   */
  forward(
    baseUrl: string,
    own?: (request: IncomingMessage) => object | undefined,
    authorization?: string,
  ): Promise<string>;
  /** Changes the environment until the end of the test. */
  setEnvironment(change: Readonly<Record<string, string>>): void;
  /** What the recipient saw, in milliseconds from the beginning of the test. */
  seen(conversation: string): BubbleInterval[];
  /** Runs at the end of the test, the newest first. */
  atEnd(run: () => unknown): void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A test of an example. The environment has the key and the address of every simulated platform. */
export const test = base.extend<{ stage: Stage }>({
  // Vitest reads from its parameter what a fixture needs.
  // oxlint-disable-next-line no-empty-pattern
  stage: async ({}, use) => {
    const stage = await openStage();
    await use(stage);
    await stage.close();
  },
});

async function openStage(): Promise<Stage & { close(): Promise<void> }> {
  const simulator = await startSimulator({ speed: 0 });
  const beganAtMs = simulator.clock.now();
  const clock = virtualClock();
  const asked: unknown[] = [];
  const events: TypingEvent[] = [];
  const endings: (() => unknown)[] = [];
  for (const { environment } of Object.values(simulator.vendors)) setEnvironment(environment);
  setEnvironment(chosen);
  await warmUp(simulator);
  const followed = [simulator.url];
  const inFlight = followFetch(followed);
  const options: Omit<TypingOptions, 'channels'> = {
    clock,
    random: () => 0,
    onEvent: (event) => events.push(event),
  };
  configureTyping(options);

  /** Until no request is under way, nor about to be. */
  async function settled(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 2; quietTurns += 1) {
      if (inFlight.size > 0) quietTurns = 0;
      await Promise.all(inFlight);
      await clock.advance(0);
    }
  }

  let waiting = 0;
  async function wait(ms: number): Promise<void> {
    waiting += 1;
    await new Promise<void>((resolve) => {
      clock.setTimer(resolve, ms);
    });
    waiting -= 1;
  }

  async function pass(ms: number): Promise<void> {
    await settled();
    for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
      simulator.clock.advance(Math.min(stepMs, leftMs));
      await clock.advance(Math.min(stepMs, leftMs));
      await settled();
    }
  }

  async function passUntil(isDone: () => boolean): Promise<void> {
    const deadlineMs = Date.now() + patience.timeout;
    while (!isDone()) {
      if (Date.now() > deadlineMs) throw new Error('What the test waits for did not happen.');
      // Something else is due first: a connection, a module that is loaded.
      if (waiting === 0) await setTimeout(1);
      else await pass(stepMs);
    }
  }

  async function listen(handler: Handler): Promise<string> {
    const server = createServer((...exchange) => void handler(...exchange)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    endings.push(() => {
      server.closeAllConnections();
      server.close();
    });
    // It listens on a port, which is neither a pipe nor nothing.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return {
    simulator,
    asked,
    events,
    options,
    configure: (channels) => void configureTyping({ ...options, channels }),
    async think(message) {
      asked.push(message);
      await wait(thinkMs);
      return reply;
    },
    wait,
    pass,
    async finish(work) {
      let isOver = false;
      const end = (): void => {
        isOver = true;
      };
      work.then(end, end);
      await passUntil(() => isOver);
      return work;
    },
    listen,
    async forward(baseUrl, own, authorization) {
      const url = await listen((request, response) => {
        const answer = own?.(request);
        if (answer === undefined) return forwardTo(baseUrl, request, response, authorization);
        response.writeHead(200, { 'content-type': 'application/json' });
        return response.end(JSON.stringify(answer));
      });
      followed.push(url);
      return url;
    },
    setEnvironment,
    seen: (conversation) =>
      simulator.recipientView(conversation).map((bubble) => sinceThen(bubble, beganAtMs)),
    async messages(conversation, count = 1) {
      const found = (): number[] =>
        simulator
          .history(conversation)
          .filter(({ kind }) => kind === 'message')
          .map(({ atMs }) => atMs - beganAtMs);
      await passUntil(() => found().length >= count);
      return found();
    },
    atEnd: (run) => void endings.push(run),
    async close() {
      for (const end of endings.toReversed()) await end();
      await Promise.all([defaultTyping().close(), pass(2_000)]);
      await simulator.close();
      vi.unstubAllEnvs();
      vi.unstubAllGlobals();
    },
  };
}

function sinceThen(bubble: BubbleInterval, zeroMs: number): BubbleInterval {
  const { fromMs, toMs } = bubble;
  return { ...bubble, fromMs: fromMs - zeroMs, toMs: toMs === null ? null : toMs - zeroMs };
}

/** The first request of a process loads what it needs, which takes time that no clock here counts. */
async function warmUp(simulator: Simulator): Promise<void> {
  configureTyping({});
  const { chatId } = simulator.telegram.createConversation();
  await sendTyping('telegram', { chatId });
  simulator.reset();
}

function setEnvironment(change: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(change)) vi.stubEnv(name, value);
}

async function forwardTo(
  baseUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
  authorization = '',
): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const answer = await fetch(`${baseUrl}${url}`, {
    method,
    headers: {
      authorization: headers.authorization ?? authorization,
      'content-type': headers['content-type'] ?? '',
      'user-agent': headers['user-agent'] ?? '',
    },
    body: method === 'GET' ? null : new Uint8Array(await buffer(request)),
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  response.writeHead(answer.status, { 'content-type': type });
  response.end(await answer.text());
}

/** The requests that are under way to the simulator, by the `fetch` of the runtime. */
function followFetch(urls: readonly string[]): ReadonlySet<Promise<unknown>> {
  const inFlight = new Set<Promise<unknown>>();
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (...[input, init]: Parameters<typeof fetch>) => {
    const answer = fetch(input, init);
    const address = input instanceof Request ? input.url : String(input);
    if (!urls.some((url) => address.startsWith(url))) return answer;
    // With its body, so that what follows from it has begun.
    const settled = answer
      .then((response) => response.clone().text())
      .catch(() => {})
      .finally(() => inFlight.delete(settled));
    inFlight.add(settled);
    return answer;
  });
  return inFlight;
}
