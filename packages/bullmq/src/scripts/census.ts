import { defineScript, listOf, numberAt, readNow, type Script } from './script.ts';

export interface CensusGiven {
  readonly nowMs: number;
  readonly countsKey: string;
  readonly process: string;
  /** How many conversations of this process are on the budget. */
  readonly count: number;
  /** For how long that is believed, in milliseconds. */
  readonly forMs: number;
}

/**
 * Says how many conversations a process has on a budget, and hears how many all have: each refreshes as often as its share
 * allows, whichever process it is in.
 */
export const census: Script<CensusGiven, number> = defineScript({
  name: 'census',
  call: ({ nowMs, countsKey, process, count, forMs }) => ({
    keys: [countsKey],
    args: [nowMs, process, count, forMs],
  }),
  read: (answer) => numberAt(listOf(answer), 0),
  lua: `${readNow}
local counts, forMs = KEYS[1], tonumber(ARGV[4])
redis.call('HSET', counts, ARGV[2], ARGV[3] .. ' ' .. (now + forMs))
redis.call('PEXPIRE', counts, forMs)
local total = 0
local all = redis.call('HGETALL', counts)
for place = 1, #all, 2 do
  local count, untilMs = string.match(all[place + 1], '^(%S+) (%S+)$')
  if tonumber(untilMs) > now then total = total + tonumber(count)
  else redis.call('HDEL', counts, all[place]) end
end
return { total }
`,
});
