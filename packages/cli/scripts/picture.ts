import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '@typingkit/simulator';
import xterm from '@xterm/headless';
import { ctrlC, openTerminal } from '../test/terminal.ts';
import { terminalPicture } from './terminal-picture.ts';

// Makes docs/pictures/cli.svg: real commands in a real terminal, against the simulator.

const file = fileURLToPath(new URL('../../../docs/pictures/cli.svg', import.meta.url));
const active = '550e8400-e29b-41d4-a716-446655440000';
const overSms = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const size = { cols: 96, rows: 40 };

const simulator = await startSimulator();
simulator.linq.createChat({ chatId: active });
simulator.linq.createChat({ chatId: overSms, service: 'SMS' });
const env = {
  LINQ_API_KEY: simulator.linq.apiKey,
  LINQ_API_BASE_URL: simulator.linq.baseUrl,
  CONNECTSAFELY_API_KEY: simulator.connectsafely.apiKey,
  TERM: 'xterm-256color',
};
const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
const write = (text: string): Promise<void> =>
  new Promise((resolve) => {
    screen.write(text, resolve);
  });

await show(['send', 'imessage', '--chat-id', active]);
await show(['diagnose', 'imessage', '--chat-id', overSms]);
await show(['channels']);
await show(['keep', 'imessage', '--chat-id', active], /next refresh in 45 s/);
await simulator.close();
mkdirSync(new URL('.', `file://${file}`), { recursive: true });
writeFileSync(file, terminalPicture(screen, 'typingkit in a terminal'));

/** Runs a command and puts what its terminal shows below what is there: at its end, or as soon as it shows something. */
async function show(args: readonly string[], pattern?: RegExp): Promise<void> {
  const terminal = openTerminal(args, env, size.cols);
  let written: string;
  if (pattern) {
    await terminal.shows(pattern);
    written = terminal.written();
    terminal.type(ctrlC);
  }
  await terminal.exitCode;
  written ??= terminal.written();
  await write(`\u001B[1;34m$\u001B[0m typingkit ${args.join(' ')}\r\n${written}\r\n`);
}
