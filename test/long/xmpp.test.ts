import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTyping, type Typing } from '@typingkit/core';
import { xmpp, type XmppTarget } from '@typingkit/xmpp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCli } from '../../packages/cli/test/run-cli.ts';
import { logIn, type Person, repetitionsIn } from '../../packages/providers/xmpp/test/person.ts';
import {
  hasProsody,
  password,
  type Prosody,
  type Settings,
  startProsody,
} from '../../packages/providers/xmpp/test/prosody.ts';
import { startProxy } from '../../packages/providers/xmpp/test/proxy.ts';
import { configure, openRoom } from '../../packages/providers/xmpp/test/rooms.ts';
import { runToExit } from '../process-exit/run-to-exit.ts';

type XmppTyping = Typing<{ xmpp: XmppTarget }>;

const opened: AsyncDisposable[] = [];
/** Closes it when the test is over. */
function open<Resource extends AsyncDisposable>(resource: Resource): Resource {
  opened.unshift(resource);
  return resource;
}
afterEach(async () => {
  for (const resource of opened.splice(0)) await resource[Symbol.asyncDispose]();
});

const chat: XmppTarget = { to: 'bob@localhost' };
/** A server that comes back takes a while, and so do people. */
const patience = { timeout: 100_000 };

function connect(service: string): XmppTyping {
  const provider = xmpp({ jid: 'alice@localhost', password, service, timeoutMs: 30_000 });
  // Failures while the server is away are expected.
  return open(createTyping({ channels: { xmpp: provider }, onEvent: () => {} }));
}

const statesOf = ({ seen }: Person, kind = 'chat'): string[] =>
  seen.filter(({ type }) => type === kind).map(({ state }) => state);

describe.runIf(hasProsody)('A server that goes away', { timeout: 400_000 }, () => {
  let server: Prosody;
  let bob: Person;
  beforeEach(async () => {
    // With what resends after a connection was lost, if it is asked to.
    server = open(await startProsody(['alice', 'bob'], { modules: ['smacks'] }));
    bob = open(await logIn(server, 'bob'));
  });

  test('and comes back shows again what was shown, in a chat and in a room', async () => {
    const room = await openRoom(bob, 'team');
    await configure(bob, room, { persistentroom: '1' });
    const proxy = open(await startProxy(server.port));
    const typing = connect(proxy.service);
    const sessions = [chat, { to: room, type: 'groupchat' as const }].map((target) =>
      typing.keep('xmpp', target),
    );
    await expect.poll(() => bob.seen.length, patience).toBe(2);

    proxy.isOpen = false;
    await server.kill();
    await server.start();
    // Who comes into a room later is not told what went on there.
    const back = open(await logIn(server, 'bob'));
    await openRoom(back, 'team');
    proxy.isOpen = true;
    const backAtMs = performance.now();
    await expect.poll(() => statesOf(back), patience).toEqual(['composing']);
    await expect.poll(() => statesOf(back, 'groupchat'), patience).toEqual(['composing']);
    expect(performance.now() - backAtMs).toBeLessThan(5_000);

    await Promise.all(sessions.map((session) => session.stop()));
    await expect.poll(() => statesOf(back), patience).toEqual(['composing', 'paused']);
    await expect.poll(() => statesOf(back, 'groupchat')).toEqual(['composing', 'paused']);
  });

  test('shows it again to a person who comes back later than the bot', async () => {
    const typing = connect(server.service);
    const session = typing.keep('xmpp', chat);
    await expect.poll(() => statesOf(bob), patience).toEqual(['composing']);
    await server.kill();
    await server.start();
    await expect
      .poll(() => server.log().match(/Authenticated as alice/g), patience)
      .toHaveLength(2);
    const back = open(await logIn(server, 'bob'));
    await expect.poll(() => statesOf(back), patience).toEqual(['composing']);
    await session.stop();
    await expect.poll(() => statesOf(back), patience).toEqual(['composing', 'paused']);
  });

  test('shows nothing again that was stopped meanwhile, and what began meanwhile', async () => {
    const proxy = open(await startProxy(server.port));
    const typing = connect(proxy.service);
    const room = await openRoom(bob, 'team');
    const stopped = typing.keep('xmpp', chat);
    await expect.poll(() => statesOf(bob), patience).toEqual(['composing']);
    proxy.isOpen = false;
    proxy.cut();
    const ended = stopped.stop();
    typing.keep('xmpp', { to: room, type: 'groupchat' });
    proxy.isOpen = true;
    await ended;
    await expect.poll(() => statesOf(bob, 'groupchat'), patience).toEqual(['composing']);
    await expect.poll(() => statesOf(bob), patience).toEqual(['composing', 'paused']);
  });

  test('for one client, often, doubles and loses nothing, and sends nothing that is late', async () => {
    const proxy = open(await startProxy(server.port));
    const typing = connect(proxy.service);
    const session = typing.keep('xmpp', chat);
    const senders = (): number => new Set(bob.seen.map(({ from }) => from)).size;
    for (let cut = 1; cut <= 5; cut += 1) {
      await expect.poll(senders, patience).toBe(cut);
      proxy.cut();
    }
    await expect.poll(senders, patience).toBe(6);
    await session.stop();
    await expect.poll(() => statesOf(bob).at(-1), patience).toBe('paused');
    expect(repetitionsIn(bob)).toEqual([]);
    expect(bob.stanzas.join('\n')).not.toContain('<delay');
  });

  test('takes a thousand conversations along, and brings all of them back', async () => {
    const proxy = open(await startProxy(server.port));
    const typing = connect(proxy.service);
    const people = Array.from({ length: 1_000 }, (_, index) => `person-${index}@crowd.localhost`);
    for (const to of people) typing.keep('xmpp', { to });
    const seenBy = (sender: string | undefined): number =>
      new Set(bob.seen.filter(({ from }) => from === sender).map(({ about }) => about)).size;
    await expect.poll(() => seenBy(bob.seen[0]?.from), patience).toBe(1_000);
    proxy.cut();
    await expect.poll(() => bob.seen.at(-1)?.from, patience).not.toBe(bob.seen[0]?.from);
    await expect.poll(() => seenBy(bob.seen.at(-1)?.from), patience).toBe(1_000);
    expect(repetitionsIn(bob)).toEqual([]);
  });
});

describe.runIf(hasProsody)('A process', { timeout: 400_000 }, () => {
  const script = new URL('../../packages/providers/xmpp/test/one-session.ts', import.meta.url);

  async function start(settings: Settings = {}): Promise<{ server: Prosody; bob: Person }> {
    const server = open(await startProsody(['alice', 'bob'], settings));
    return { server, bob: open(await logIn(server, 'bob')) };
  }

  test('with an idle connection ends by itself', async () => {
    // With receipts, for which the library would set a timer.
    const { server, bob } = await start({ modules: ['smacks'] });
    const exit = await runToExit(script, [server.service, password, chat.to]);
    expect(exit).toMatchObject({ exitCode: 0, stderr: '' });
    await expect.poll(() => statesOf(bob), patience).toEqual(['composing']);
  });

  test('with an idle connection over TLS ends by itself, and trusts no certificate of anybody', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    open({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) });
    const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
    const request = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost';
    const name = '-addext subjectAltName=DNS:localhost';
    const files = ['-keyout', key, '-out', certificate];
    const { status, error } = spawnSync('openssl', [...`${request} ${name}`.split(' '), ...files]);
    if (error || status !== 0) {
      console.warn('Skipped: a server with TLS. To run it: apt-get install openssl');
      return;
    }
    const server = open(
      await startProsody(['alice'], { tls: { certificate, key }, hasScram: true }),
    );
    for (const service of [server.service, server.tlsService]) {
      const args = [service, password, 'nobody@localhost'];
      const trusting = await runToExit(script, args, { NODE_EXTRA_CA_CERTS: certificate });
      // Somebody who is logged in gets to hear that.
      expect(trusting).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('(service-unavailable)'),
      });
      const careful = await runToExit(script, args);
      expect(careful).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
      });
    }
    expect(server.log().match(/Authenticated as alice/g)).toHaveLength(2);
  });

  test('of the command line shows, keeps and clears', async () => {
    const { server, bob } = await start();
    const env = {
      XMPP_JID: 'alice@localhost',
      XMPP_PASSWORD: password,
      XMPP_SERVICE: server.service,
    };
    const run = (command: string): Promise<unknown> =>
      startCli([...command.split(' '), '--to', chat.to, '--json'], { env }).ended;
    expect(await run('send xmpp')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('accepted'),
    });
    await expect.poll(() => statesOf(bob), patience).toEqual(['composing']);
    expect(await run('stop xmpp')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('cleared'),
    });
    await expect.poll(() => statesOf(bob), patience).toEqual(['composing', 'paused']);
    expect(await run('keep xmpp --for 1s')).toMatchObject({ code: 0 });
    await expect
      .poll(() => statesOf(bob), patience)
      .toEqual(['composing', 'paused', 'composing', 'paused']);
    expect(await run('diagnose xmpp')).toMatchObject({
      stdout: expect.stringContaining('unverified'),
    });
    const wrong = { ...env, XMPP_PASSWORD: 'Wrong_3mHc6JfA1uEo5GiTxKvW' };
    const refused = await startCli(['send', 'xmpp', '--to', chat.to], { env: wrong }).ended;
    expect(refused).toMatchObject({ code: 13, stderr: expect.stringContaining('not-authorized') });
    expect(JSON.stringify(refused)).not.toContain('Wrong_3');
  });
});
