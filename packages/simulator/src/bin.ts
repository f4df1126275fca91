#!/usr/bin/env node
import { readArguments, USAGE } from './command-line.ts';
import { startSimulator } from './simulator.ts';
import type { SimulatorOptions } from './simulator.ts';

const options = readOptions();
if (options !== null) await run(options);

function readOptions(): SimulatorOptions | null {
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

async function run(simulatorOptions: SimulatorOptions): Promise<void> {
  try {
    const simulator = await startSimulator(simulatorOptions);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void simulator.close());
    }
    const { url, controlUrl, linq, connectsafely } = simulator;
    const ready = {
      url,
      controlUrl,
      linq: { baseUrl: linq.baseUrl, apiKey: linq.apiKey },
      connectsafely: { baseUrl: connectsafely.baseUrl, apiKey: connectsafely.apiKey },
    };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
