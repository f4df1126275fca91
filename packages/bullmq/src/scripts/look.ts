import { readStanding, type Standing } from './leave.ts';
import { defineScript, listOf, readNow, type Script, textAt } from './script.ts';

export interface LookGiven {
  readonly nowMs: number;
  readonly conversationKey: string;
}

export interface LookReply extends Standing {
  /** What the last one who spoke wishes, as JSON. Empty: nothing. */
  readonly wishes: string;
}

/** Says how a conversation stands, and changes nothing. */
export const look: Script<LookGiven, LookReply> = defineScript({
  name: 'look',
  call: ({ nowMs, conversationKey }) => ({ keys: [conversationKey], args: [nowMs] }),
  read(answer): LookReply {
    const list = listOf(answer);
    return { ...readStanding(list), wishes: textAt(list, 5) };
  },
  lua: `${readNow}
local known = redis.call('HMGET', KEYS[1], 'l', 'o', 'n', 't', 'v', 'w')
local held = tonumber(known[1] or 0) > now and 1 or 0
local visible = math.max(0, tonumber(known[5] or 0) - now)
return { held, known[2] or '', known[3] or '', known[4] or '', visible,
  known[6] and string.match(known[6], '^%S+ (.*)$') or '' }
`,
});
