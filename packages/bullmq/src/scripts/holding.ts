import {
  afterlifeMs,
  defineScript,
  keepFor,
  listOf,
  memberOf,
  numberAt,
  readNow,
  type Script,
  textAt,
} from './script.ts';

// What any process may do to a session that it only knows by its id.

interface HolderGiven {
  readonly nowMs: number;
  readonly holdersKey: string;
  readonly conversationKey: string;
}

export interface TouchGiven extends HolderGiven {
  readonly id: string;
}

export interface HolderReply {
  /** Whether it was alive. */
  readonly isAlive: boolean;
  /** In which process it was opened. */
  readonly home: string;
  /** Who refreshes the conversation. Empty: nobody. */
  readonly owner: string;
}

function readHolder(answer: unknown): HolderReply {
  const list = listOf(answer);
  return { isAlive: numberAt(list, 0) === 1, home: textAt(list, 1), owner: textAt(list, 2) };
}

const findHolder = `
local caps = redis.call('HGET', conversation, 'i:' .. id)
local alive = tonumber(redis.call('ZSCORE', holders, id) or 0) > now
local owner = redis.call('HGET', conversation, 'o') or ''
if not caps or not alive then return { 0, '', owner } end
local idle, hard, home = string.match(caps, '^(%S+) (%S+) (.*)$')
redis.call('ZADD', holders, 'XX', 'GT', math.min(now + tonumber(idle), tonumber(hard)), id)
`;

/** Says that the work of a session makes progress. */
export const touch: Script<TouchGiven, HolderReply> = defineScript({
  name: 'touch',
  call: ({ nowMs, holdersKey, conversationKey, id }) => ({
    keys: [holdersKey, conversationKey],
    args: [nowMs, memberOf(id)],
  }),
  read: readHolder,
  lua: `${readNow}
local holders, conversation, id = KEYS[1], KEYS[2], ARGV[2]
${findHolder}
return { 1, home, owner }
`,
});

export interface MessageGiven extends HolderGiven {
  /** Whose message it was; empty: somebody's who holds nothing. */
  readonly id: string;
}

/** How long after a message the indicator is raised again, in milliseconds: a little less than its owner waits by itself. */
const resumeMs = 900;

/** A message went out, which cleared the indicator. */
export const message: Script<MessageGiven, HolderReply> = defineScript({
  name: 'message',
  call: ({ nowMs, holdersKey, conversationKey, id }) => ({
    keys: [holdersKey, conversationKey],
    args: [nowMs, memberOf(id)],
  }),
  read: readHolder,
  lua: `${readNow}
local holders, conversation, id = KEYS[1], KEYS[2], ARGV[2]
if redis.call('EXISTS', conversation) == 1 then
  redis.call('HSET', conversation, 'm', now + ${resumeMs}, 'v', 0)
end
if id == '' then return { 0, '', redis.call('HGET', conversation, 'o') or '' } end
${findHolder}
return { 1, home, owner }
`,
});

export interface LeaveGiven extends HolderGiven {
  /** Which sessions end. Empty: all of them. */
  readonly ids: readonly string[];
}

export interface LeaveReply {
  readonly nowMs: number;
  /** How many hold it still. */
  readonly remaining: number;
  /** How many have gone. */
  readonly gone: number;
  readonly owner: string;
  readonly channel: string;
  /** As JSON. */
  readonly target: string;
  /** For how long it shows still, in milliseconds. */
  readonly visibleForMs: number;
  /** In which processes those were opened that have gone. */
  readonly homes: readonly string[];
}

/** Ends sessions. Whoever owns the conversation keeps it until the stop is on the wire. */
export const leave: Script<LeaveGiven, LeaveReply> = defineScript({
  name: 'leave',
  call: ({ nowMs, holdersKey, conversationKey, ids }) => ({
    keys: [holdersKey, conversationKey],
    args: [nowMs, ...ids.map(memberOf)],
  }),
  read(answer): LeaveReply {
    const list = listOf(answer);
    return {
      nowMs: numberAt(list, 0),
      remaining: numberAt(list, 1),
      gone: numberAt(list, 2),
      owner: textAt(list, 3),
      channel: textAt(list, 4),
      target: textAt(list, 5),
      visibleForMs: numberAt(list, 6),
      homes: [...new Set(list.slice(7).map(String))],
    };
  },
  lua: `${readNow}
local holders, conversation = KEYS[1], KEYS[2]
local ids = {}
for place = 2, #ARGV do ids[place - 1] = ARGV[place] end
if #ids == 0 then ids = redis.call('ZRANGE', holders, 0, -1) end
local gone, homes = 0, {}
for _, id in ipairs(ids) do
  local untilMs = tonumber(redis.call('ZSCORE', holders, id) or 0)
  if untilMs > now then
    gone = gone + 1
    local caps = redis.call('HGET', conversation, 'i:' .. id)
    if caps then homes[#homes + 1] = string.match(caps, '^%S+ %S+ (.*)$') end
  end
  redis.call('ZREM', holders, id)
  redis.call('HDEL', conversation, 'i:' .. id)
end
local remaining = redis.call('ZCOUNT', holders, '(' .. now, '+inf')
local known = redis.call('HMGET', conversation, 'o', 'n', 't', 'v')
local owner = known[1] or ''
if remaining == 0 and owner == '' then redis.call('DEL', holders, conversation) end
local visible = math.max(0, tonumber(known[4] or 0) - now)
return { now, remaining, gone, owner, known[2] or '', known[3] or '', visible, unpack(homes) }
`,
});

export interface NoteGiven extends HolderGiven {
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

export interface HoldGiven {
  readonly nowMs: number;
  readonly heldKey: string;
  readonly forMs: number;
}

/** The vendor wants no requests on a budget for a while. */
export const hold: Script<HoldGiven, void> = defineScript({
  name: 'hold',
  call: ({ nowMs, heldKey, forMs }) => ({ keys: [heldKey], args: [nowMs, forMs] }),
  read: () => {},
  lua: `${readNow}
local forMs = math.ceil(tonumber(ARGV[2]))
if forMs > 0 and tonumber(redis.call('GET', KEYS[1]) or 0) < now + forMs then
  redis.call('SET', KEYS[1], now + forMs, 'PX', forMs)
end
return { 1 }
`,
});
