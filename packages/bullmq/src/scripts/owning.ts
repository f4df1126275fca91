import {
  defineScript,
  listOf,
  memberOf,
  numberAt,
  ownedMs,
  readNow,
  type Script,
  textAt,
} from './script.ts';

// What happens to the ownership of a conversation, beside that it is claimed with the first start.

interface OwnerGiven {
  readonly nowMs: number;
  readonly holdersKey: string;
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
    keys: [given.holdersKey, given.conversationKey, given.ownedKey],
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
local holders, conversation, owned = unpack(KEYS)
local name, me, epoch, closing = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == '1'
for place = 6, #ARGV do
  redis.call('ZREM', holders, ARGV[place])
  redis.call('HDEL', conversation, 'i:' .. ARGV[place])
end
local known = redis.call('HMGET', conversation, 'o', 'e', 'n', 't')
local owner = known[1] or ''
if owner ~= '' and (owner ~= me or tonumber(known[2]) ~= epoch) then
  return { 'elsewhere', owner, tonumber(known[2]) }
end
local count = redis.call('ZCOUNT', holders, '(' .. now, '+inf')
if count == 0 then
  if redis.call('EXISTS', conversation) == 1 then redis.call('HSET', conversation, 'v', 0) end
  return { 'stop' }
end
if not closing then return { 'raise' } end
redis.call('HSET', conversation, 'o', '', 'd', 0)
redis.call('SREM', owned, name)
return { 'handed-over', known[3] or '', known[4] or '' }
`,
});

export interface ForgetGiven extends OwnerGiven {
  readonly isClosing: boolean;
}

/**
 * Gives a conversation up, once nothing of it is up any more: somebody may hold it again.
 */
export type ForgetReply =
  | { readonly says: 'given-up' }
  /** Somebody holds it: it is still this process's to refresh. */
  | { readonly says: 'held' }
  | { readonly says: 'handed-over'; readonly channel: string; readonly target: string };

export const forget: Script<ForgetGiven, ForgetReply> = defineScript({
  name: 'forget',
  call: (given) => ({
    keys: [given.holdersKey, given.conversationKey, given.ownedKey],
    args: [given.nowMs, given.conversation, given.process, given.epoch, given.isClosing ? 1 : 0],
  }),
  read(answer): ForgetReply {
    const list = listOf(answer);
    const says = textAt(list, 0);
    if (says === 'handed-over') return { says, channel: textAt(list, 1), target: textAt(list, 2) };
    return { says: says === 'held' ? 'held' : 'given-up' };
  },
  lua: `${readNow}
local holders, conversation, owned = unpack(KEYS)
local name, me, epoch, closing = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == '1'
local known = redis.call('HMGET', conversation, 'o', 'e', 'n', 't')
if known[1] ~= me then
  redis.call('SREM', owned, name)
  return { 'given-up' }
end
if tonumber(known[2]) ~= epoch then return { 'given-up' } end
local count = redis.call('ZCOUNT', holders, '(' .. now, '+inf')
if count > 0 and not closing then return { 'held' } end
redis.call('SREM', owned, name)
if count > 0 then
  redis.call('HSET', conversation, 'o', '', 'd', 0)
  return { 'handed-over', known[3] or '', known[4] or '' }
end
redis.call('DEL', holders, conversation)
return { 'given-up' }
`,
});

export interface ClaimGiven {
  readonly nowMs: number;
  /** What the dead process owned, and what this one owns. */
  readonly fromKey: string;
  readonly ownedKey: string;
  readonly from: string;
  readonly process: string;
  readonly conversations: readonly {
    readonly name: string;
    readonly holdersKey: string;
    readonly conversationKey: string;
  }[];
}

/** A conversation that this process is to go on with. All times are milliseconds from now. */
export interface Claimed {
  readonly conversation: string;
  readonly epoch: number;
  readonly channel: string;
  /** As JSON. */
  readonly target: string;
  readonly dueInMs: number;
  readonly visibleForMs: number;
  readonly resumeInMs: number;
}

const fieldsOfClaim = 7;

/** Takes over what a dead process owned, and is still held or still up. */
export const claim: Script<ClaimGiven, readonly Claimed[]> = defineScript({
  name: 'claim',
  call: (given) => ({
    keys: [
      given.fromKey,
      given.ownedKey,
      ...given.conversations.flatMap((each) => [each.holdersKey, each.conversationKey]),
    ],
    args: [given.nowMs, given.from, given.process, ...given.conversations.map(({ name }) => name)],
  }),
  read(answer): Claimed[] {
    const list = listOf(answer);
    return Array.from({ length: Math.floor(list.length / fieldsOfClaim) }, (_, index) => {
      const at = index * fieldsOfClaim;
      return {
        conversation: textAt(list, at),
        epoch: numberAt(list, at + 1),
        channel: textAt(list, at + 2),
        target: textAt(list, at + 3),
        dueInMs: numberAt(list, at + 4),
        visibleForMs: numberAt(list, at + 5),
        resumeInMs: numberAt(list, at + 6),
      };
    });
  },
  lua: `${readNow}
local from, me = ARGV[2], ARGV[3]
local claimed = {}
for place = 4, #ARGV do
  local name = ARGV[place]
  local holders, conversation = KEYS[(place - 4) * 2 + 3], KEYS[(place - 4) * 2 + 4]
  local known = redis.call('HMGET', conversation, 'o', 'e', 'n', 't', 'd', 'v', 'm')
  redis.call('SREM', KEYS[1], name)
  if known[1] == from then
    local visible = tonumber(known[6] or 0)
    if redis.call('ZCOUNT', holders, '(' .. now, '+inf') == 0 and visible <= now then
      redis.call('DEL', holders, conversation)
    else
      local epoch = math.max(now, tonumber(known[2]) + 1)
      redis.call('HSET', conversation, 'o', me, 'e', epoch)
      redis.call('SADD', KEYS[2], name)
      redis.call('PEXPIRE', KEYS[2], ${ownedMs})
      local at = #claimed
      claimed[at + 1], claimed[at + 2] = name, epoch
      claimed[at + 3], claimed[at + 4] = known[3] or '', known[4] or ''
      claimed[at + 5] = math.max(0, tonumber(known[5] or 0) - now)
      claimed[at + 6] = math.max(0, visible - now)
      claimed[at + 7] = math.max(0, tonumber(known[7] or 0) - now)
    end
  end
end
return claimed
`,
});
