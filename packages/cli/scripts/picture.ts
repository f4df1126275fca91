import { mkdirSync, writeFileSync } from 'node:fs';
import xterm from '@xterm/headless';
import { simulatedVendors } from '../test/simulated-vendors.ts';
import { ctrlC, openTerminal } from '../test/terminal.ts';
import { terminalPicture } from './terminal-picture.ts';

// Makes docs/pictures/cli.svg: real commands in a real terminal, against the simulator.

const file = new URL('../../../docs/pictures/cli.svg', import.meta.url);
const active = '550e8400-e29b-41d4-a716-446655440000';
const overSms = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const size = { cols: 96, rows: 40 };

await using vendors = await simulatedVendors();
vendors.chat({ chatId: active });
vendors.chat({ chatId: overSms, service: 'SMS' });
const env = { ...vendors.env, TERM: 'xterm-256color' };
const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
const write = (text: string): Promise<void> =>
  new Promise((resolve) => {
    screen.write(text, resolve);
  });

await show(['send', 'imessage', '--chat-id', active]);
await show(['diagnose', 'imessage', '--chat-id', overSms]);
await show(['channels']);
await show(['keep', 'imessage', '--chat-id', active], /next refresh in 45 s/);
mkdirSync(new URL('.', file), { recursive: true });
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
