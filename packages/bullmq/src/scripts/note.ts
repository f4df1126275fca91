import { afterlifeMs, defineScript, keepFor, readNow, type Script } from './script.ts';

export interface NoteGiven {
  readonly nowMs: number;
  readonly conversationKey: string;
  readonly process: string;
  readonly epoch: number;
  readonly dueInMs: number;
  readonly visibleForMs: number;
}

/** The vendor took a start: when the next one is due, and how long this one shows. For whoever may have to go on. */
export const note: Script<NoteGiven, void> = defineScript({
  name: 'note',
  call: ({ nowMs, conversationKey, process, epoch, dueInMs, visibleForMs }) => ({
    keys: [conversationKey],
    args: [nowMs, process, epoch, dueInMs, visibleForMs],
  }),
  read: () => {},
  lua: `${readNow}${keepFor}
local conversation = KEYS[1]
local known = redis.call('HMGET', conversation, 'o', 'e')
if known[1] ~= ARGV[2] or tonumber(known[2]) ~= tonumber(ARGV[3]) then return { 0 } end
redis.call('HSET', conversation, 'd', now + tonumber(ARGV[4]), 'v', now + tonumber(ARGV[5]))
keepFor(conversation, tonumber(ARGV[5]) + ${afterlifeMs})
return { 1 }
`,
});
