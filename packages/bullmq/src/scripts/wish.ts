import { liveOn } from './holders.ts';
import { defineScript, memberOf, readNow, type Script } from './script.ts';
import { type HolderReply, readHolder } from './touch.ts';

export interface WishGiven {
  readonly nowMs: number;
  readonly conversationKey: string;
  /** Who says it. */
  readonly id: string;
  /** A status and an action, as JSON. */
  readonly wishes: string;
}

/** A session says what its work is doing: the last one who spoke is heard, as long as that one lives. */
export const wish: Script<WishGiven, HolderReply> = defineScript({
  name: 'wish',
  call: ({ nowMs, conversationKey, id, wishes }) => ({
    keys: [conversationKey],
    args: [nowMs, memberOf(id), wishes],
  }),
  read: readHolder,
  lua: `${readNow}
local conversation, id = KEYS[1], ARGV[2]
${liveOn}
if caps then redis.call('HSET', conversation, 'w', id .. ' ' .. ARGV[3]) end
return { caps and 1 or 0, home, owner }
`,
});
