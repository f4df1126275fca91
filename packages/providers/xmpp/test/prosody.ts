import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A real server on loopback, with the accounts that were asked for. */
export interface Prosody extends AsyncDisposable {
  /** `xmpp://127.0.0.1:` and its port. */
  readonly service: string;
  readonly port: number;
  /** The same over TLS from the beginning, where it has that. */
  readonly tlsService: string;
  readonly password: string;
  /** Everything it said so far. */
  log(): string;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and with the same accounts. */
  start(): Promise<void>;
}

export interface Settings {
  /** Further modules. */
  readonly modules?: readonly string[];
  /** Whether it knows more than the mechanism that takes no time. Default: `false`. */
  readonly hasScram?: boolean;
  /** Files in PEM, for a server that lets nobody in without TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** Where Debian's packages are: installed, or unpacked somewhere. */
const root = process.env['PROSODY_ROOT'] ?? '';
const program = `${root}/usr/bin/prosody`;

/** Whether there is one. Where there is none, say how to get it. */
export const hasProsody: boolean = existsSync(program);
if (!hasProsody) {
  console.warn('Skipped: tests against a real XMPP server. To run them: apt-get install prosody');
}

export const password = 'Password_7qXw2Lk9ZtB4vRn8PdYs';

/** Starts a server of one's own, as the user who runs the tests. */
export async function startProsody(
  accounts: readonly string[],
  settings: Settings = {},
): Promise<Prosody> {
  const folder = await mkdtemp(join(tmpdir(), 'prosody-'));
  await mkdir(join(folder, 'data/localhost/accounts'), { recursive: true });
  for (const name of accounts) {
    const account = `return { ["password"] = "${password}" };\n`;
    await writeFile(join(folder, `data/localhost/accounts/${name}.dat`), account);
  }
  await mkdir(join(folder, 'plugins'));
  await writeFile(join(folder, 'plugins/mod_crowd.lua'), crowd);
  // Its paths are fixed.
  const script = (await readFile(program, 'utf8'))
    .replace(/'\/usr\/lib\/prosody'/g, `'${root}/usr/lib/prosody'`)
    .replace("'/etc/prosody'", `'${folder}'`)
    .replace("'/var/lib/prosody'", `'${folder}/data'`);
  await writeFile(join(folder, 'prosody.lua'), script);

  let output = '';
  let port = 0;
  let tlsPort = 0;
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const tryToStart = async (): Promise<boolean> => {
    await writeFile(
      join(folder, 'prosody.cfg.lua'),
      configuration(folder, [port, tlsPort], settings),
    );
    const started = spawn(
      `${root}/usr/bin/lua5.4`,
      [join(folder, 'prosody.lua'), '--config', join(folder, 'prosody.cfg.lua'), '-F'],
      { env: { ...process.env, ...libraries() }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    const spawned = await Promise.race([
      once(started, 'spawn').then(() => true),
      once(started, 'error').then(() => false),
    ]);
    if (!spawned) throw new Error('lua5.4 is missing.');
    while (started.exitCode === null && started.signalCode === null) {
      if (await accepts(port)) return !output.includes('Failed to open server port');
      await pause(20);
    }
    return false;
  };

  for (let attempt = 0; ; attempt += 1) {
    port = await freePort();
    tlsPort = await freePort();
    if (await tryToStart()) break;
    await kill();
    if (attempt === 4) throw new Error(`Prosody does not start:\n${output}`);
    output = '';
  }
  return {
    service: `xmpp://127.0.0.1:${port}`,
    tlsService: `xmpps://localhost:${tlsPort}`,
    port,
    password,
    log: () => output,
    kill,
    async start() {
      if (!(await tryToStart())) throw new Error(`Prosody does not start again:\n${output}`);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(
  folder: string,
  [port, tlsPort]: readonly [number, number],
  settings: Settings,
): string {
  const { modules = [], tls } = settings;
  const enabled = [
    'roster',
    'saslauth',
    'disco',
    'ping',
    'presence',
    'message',
    'iq',
    ...(tls ? ['tls'] : []),
    ...modules,
  ];
  return `
data_path = "${folder}/data"; pidfile = "${folder}/prosody.pid"
run_as_root = ${process.getuid?.() === 0}
interfaces = { "127.0.0.1" }; local_interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }; s2s_ports = {}; c2s_direct_tls_ports = { ${tls ? tlsPort : ''} }; legacy_ssl_ports = {}
modules_enabled = { ${enabled.map((name) => `"${name}"`).join('; ')} }
modules_disabled = { "s2s"; "offline"${tls ? '' : '; "tls"'} }
${settings.hasScram ? '' : 'disable_sasl_mechanisms = { "SCRAM-SHA-1", "SCRAM-SHA-256" }'}
c2s_require_encryption = ${tls !== undefined}; allow_unencrypted_plain_auth = true
${tls ? `ssl = { certificate = "${tls.certificate}"; key = "${tls.key}" }` : ''}
authentication = "internal_plain"; storage = "internal"
log = { { levels = { min = "info" }, to = "console" } }
plugin_paths = { "${folder}/plugins" }
VirtualHost "localhost"
Component "conference.localhost" "muc"
  restrict_room_creation = false
Component "crowd.localhost" "crowd"
`;
}

/** A domain of any number of people, whose messages all go to one client, which can tell for whom they were. */
const crowd = `
local stanzas = require "util.stanza";
module:hook("message/bare", function (event)
  local copy = stanzas.clone(event.stanza);
  copy.attr.about = copy.attr.to;
  copy.attr.to = "bob@localhost";
  module:send(copy);
  return true;
end);
`;

/** What an unpacked package needs to find its libraries. */
function libraries(): Record<string, string> {
  if (root === '') return {};
  const machine = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return {
    LD_LIBRARY_PATH: `${root}/usr/lib/${machine}`,
    LUA_PATH: `${root}/usr/share/lua/5.4/?.lua;${root}/usr/share/lua/5.4/?/init.lua;;`,
    LUA_CPATH: `${root}/usr/lib/${machine}/lua/5.4/?.so;;`,
  };
}

/** Somebody else may take it before the server does: then it tries another one. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // On a TCP port the address is never a string.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return isOpen;
}
