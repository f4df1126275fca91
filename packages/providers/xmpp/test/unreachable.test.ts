import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { xmpp, type XmppOptions } from '@typingkit/xmpp';
import { afterEach, expect, test, vi } from 'vitest';

const password = 'Password_7qXw2Lk9ZtB4vRn8PdYs';
const bob = { to: 'bob@localhost' };
const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  vi.doUnmock('@xmpp/client');
  for (const socket of sockets) socket.destroy();
  await Promise.all(
    servers.splice(0).map(async (server) => {
      server.close();
      await once(server, 'close');
    }),
  );
});

/** Something that listens, and answers as it is told. @returns its port. */
async function listen(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    answer(socket);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // On a TCP port the address is never a string.
  return (server.address() as AddressInfo).port;
}

/** What a server says that greets, and then goes on with `rest`. */
function greeting(rest: string): (socket: Socket) => void {
  const header = `<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1' version='1.0' from='localhost'>`;
  return (socket) => socket.once('data', () => socket.write(header + rest));
}

const plainOnly = `<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms></stream:features>`;
const streamError = (condition: string, text = ''): string =>
  `<stream:error><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'>${text}</${condition}></stream:error></stream:stream>`;

async function errorOf(port: number, options: Partial<XmppOptions> = {}): Promise<Error> {
  const provider = xmpp({
    jid: 'alice@localhost',
    password,
    service: `xmpp://127.0.0.1:${port}`,
    timeoutMs: 60_000,
    ...options,
  });
  const error = await provider.start(bob, {}).then(
    () => new Error('It was accepted.'),
    (thrown: unknown) => thrown,
  );
  expect(inspect(error, { depth: 9 })).not.toContain(password);
  expect(error).toBeInstanceOf(Error);
  await provider.close?.();
  // It has just been looked at.
  return error as Error;
}

test('a port where nobody listens is a network failure that names the code of the system', async () => {
  const port = await listen(() => {});
  servers.splice(0).forEach((server) => server.close());
  const error = await errorOf(port);
  expect(error).toMatchObject({ code: 'network', retryable: true });
  expect(error.message).toContain('ECONNREFUSED');
});

test('a server that hangs up is a network failure', async () => {
  const port = await listen((socket) => socket.destroy());
  expect(await errorOf(port)).toMatchObject({ code: 'network' });
});

test('a server that says nothing is a timeout', async () => {
  const port = await listen(() => {});
  expect(await errorOf(port, { timeoutMs: 100 })).toMatchObject({ code: 'timeout' });
});

test('a server that speaks something else is a bad response', async () => {
  const port = await listen((socket) =>
    socket.write('HTTP/1.1 400 Bad Request\r\n\r\n<html><body></html>'),
  );
  expect(await errorOf(port)).toMatchObject({ code: 'bad-response' });
});

test('a password is not sent without TLS, except on loopback', async () => {
  const said: string[] = [];
  const port = await listen((socket) => {
    greeting(plainOnly)(socket);
    socket.on('data', (data) => said.push(String(data)));
  });
  // Which leads to loopback, but is not known to.
  const error = await errorOf(port, { service: `xmpp://0.0.0.0:${port}` });
  expect(error).toMatchObject({ code: 'misconfigured' });
  expect(said.join('')).not.toContain('<auth');
});

test('a server that sends the bot elsewhere is not followed', async () => {
  let strangers = 0;
  const elsewhere = await listen(() => (strangers += 1));
  const port = await listen(greeting(streamError('see-other-host', `127.0.0.1:${elsewhere}`)));
  expect(await errorOf(port)).toMatchObject({
    code: 'misconfigured',
    vendorCode: 'see-other-host',
  });
  expect(strangers).toBe(0);
});

test.for([
  ['host-unknown', 'not-found'],
  ['policy-violation', 'rate-limited'],
  ['system-shutdown', 'unavailable'],
  ['internal-server-error', 'unavailable'],
  ['something-new', 'unavailable'],
])('a stream that ends with %s is %s', async ([condition = '', code]) => {
  const port = await listen(greeting(streamError(condition)));
  expect(await errorOf(port)).toMatchObject({ code, vendorCode: condition });
});

test.for([
  ['not-authorized', 'unauthenticated'],
  ['account-disabled', 'unauthenticated'],
  ['credentials-expired', 'unauthenticated'],
  ['temporary-auth-failure', 'unavailable'],
  ['encryption-required', 'misconfigured'],
])('a login that fails with %s is %s', async ([condition, code]) => {
  const refusal = `<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><${condition}/><text>${password}</text></failure>`;
  const port = await listen((socket) => {
    greeting(plainOnly)(socket);
    socket.on('data', (data) => {
      if (String(data).includes('<auth')) socket.write(refusal);
    });
  });
  expect(await errorOf(port)).toMatchObject({ code, vendorCode: condition });
});

test('a server without a login that anybody knows is unsupported', async () => {
  const port = await listen(greeting(plainOnly.replace('PLAIN', 'X-OWN')));
  expect(await errorOf(port)).toMatchObject({ code: 'unsupported' });
});

test('who gives up gets the reason back, and the provider can be closed', async () => {
  const port = await listen(() => {});
  const provider = xmpp({ jid: 'alice@localhost', password, service: `xmpp://127.0.0.1:${port}` });
  const reason = new Error('given up');
  const controller = new AbortController();
  const start = provider.start(bob, { signal: controller.signal });
  controller.abort(reason);
  await expect(start).rejects.toBe(reason);
  const second = provider.start(bob, {});
  await provider.close?.();
  await expect(second).rejects.toMatchObject({ code: 'stopped' });
  await expect(provider.start(bob, {})).rejects.toMatchObject({ code: 'stopped' });
});

test('the package that speaks XMPP is loaded with the first start, and an error says what to install', async () => {
  const load = vi.fn(() => {
    throw new Error('Cannot find package');
  });
  vi.doMock('@xmpp/client', load);
  const provider = xmpp({ jid: 'alice@localhost', password });
  expect(provider.targetsIn?.({})).toEqual([]);
  expect(load).not.toHaveBeenCalled();
  const error = await errorOf(1);
  expect(load).toHaveBeenCalled();
  expect(error).toMatchObject({ code: 'misconfigured' });
  expect(error.message).toContain('npm install @xmpp/client');
});
