import { casesDemo } from './cases-demo.ts';
import { stopChildren } from './child.ts';
import { readCommand, usage } from './command-line.ts';
import { liveDemo } from './live-demo.ts';
import { lookOf } from './look.ts';
import { processesDemo } from './processes/processes-demo.ts';
import { createScreen } from './screen.ts';
import { simulatedDemo } from './simulated-demo.ts';

const childrenGraceMs = 3_000;
const { stdout, stderr } = process;
const look = lookOf(stdout, process.env);
const screen = createScreen((text) => void stdout.write(text), look);

let isEnding = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Who asks twice does not want to wait; the children are killed on exit.
    if (isEnding) process.exit(130);
    void end(130);
  });
}
// `demo | head` closes the pipe early, which is no failure. Every later write fails, too.
stdout.on('error', () => {
  if (!isEnding) void end(0);
});

await run();

async function run(): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.env);
  if (command.kind === 'help') {
    stdout.write(usage);
    return;
  }
  if (command.kind === 'refused') {
    stderr.write(`${command.sentence}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    if (command.kind === 'live') await liveDemo(command.conversation, screen, look);
    else if (command.kind === 'processes') await processesDemo(screen, look);
    else if (command.kind === 'cases') await casesDemo(screen, look);
    else await simulatedDemo(screen, look, command.listsRequests);
  } catch (error) {
    // The children were told to end, and what waited for them failed.
    if (isEnding) return;
    screen.settle();
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await end(1);
  }
}

async function end(exitCode: number): Promise<never> {
  isEnding = true;
  screen.settle();
  await stopChildren(childrenGraceMs);
  process.exit(exitCode);
}
