#!/usr/bin/env node
import { readArguments, USAGE } from './command-line.ts';
import type { SimulatorCommand } from './command-line.ts';
import { startSimulator } from './simulator.ts';
import { addressesOf } from './simulator-interface.ts';
import type { Simulator } from './simulator-interface.ts';

const command = readCommand();
if (command !== null) await run(command);

function readCommand(): SimulatorCommand | null {
  try {
    const read = readArguments(process.argv.slice(2));
    if (read === null) process.stdout.write(USAGE);
    return read;
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}

async function run({ options, withParent }: SimulatorCommand): Promise<void> {
  try {
    const simulator = await startSimulator(options);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void simulator.close());
    }
    if (withParent) closeWithStdin(simulator);
    process.stdout.write(`${JSON.stringify(addressesOf(simulator))}\n`);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}

function closeWithStdin(simulator: Simulator): void {
  const { stdin } = process;
  // A pipe can also end with an error; `close` follows either way.
  stdin.on('error', () => {});
  stdin.once('close', () => void simulator.close());
  stdin.resume();
  // It keeps nobody alive that was told to end; a file has nothing to unref.
  stdin.unref?.();
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
