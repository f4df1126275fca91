import { parseArgs } from 'node:util';
import type { LiveConversation } from './conversation.ts';

/** What the command is to do. */
export type Command =
  | { readonly kind: 'simulated'; readonly listsRequests: boolean }
  | { readonly kind: 'cases' }
  | { readonly kind: 'processes' }
  | { readonly kind: 'live'; readonly conversation: LiveConversation }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly sentence: string };

export const usage = `Usage: pnpm demo [-- --wire | -- --cases | -- --processes |
                  -- --live <channel> <conversation>]

Without arguments: a bot types on four simulated platforms, and you see what
each recipient saw. It needs no account and no network.

With --live it says first what diagnose says of the chat, then it types there.

  --wire                                the same, and every request
  --cases                               nine cases that surprise newcomers, and
                                        what diagnose says of each
  --processes                           one bot of three processes, of which one
                                        is killed. Needs a redis-server
  --live imessage <chatId>              a real chat of yours, through Linq
  --live linkedin '<conversationUrn>'   one of yours, through ConnectSafely
  --help                                print this

The keys of --live come from the environment: LINQ_API_KEY,
CONNECTSAFELY_API_KEY, and if you like CONNECTSAFELY_ACCOUNT_ID.
NO_COLOR=1 makes the output plain.
`;

const keyNames = {
  imessage: ['LINQ_API_KEY', 'LINQ_API_V3_API_KEY'],
  linkedin: ['CONNECTSAFELY_API_KEY'],
} as const;

/** Reads the arguments of the command. */
export function readCommand(
  commandLine: readonly string[],
  environment: Readonly<NodeJS.ProcessEnv>,
): Command {
  // pnpm hands a `--` through.
  const args = commandLine[0] === '--' ? commandLine.slice(1) : [...commandLine];
  const read = tryParse(args);
  if (typeof read === 'string') return { kind: 'refused', sentence: read };
  const { cases, help, live, positionals, processes, wire } = read;
  if (help) return { kind: 'help' };
  const [id, ...others] = positionals;
  if (processes) {
    return live === undefined && id === undefined && !cases && !wire
      ? { kind: 'processes' }
      : refused('--processes takes nothing else.');
  }
  if (cases || wire) {
    const name = cases ? '--cases' : '--wire';
    if (live !== undefined || id !== undefined || (cases && wire))
      return refused(`${name} takes nothing else.`);
    return cases ? { kind: 'cases' } : { kind: 'simulated', listsRequests: true };
  }
  if (live === undefined) {
    return id === undefined
      ? { kind: 'simulated', listsRequests: false }
      : refused(`What is ${id}? See --help.`);
  }
  if (live !== 'imessage' && live !== 'linkedin') {
    return refused(`--live takes imessage or linkedin, not ${live}.`);
  }
  if (id === undefined || others.length > 0) {
    return refused(
      live === 'imessage'
        ? '--live imessage takes one chatId.'
        : "--live linkedin takes one conversationUrn, in quotes: '…'.",
    );
  }
  if (!keyNames[live].some((name) => environment[name]?.trim())) {
    return refused(`--live ${live} needs a real key: set ${keyNames[live][0]} in the environment.`);
  }
  return {
    kind: 'live',
    conversation:
      live === 'imessage'
        ? { channel: live, target: { chatId: id } }
        : { channel: live, target: { conversationUrn: id } },
  };
}

interface Arguments {
  readonly cases: boolean;
  readonly help: boolean;
  readonly processes: boolean;
  readonly wire: boolean;
  readonly live: string | undefined;
  readonly positionals: readonly string[];
}

/** The arguments, or a sentence about what is wrong with them. */
function tryParse(args: readonly string[]): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        live: { type: 'string' },
        cases: { type: 'boolean' },
        processes: { type: 'boolean' },
        wire: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { cases = false, help = false, live, processes = false, wire = false } = values;
    return { cases, help, live, positionals, processes, wire };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refused(sentence: string): Command {
  return { kind: 'refused', sentence };
}
