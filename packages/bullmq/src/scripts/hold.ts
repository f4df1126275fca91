import { defineScript, keepFor, readNow, type Script } from './script.ts';

export interface HoldGiven {
  readonly nowMs: number;
  readonly credentialKey: string;
  /** Which budget rests; `undefined`: all that uses the credential. */
  readonly budget: string | undefined;
  readonly forMs: number;
}

/** How many rests may be written down before those that are over are looked for. */
const manyRests = 100;

/** By which the rest of a budget, or of the whole credential, is known in the hash of the credential. */
function restField(budget: string | undefined): string {
  return budget === undefined ? 'h' : `r:${budget}`;
}

/** The vendor wants no requests on a budget, or with a credential, for a while. */
export const hold: Script<HoldGiven, void> = defineScript({
  name: 'hold',
  call: ({ nowMs, credentialKey, budget, forMs }) => ({
    keys: [credentialKey],
    args: [nowMs, restField(budget), forMs],
  }),
  read: () => {},
  lua: `${readNow}${keepFor}
local credential, field, forMs = KEYS[1], ARGV[2], math.ceil(tonumber(ARGV[3]))
if forMs <= 0 or tonumber(redis.call('HGET', credential, field) or 0) >= now + forMs then return { 0 } end
if redis.call('HLEN', credential) > ${manyRests} then
  local all = redis.call('HGETALL', credential)
  for place = 1, #all, 2 do
    if string.sub(all[place], 1, 2) == 'r:' and tonumber(all[place + 1]) <= now then
      redis.call('HDEL', credential, all[place])
    end
  end
end
redis.call('HSET', credential, field, now + forMs)
keepFor(credential, forMs)
return { 1 }
`,
});
