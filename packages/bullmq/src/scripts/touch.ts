import { liveOn } from './holders.ts';
import { defineScript, isSetAt, listOf, memberOf, readNow, type Script, textAt } from './script.ts';

export interface TouchGiven {
  readonly nowMs: number;
  readonly conversationKey: string;
  readonly id: string;
}

/** What is known of a session that somebody knows by its id. */
export interface HolderReply {
  /** Whether it was alive. */
  readonly isAlive: boolean;
  /** In which process it was opened. */
  readonly home: string;
  /** Who refreshes the conversation. Empty: nobody. */
  readonly owner: string;
}

export function readHolder(answer: unknown): HolderReply {
  const list = listOf(answer);
  return { isAlive: isSetAt(list, 0), home: textAt(list, 1), owner: textAt(list, 2) };
}

/** Says that the work of a session makes progress. */
export const touch: Script<TouchGiven, HolderReply> = defineScript({
  name: 'touch',
  call: ({ nowMs, conversationKey, id }) => ({
    keys: [conversationKey],
    args: [nowMs, memberOf(id)],
  }),
  read: readHolder,
  lua: `${readNow}
local conversation, id = KEYS[1], ARGV[2]
${liveOn}
return { caps and 1 or 0, home, owner }
`,
});
