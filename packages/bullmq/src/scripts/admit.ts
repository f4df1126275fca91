import type { StartUse } from '@typingkit/core';
import {
  afterlifeMs,
  defineScript,
  isSetAt,
  keepFor,
  listOf,
  memberOf,
  numberAt,
  ownedMs,
  readNow,
  type Script,
  textAt,
  trustMs,
} from './script.ts';

/** A session, as Redis is told of it. */
export interface ToldHolder {
  readonly id: string;
  /** How long it lives without a sign of life, in milliseconds. */
  readonly idleMs: number;
  /** How long it lives at most, from now, in milliseconds. */
  readonly hardMs: number;
}

export interface AdmitGiven {
  /** 0: the time of Redis. */
  readonly nowMs: number;
  readonly conversationKey: string;
  readonly credentialKey: string;
  readonly budgetKey: string;
  readonly ownedKey: string;
  /** Names the budget. */
  readonly budget: string;
  readonly process: string;
  /** Under which epoch this process believes to own the conversation; 0: it does not. */
  readonly epoch: number;
  /**
   * `tell`: asks for no start, only tells of holders. `keep`: the same, and claims again what this process owned where
   * Redis forgot it.
   */
  readonly use: StartUse | 'tell' | 'keep';
  readonly conversation: string;
  readonly channel: string;
  /** The target as JSON. Told only with holders. */
  readonly target: string;
  /** How many requests the budget allows; 0: there is no limit. */
  readonly requests: number;
  readonly perMs: number;
  /** When the start after this one will be due, and how long this one shows, in milliseconds from now; 0: unknown. */
  readonly dueInMs: number;
  readonly visibleForMs: number;
  /** Those that Redis has not been told of. */
  readonly holders: readonly ToldHolder[];
}

export type AdmitReply = {
  /** The time of Redis. */
  readonly nowMs: number;
} & (
  | {
      readonly says: 'go';
      readonly epoch: number;
      /** `good`; `probe`: this start tries whether it is good; `untried`: it goes out beside the probe. */
      readonly trust: 'good' | 'probe' | 'untried';
    }
  | {
      readonly says: 'wait';
      readonly epoch: number;
      readonly by: 'budget' | 'rate-limit' | 'credential';
      readonly forMs: number;
    }
  | { readonly says: 'shown'; readonly epoch: number; readonly forMs: number }
  | { readonly says: 'unheld' }
  /** It was forgotten, and is this process's again. */
  | { readonly says: 'kept'; readonly epoch: number }
  /** Redis knows nothing of what this process believes to own. */
  | { readonly says: 'forgot' }
  | {
      readonly says: 'elsewhere' | 'told';
      /** Empty: nobody refreshes it. */
      readonly owner: string;
      /** Whether somebody held it before. */
      readonly wasHeld: boolean;
    }
);

/** How long an overdue start of an owner is believed to be still to come, in milliseconds. */
const ownerPatienceMs = 30_000;
/** How long the first request of a credential may keep the others waiting, in milliseconds. */
const firstAnswerMs = 1_000;
/** How many starts too many may be written down of a budget, before they are cut off. */
const trimmedLate = 64;
/** How long one who tries a suspended credential keeps the others from trying, in milliseconds. */
const probeMs = 10_000;

/**
 * Opens and refreshes in one round trip: tells of holders, claims the conversation where nobody owns it, and says
 * whether a start may go out now.
 */
export const admit: Script<AdmitGiven, AdmitReply> = defineScript({
  name: 'admit',
  call: (given) => ({
    keys: [given.conversationKey, given.credentialKey, given.budgetKey, given.ownedKey],
    args: [
      given.nowMs,
      given.process,
      given.epoch,
      given.use,
      given.dueInMs,
      given.visibleForMs,
      given.requests,
      given.perMs,
      given.budget,
      ...(given.holders.length > 0 ? [given.channel, given.target] : []),
      ...given.holders.flatMap(({ id, idleMs, hardMs }) => [memberOf(id), idleMs, hardMs]),
    ],
  }),
  read(answer): AdmitReply {
    const list = listOf(answer);
    const nowMs = numberAt(list, 1);
    const says = textAt(list, 0);
    switch (says) {
      case 'go': {
        const trust = textAt(list, 3);
        if (trust !== 'good' && trust !== 'probe' && trust !== 'untried') break;
        return { says, nowMs, epoch: numberAt(list, 2), trust };
      }
      case 'wait': {
        const by = textAt(list, 3);
        if (by !== 'budget' && by !== 'rate-limit' && by !== 'credential') break;
        return { says, nowMs, epoch: numberAt(list, 2), by, forMs: numberAt(list, 4) };
      }
      case 'kept':
        return { says, nowMs, epoch: numberAt(list, 2) };
      case 'shown':
        return { says, nowMs, epoch: numberAt(list, 2), forMs: numberAt(list, 3) };
      case 'unheld':
      case 'forgot':
        return { says, nowMs };
      case 'elsewhere':
      case 'told':
        return { says, nowMs, owner: textAt(list, 2), wasHeld: isSetAt(list, 3) };
    }
    throw new TypeError('admit answered something else');
  },
  lua: `${readNow}${keepFor}
local conversation, credential, budget, owned = unpack(KEYS)
local me, epoch, use = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local known = redis.call('HMGET', conversation, 'o', 'e', 'l', 'd', 'v', 'm')
local owner, is, last = known[1] or '', tonumber(known[2] or 0), tonumber(known[3] or 0)
local before = last > now and 1 or 0

-- All that is to be written of the conversation is written at once, whatever the answer is.
local news, life = {}, 0
local function set(field, value)
  news[#news + 1] = field
  news[#news + 1] = value
end
local function answer(reply)
  if #news > 0 then redis.call('HSET', conversation, unpack(news)) end
  if life > 0 then
    if known[1] or known[3] then keepFor(conversation, life)
    else redis.call('PEXPIRE', conversation, math.ceil(life)) end
  end
  return reply
end
local function own()
  is = math.max(now, is + 1)
  set('o', me)
  set('e', is)
  redis.call('SADD', owned, string.match(conversation, '[^:]+$'))
  redis.call('PEXPIRE', owned, ${ownedMs})
end

if #ARGV > 9 then
  if known[3] and before == 0 then
    -- What is known of holders is over.
    for _, field in ipairs(redis.call('HKEYS', conversation)) do
      if string.sub(field, 1, 2) == 'i:' or field == 'w' then redis.call('HDEL', conversation, field) end
    end
  end
  for place = 12, #ARGV, 3 do
    local idle, hard = ARGV[place + 1], now + tonumber(ARGV[place + 2])
    local untilMs = math.min(now + tonumber(idle), hard)
    if before == 1 then
      -- To tell of it again never shortens its life: else \`l\` would say more than anybody holds.
      local caps = redis.call('HGET', conversation, 'i:' .. ARGV[place])
      if caps then untilMs = math.max(untilMs, tonumber(string.match(caps, '^%S+'))) end
    end
    set('i:' .. ARGV[place], untilMs .. ' ' .. idle .. ' ' .. hard .. ' ' .. me)
    last = math.max(last, untilMs)
    life = math.max(life, hard - now + ${afterlifeMs})
  end
  set('n', ARGV[10])
  set('t', ARGV[11])
  set('l', last)
end
local held = last > now

if use == 'keep' and owner == '' and held then
  is = math.max(is, epoch)
  own()
  set('d', now + tonumber(ARGV[5]))
  set('v', now + tonumber(ARGV[6]))
  return answer({ 'kept', now, is })
end
if use == 'tell' or use == 'keep' then return answer({ 'told', now, owner, before }) end
local queues = use == 'start' or use == 'refresh'
if not queues then
  if owner ~= '' and owner ~= me and held then
    local visible = tonumber(known[5] or 0)
    if visible > now then return answer({ 'shown', now, 0, visible - now }) end
    return answer({ 'elsewhere', now, owner, before })
  end
else
  if owner == '' and epoch ~= 0 then return answer({ 'forgot', now }) end
  if owner == me then
    if epoch ~= 0 and epoch ~= is then return answer({ 'elsewhere', now, owner, before }) end
  elseif owner ~= '' and tonumber(known[4] or 0) + ${ownerPatienceMs} > now then
    return answer({ 'elsewhere', now, owner, before })
  end
  if not held then return answer({ 'unheld', now }) end
  if owner ~= me or epoch == 0 then
    own()
    set('d', now)
  end
  local resume = tonumber(known[6] or 0)
  if resume > now then return answer({ 'shown', now, is, resume - now }) end
end

local function wait(by, forMs)
  if queues then set('d', now + forMs) end
  return answer({ 'wait', now, is, by, forMs })
end
local trusted = redis.call('HMGET', credential, 't', 'h', 'r:' .. ARGV[9], 'u', 'q')
local resting = math.max(tonumber(trusted[2] or 0), tonumber(trusted[3] or 0))
if resting > now then return wait('rate-limit', resting - now) end
local trust, probes = 'good', 0
if trusted[1] ~= 'good' then
  local retry, probed = tonumber(trusted[4] or 0), tonumber(trusted[5] or 0)
  if trusted[1] == 'bad' then
    if retry > now then return wait('credential', retry - now) end
    if probed > now then return wait('credential', probed - now) end
    trust, probes = 'probe', ${probeMs}
  elseif not queues then
    trust = 'untried'
  elseif probed > now then
    return wait('credential', probed - now)
  elseif probed > 0 then
    redis.call('HSET', credential, 't', 'good')
    redis.call('HDEL', credential, 'p', 'q')
  else
    trust, probes = 'probe', ${firstAnswerMs}
  end
end
local requests = tonumber(ARGV[7])
if requests > 0 then
  local perMs, spare = tonumber(ARGV[8]), 0
  if use == 'refresh' then spare = math.floor(requests / 4) end
  local blocking = tonumber(redis.call('LINDEX', budget, requests - spare - 1) or 0)
  if blocking + perMs > now then return wait('budget', blocking + perMs - now) end
  if redis.call('LPUSH', budget, now) > requests + ${trimmedLate} then
    redis.call('LTRIM', budget, 0, requests - 1)
  end
  redis.call('PEXPIRE', budget, perMs)
end
if probes > 0 then
  local name = string.match(conversation, '[^:]+$')
  redis.call('HSET', credential, 'p', me .. ':' .. name .. ':' .. now, 'q', now + probes)
  keepFor(credential, ${trustMs})
end
if queues then
  local dueIn = tonumber(ARGV[5])
  set('d', now + dueIn)
  if dueIn > 0 then set('v', now + tonumber(ARGV[6])) end
end
return answer({ 'go', now, is, trust })
`,
});
