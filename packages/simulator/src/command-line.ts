import { parseArgs } from 'node:util';

import type { SimulatorOptions } from './simulator-interface.ts';

export const USAGE = `Usage: typingkit-simulator [options]

Runs Linq and ConnectSafely on 127.0.0.1 until it is stopped. When it is ready it prints one line of JSON:
{"url", "controlUrl", "linq": {"baseUrl", "apiKey"}, "connectsafely": {"baseUrl", "apiKey"}}

  --port <number>               port to listen on (default: any free one)
  --speed <number>              simulated ms per real ms (default: 1)
  --era <april|july|august>     which of Linq's documented behaviours (default: august)
  --linq-key <key>              key Linq takes; can be repeated
  --connectsafely-key <key>     key ConnectSafely takes; can be repeated
  --with-parent                 end when stdin ends, as it does when the parent is gone, however it went
  --help                        print this
`;

/** What the arguments ask for. */
export interface SimulatorCommand {
  readonly options: SimulatorOptions;
  /** Whether to end with the process that started it. */
  readonly withParent: boolean;
}

/** Reads the arguments of the command. `null`: help is asked for. Throws an `Error` with a sentence for the user. */
export function readArguments(commandLine: readonly string[]): SimulatorCommand | null {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      port: { type: 'string' },
      speed: { type: 'string' },
      era: { type: 'string' },
      'linq-key': { type: 'string', multiple: true },
      'connectsafely-key': { type: 'string', multiple: true },
      'with-parent': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return null;
  return {
    options: {
      port: readNumber('--port', values.port),
      speed: readNumber('--speed', values.speed),
      linq: { era: readEra(values.era), apiKeys: values['linq-key'] },
      connectsafely: { apiKeys: values['connectsafely-key'] },
    },
    withParent: values['with-parent'] === true,
  };
}

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new TypeError(`${name} takes a number of 0 or more, got '${text}'.`);
  }
  return number;
}

function readEra(text: string | undefined): 'april' | 'july' | 'august' | undefined {
  if (text === undefined || text === 'april' || text === 'july' || text === 'august') return text;
  throw new TypeError(`--era takes april, july or august, got '${text}'.`);
}
