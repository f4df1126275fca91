import { defineScript, listOf, numberAt, ownedMs, readNow, type Script, textAt } from './script.ts';

export interface ClaimGiven {
  readonly nowMs: number;
  /** What the dead process owned, and what this one owns. */
  readonly fromKey: string;
  readonly ownedKey: string;
  readonly from: string;
  readonly process: string;
  readonly conversations: readonly {
    readonly name: string;
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
  /** What the last one who spoke wishes, as JSON. Empty: nothing. */
  readonly wishes: string;
}

const fieldsOfClaim = 8;

/** Takes over what a dead process owned, and is still held or still up. */
export const claim: Script<ClaimGiven, readonly Claimed[]> = defineScript({
  name: 'claim',
  call: (given) => ({
    keys: [
      given.fromKey,
      given.ownedKey,
      ...given.conversations.map(({ conversationKey }) => conversationKey),
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
        wishes: textAt(list, at + 7),
      };
    });
  },
  lua: `${readNow}
local from, me = ARGV[2], ARGV[3]
local claimed = {}
for place = 4, #ARGV do
  local name = ARGV[place]
  local conversation = KEYS[place - 1]
  local known = redis.call('HMGET', conversation, 'o', 'e', 'n', 't', 'd', 'v', 'm', 'l', 'w')
  redis.call('SREM', KEYS[1], name)
  if known[1] == from then
    local visible = tonumber(known[6] or 0)
    if tonumber(known[8] or 0) <= now and visible <= now then
      redis.call('DEL', conversation)
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
      claimed[at + 8] = known[9] and string.match(known[9], '^%S+ (.*)$') or ''
    end
  end
end
return claimed
`,
});
