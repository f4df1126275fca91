import type { StartUse } from '@typingkit/core';
import {
  afterlifeMs,
  defineScript,
  keepFor,
  listOf,
  memberOf,
  numberAt,
  ownedMs,
  readNow,
  type Script,
  textAt,
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
  readonly holdersKey: string;
  readonly conversationKey: string;
  readonly ownedKey: string;
  readonly credentialKey: string;
  readonly heldKey: string;
  readonly budgetKey: string;
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
  /** The target as JSON; empty: Redis knows it. */
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
      /** How many held it before. */
      readonly before: number;
    }
);

/** How long an overdue start of an owner is believed to be still to come, in milliseconds. */
const ownerPatienceMs = 30_000;
/** How long the first request of a credential may keep the others waiting, in milliseconds. */
const firstAnswerMs = 1_000;
/** How long one who tries a suspended credential keeps the others from trying, in milliseconds. */
const probeMs = 10_000;

/**
 * Opens and refreshes in one round trip: tells of holders, claims the conversation where nobody owns it, and says
 * whether a start may go out now.
 */
export const admit: Script<AdmitGiven, AdmitReply> = defineScript({
  name: 'admit',
  call: (given) => ({
    keys: [
      given.holdersKey,
      given.conversationKey,
      given.ownedKey,
      given.credentialKey,
      given.heldKey,
      given.budgetKey,
    ],
    args: [
      given.nowMs,
      given.process,
      given.epoch,
      given.use,
      given.conversation,
      given.channel,
      given.target,
      given.requests,
      given.perMs,
      given.dueInMs,
      given.visibleForMs,
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
        return { says, nowMs, owner: textAt(list, 2), before: numberAt(list, 3) };
    }
    throw new TypeError('admit answered something else');
  },
  lua: `${readNow}${keepFor}
local holders, conversation, owned, credential, held, budget = unpack(KEYS)
local me, epoch, use = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local name, channel, target = ARGV[5], ARGV[6], ARGV[7]
local requests, perMs = tonumber(ARGV[8]), tonumber(ARGV[9])
local dueIn, visibleFor = tonumber(ARGV[10]), tonumber(ARGV[11])

local before = redis.call('ZCOUNT', holders, '(' .. now, '+inf')
if #ARGV > 11 then
  for _, gone in ipairs(redis.call('ZRANGEBYSCORE', holders, '-inf', now)) do
    redis.call('HDEL', conversation, 'i:' .. gone)
    redis.call('ZREM', holders, gone)
  end
  local last = 0
  for place = 12, #ARGV, 3 do
    local id, idle, hard = ARGV[place], tonumber(ARGV[place + 1]), now + tonumber(ARGV[place + 2])
    redis.call('ZADD', holders, math.min(now + idle, hard), id)
    redis.call('HSET', conversation, 'i:' .. id, idle .. ' ' .. hard .. ' ' .. me)
    last = math.max(last, hard)
  end
  redis.call('HSET', conversation, 'n', channel, 't', target)
  keepFor(holders, last - now + ${afterlifeMs})
  keepFor(conversation, last - now + ${afterlifeMs})
end
local known = redis.call('HMGET', conversation, 'o', 'e', 'd', 'v', 'm')
local owner, is = known[1] or '', tonumber(known[2] or 0)
local due, visible, resume = tonumber(known[3] or 0), tonumber(known[4] or 0), tonumber(known[5] or 0)
local held_by = before
if #ARGV > 11 then held_by = redis.call('ZCOUNT', holders, '(' .. now, '+inf') end

if use == 'keep' and owner == '' and held_by > 0 then
  is = math.max(now, is + 1, epoch + 1)
  redis.call('HSET', conversation, 'o', me, 'e', is, 'd', now + dueIn, 'v', now + visibleFor)
  redis.call('SADD', owned, name)
  redis.call('PEXPIRE', owned, ${ownedMs})
  return { 'kept', now, is }
end
if use == 'tell' or use == 'keep' then return { 'told', now, owner, before } end
local queues = use == 'start' or use == 'refresh'
if not queues then
  if owner ~= '' and owner ~= me and held_by > 0 then
    if visible > now then return { 'shown', now, 0, visible - now } end
    return { 'elsewhere', now, owner, before }
  end
else
  if owner == '' and epoch ~= 0 then return { 'forgot', now } end
  if owner == me and epoch ~= 0 and epoch ~= is then return { 'elsewhere', now, owner, before } end
  if owner ~= '' and owner ~= me and due + ${ownerPatienceMs} > now then
    return { 'elsewhere', now, owner, before }
  end
  if held_by == 0 then return { 'unheld', now } end
  if owner ~= me or epoch == 0 then
    is = math.max(now, is + 1)
    redis.call('HSET', conversation, 'o', me, 'e', is, 'd', now)
    if target ~= '' then redis.call('HSET', conversation, 'n', channel, 't', target) end
    redis.call('SADD', owned, name)
    redis.call('PEXPIRE', owned, ${ownedMs})
  end
  if resume > now then return { 'shown', now, is, resume - now } end
end

local function wait(by, forMs)
  if queues then redis.call('HSET', conversation, 'd', now + forMs) end
  return { 'wait', now, is, by, forMs }
end
local untilMs = tonumber(redis.call('GET', held) or 0)
if untilMs > now then return wait('rate-limit', untilMs - now) end
local trust, probes = 'good', 0
local trusted = redis.call('HMGET', credential, 't', 'u', 'q')
if trusted[1] ~= 'good' then
  local retry, probed = tonumber(trusted[2] or 0), tonumber(trusted[3] or 0)
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
if requests > 0 then
  local spare = 0
  if use == 'refresh' then spare = math.floor(requests / 4) end
  local blocking = tonumber(redis.call('LINDEX', budget, requests - spare - 1) or 0)
  if blocking + perMs > now then return wait('budget', blocking + perMs - now) end
  redis.call('LPUSH', budget, now)
  redis.call('LTRIM', budget, 0, requests - 1)
  redis.call('PEXPIRE', budget, perMs)
end
if probes > 0 then
  redis.call('HSET', credential, 'p', me .. ':' .. name .. ':' .. now, 'q', now + probes)
  keepFor(credential, 600000)
end
if queues then
  if dueIn > 0 then redis.call('HSET', conversation, 'd', now + dueIn, 'v', now + visibleFor)
  else redis.call('HSET', conversation, 'd', now) end
end
return { 'go', now, is, trust }
`,
});
