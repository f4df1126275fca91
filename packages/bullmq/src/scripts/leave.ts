import { dropHolders } from './holders.ts';
import {
  defineScript,
  isSetAt,
  listOf,
  memberOf,
  numberAt,
  readNow,
  type Script,
  textAt,
} from './script.ts';

export interface LeaveGiven {
  readonly nowMs: number;
  readonly conversationKey: string;
  /** Which sessions end. Empty: all of them. */
  readonly ids: readonly string[];
}

/** How a conversation stands. */
export interface Standing {
  /** Whether somebody holds it. */
  readonly isHeld: boolean;
  /** Who refreshes it; empty: nobody. */
  readonly owner: string;
  readonly channel: string;
  /** As JSON. */
  readonly target: string;
  /** For how long it shows still, in milliseconds. */
  readonly visibleForMs: number;
}

export interface LeaveReply extends Standing {
  /** Whether one of them had the last word on what the bot is doing. */
  readonly wasSpeaker: boolean;
  /** In which processes those were opened that have gone. */
  readonly homes: readonly string[];
}

export function readStanding(list: readonly (string | number | null)[]): Standing {
  return {
    isHeld: isSetAt(list, 0),
    owner: textAt(list, 1),
    channel: textAt(list, 2),
    target: textAt(list, 3),
    visibleForMs: numberAt(list, 4),
  };
}

/** Ends sessions. Whoever owns the conversation keeps it until the stop is on the wire. */
export const leave: Script<LeaveGiven, LeaveReply> = defineScript({
  name: 'leave',
  call: ({ nowMs, conversationKey, ids }) => ({
    keys: [conversationKey],
    args: [nowMs, ...ids.map(memberOf)],
  }),
  read(answer): LeaveReply {
    const list = listOf(answer);
    return {
      ...readStanding(list),
      wasSpeaker: isSetAt(list, 5),
      homes: [...new Set(list.slice(6).map(String))],
    };
  },
  lua: `${readNow}
local conversation = KEYS[1]
${dropHolders}
local ids = {}
for place = 2, #ARGV do ids[place - 1] = ARGV[place] end
local last, homes, mute = drop(ids)
local known = redis.call('HMGET', conversation, 'o', 'n', 't', 'v')
local owner, held = known[1] or '', last > now and 1 or 0
if held == 0 and owner == '' then redis.call('DEL', conversation) end
local visible = math.max(0, tonumber(known[4] or 0) - now)
return { held, owner, known[2] or '', known[3] or '', visible, mute, unpack(homes) }
`,
});
