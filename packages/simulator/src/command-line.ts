import { parseArgs } from 'node:util';

import type { SimulatorOptions } from './simulator-interface.ts';
import { vendorNames, vendorRows } from './vendors/vendor-registry.ts';

export const USAGE: string = `Usage: typingkit-simulator [options]

Runs these vendors on 127.0.0.1 until it is stopped:
${vendorNames.map((name) => `  ${name} (${vendorRows[name].channel})`).join('\n')}

When it is ready it prints one line of JSON:
{"url", "controlUrl", "vendors": {"<vendor>": {"channel", "baseUrl", "apiKey", "environment"}}}

  --port <number>                     port to listen on (default: any free one)
  --speed <number>                    simulated ms per real ms (default: 1)
  --set <vendor>.<setting>=<value>    a setting of a vendor; the value is JSON or a plain string; can be repeated:
                                      --set linq.era=april --set 'telegram.apiKeys=["1:a"]'
  --with-parent                       end when stdin ends, as it does when the parent is gone, however it went
  --help                              print this
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
      set: { type: 'string', multiple: true },
      'with-parent': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return null;
  return {
    options: {
      ...readSettings(values.set ?? []),
      port: readNumber('--port', values.port),
      speed: readNumber('--speed', values.speed),
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

/** Which settings a vendor has, and what they may be, is checked when the simulator starts. */
function readSettings(assignments: readonly string[]): SimulatorOptions {
  const settings: Record<string, Record<string, unknown>> = {};
  for (const assignment of assignments) {
    const [, vendor = '', setting = '', text = ''] =
      /^([^.=]+)\.([^.=]+)=(.*)$/s.exec(assignment) ?? [];
    if (!vendorNames.some((name) => name === vendor)) {
      throw new TypeError(
        `--set takes <vendor>.<setting>=<value>, where the vendor is ${vendorNames.join(', ')}; got '${assignment}'.`,
      );
    }
    settings[vendor] = { ...settings[vendor], [setting]: jsonOrText(text) };
  }
  return settings;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
