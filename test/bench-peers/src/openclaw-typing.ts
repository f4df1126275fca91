import { readFile } from 'node:fs/promises';

/** What OpenClaw's own channels pass, as far as the scenarios use it. */
interface TypingCallbackOptions {
  readonly start: () => Promise<void>;
  readonly stop?: () => Promise<void>;
  readonly onStartError: (error: unknown) => void;
  readonly keepaliveIntervalMs?: number;
}

interface TypingCallbacks {
  readonly onReplyStart: () => Promise<void>;
  readonly onIdle: () => void;
  readonly onCleanup: () => void;
}

type CreateTypingCallbacks = (options: TypingCallbackOptions) => TypingCallbacks;

/**
 * OpenClaw's `createTypingCallbacks`, from the installed package.
 *
 * Its public entry loads the whole gateway, and with it 65 dependencies. It only passes this function on from a file
 * whose name is a hash, so the entry is read to find that file, and the file is loaded.
 */
export async function openClawTyping(): Promise<CreateTypingCallbacks> {
  const entry = import.meta.resolve('openclaw/plugin-sdk/channel-reply-pipeline');
  const source = await readFile(new URL(entry), 'utf8');
  const origin = /import \{ (\w+) as createTypingCallbacks \} from "([^"]+)"/.exec(source);
  const [, name = '', file = ''] = origin ?? [];
  if (!file) throw new Error('OpenClaw keeps createTypingCallbacks elsewhere now');
  const module: Record<string, unknown> = await import(new URL(file, entry).href);
  // Its declaration is in the entry's .d.ts, which this does not import.
  return module[name] as CreateTypingCallbacks;
}
