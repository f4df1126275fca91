import { dropHolders } from './holders.ts';
import {
  defineScript,
  listOf,
  memberOf,
  numberAt,
  readNow,
  type Script,
  textAt,
} from './script.ts';

/** What is asked of a conversation by the process that believes to own it. */
export interface OwnerGiven {
  readonly nowMs: number;
  readonly conversationKey: string;
  readonly ownedKey: string;
  readonly conversation: string;
  readonly process: string;
  readonly epoch: number;
}

export interface FenceGiven extends OwnerGiven {
  /** Sessions of this process that have just ended. */
  readonly gone: readonly string[];
  /** Whether this process closes: what others still hold is for somebody else to refresh. */
  readonly isClosing: boolean;
}

export type FenceReply =
  /** Nobody holds it: the stop goes out. */
  | { readonly says: 'stop' }
  /** Somebody holds it: it is not stopped. */
  | { readonly says: 'raise' }
  | { readonly says: 'elsewhere'; readonly owner: string; readonly epoch: number }
  /** Somebody holds it, and nobody owns it any more. */
  | { readonly says: 'handed-over'; readonly channel: string; readonly target: string };

/** Asked right before a stop goes out. */
export const fence: Script<FenceGiven, FenceReply> = defineScript({
  name: 'fence',
  call: (given) => ({
    keys: [given.conversationKey, given.ownedKey],
    args: [
      given.nowMs,
      given.conversation,
      given.process,
      given.epoch,
      given.isClosing ? 1 : 0,
      ...given.gone.map(memberOf),
    ],
  }),
  read(answer): FenceReply {
    const list = listOf(answer);
    const says = textAt(list, 0);
    if (says === 'elsewhere') return { says, owner: textAt(list, 1), epoch: numberAt(list, 2) };
    if (says === 'handed-over') return { says, channel: textAt(list, 1), target: textAt(list, 2) };
    return { says: says === 'raise' ? 'raise' : 'stop' };
  },
  lua: `${readNow}
local conversation, owned = KEYS[1], KEYS[2]
local name, me, epoch, closing = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == '1'
${dropHolders}
if #ARGV > 5 then
  local ids = {}
  for place = 6, #ARGV do ids[place - 5] = ARGV[place] end
  drop(ids)
end
local known = redis.call('HMGET', conversation, 'o', 'e', 'n', 't', 'l')
local owner = known[1] or ''
if owner ~= '' and (owner ~= me or tonumber(known[2]) ~= epoch) then
  return { 'elsewhere', owner, tonumber(known[2]) }
end
if tonumber(known[5] or 0) <= now then
  if redis.call('EXISTS', conversation) == 1 then redis.call('HSET', conversation, 'v', 0) end
  return { 'stop' }
end
if not closing then return { 'raise' } end
redis.call('HSET', conversation, 'o', '', 'd', 0)
redis.call('SREM', owned, name)
return { 'handed-over', known[3] or '', known[4] or '' }
`,
});
