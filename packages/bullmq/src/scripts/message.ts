import { liveOn } from './holders.ts';
import { defineScript, memberOf, readNow, type Script } from './script.ts';
import { type HolderReply, readHolder } from './touch.ts';

export interface MessageGiven {
  readonly nowMs: number;
  readonly conversationKey: string;
  /** Whose message it was; empty: somebody's who holds nothing. */
  readonly id: string;
}

/** How long after a message the indicator is raised again, in milliseconds: a little less than its owner waits by itself. */
const resumeMs = 900;

/** A message went out, which cleared the indicator. */
export const message: Script<MessageGiven, HolderReply> = defineScript({
  name: 'message',
  call: ({ nowMs, conversationKey, id }) => ({
    keys: [conversationKey],
    args: [nowMs, memberOf(id)],
  }),
  read: readHolder,
  lua: `${readNow}
local conversation, id = KEYS[1], ARGV[2]
if redis.call('EXISTS', conversation) == 1 then
  redis.call('HSET', conversation, 'm', now + ${resumeMs}, 'v', 0)
end
if id == '' then return { 0, '', redis.call('HGET', conversation, 'o') or '' } end
${liveOn}
return { caps and 1 or 0, home, owner }
`,
});
