import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { playgroundApp, webhookPath } from './server/app.ts';
import { builtPage } from './built-page.ts';
import { ChangeFeed } from './server/change-feed.ts';
import { World } from './world/world.ts';

/** What {@link startPlayground} needs to know. */
export interface PlaygroundOptions {
  /** Default: 0, any free port. Always on 127.0.0.1, never on another interface. */
  readonly port?: number | undefined;
}

/** A playground that runs. */
export interface Playground extends AsyncDisposable {
  /** Where the page is: `http://127.0.0.1:<port>/`. */
  readonly url: string;
  /** Where the control surface of its simulator is. */
  readonly simulatorControlUrl: string;
  /** Ends everything, and what is open. Can be called twice. */
  close(): Promise<void>;
}

/**
 * Serves the playground: a page with two phones, a bot that types through typingkit, and the simulator of both vendors
 * behind it, all in this process.
 *
 * Rejects with the system's error if the port is taken.
 */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const page = await builtPage();
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const feed = new ChangeFeed();
  const url = `http://127.0.0.1:${port}/`;
  const onChange = (): void => feed.tell();
  const world = await World.start({ webhookUrl: new URL(webhookPath, url).href, onChange });
  const app = playgroundApp(world, feed, page);
  // By default the adapter swaps the global Request and Response, here those of whoever embeds it.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= closeAll(server, world));
  return {
    url,
    simulatorControlUrl: world.simulator.controlUrl,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function closeAll(server: Server, world: World): Promise<void> {
  const isClosed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  await Promise.all([isClosed, world.close()]);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on a port of TCP has an address object; a string is for pipes.
  return (server.address() as AddressInfo).port;
}
