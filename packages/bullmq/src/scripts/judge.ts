import {
  defineScript,
  keepFor,
  listOf,
  numberAt,
  readNow,
  type Script,
  textAt,
  trustMs,
} from './script.ts';

export interface JudgeGiven {
  readonly nowMs: number;
  readonly credentialKey: string;
  /** What the vendor made of the credential; `nothing`: it never looked at it; `given-up`: nobody knows. */
  readonly verdict: 'accepted' | 'refused' | 'nothing' | 'given-up';
  /** Names the probe, where the start was one: see {@link probeNameOf}. Empty: it was none. */
  readonly probe: string;
}

export type JudgeReply =
  | { readonly says: 'suspended'; readonly forMs: number }
  /** It was suspended, and is good again. */
  | { readonly says: 'resumed' }
  /** It was being tried for the first time, and is good. */
  | { readonly says: 'proved' }
  /** Somebody else is to try it, `forMs` milliseconds from now. */
  | { readonly says: 'again'; readonly forMs: number }
  /** That tells nothing new. */
  | { readonly says: 'nothing' };

/** How long a credential is suspended at first, and at the most, in milliseconds. It doubles in between. */
const firstSuspensionMs = 1_000;
const longestSuspensionMs = 300_000;

/** By what a probe is known. @param atMs when it was admitted, by the time of Redis. */
export function probeNameOf(process: string, conversation: string, atMs: number): string {
  return `${process}:${conversation}:${atMs}`;
}

/** Writes down what a start says of the credential that it used. */
export const judge: Script<JudgeGiven, JudgeReply> = defineScript({
  name: 'judge',
  call: ({ nowMs, credentialKey, verdict, probe }) => ({
    keys: [credentialKey],
    args: [nowMs, verdict, probe],
  }),
  read(answer): JudgeReply {
    const list = listOf(answer);
    const says = textAt(list, 0);
    if (says === 'suspended' || says === 'again') return { says, forMs: numberAt(list, 1) };
    if (says === 'resumed' || says === 'proved') return { says };
    return { says: 'nothing' };
  },
  lua: `${readNow}${keepFor}
local credential, verdict, probe = KEYS[1], ARGV[2], ARGV[3]
local known = redis.call('HMGET', credential, 't', 'p', 's')
local trust, mine = known[1] or '', probe ~= '' and known[2] == probe
local function suspend(ms)
  redis.call('HDEL', credential, 'p', 'q')
  redis.call('HSET', credential, 't', 'bad', 's', ms, 'u', now + ms)
  keepFor(credential, ${trustMs})
end
if verdict == 'refused' then
  if trust == 'bad' and not mine then return { 'nothing' } end
  local ms = ${firstSuspensionMs}
  if trust == 'bad' then ms = math.min(tonumber(known[3]) * 2, ${longestSuspensionMs}) end
  suspend(ms)
  return { 'suspended', ms }
end
if verdict == 'given-up' then
  if not mine then return { 'nothing' } end
  redis.call('HDEL', credential, 'p', 'q')
  return { 'again', 0 }
end
if trust == 'bad' then
  if not mine then return { 'nothing' } end
  if verdict == 'nothing' then
    suspend(tonumber(known[3]))
    return { 'again', tonumber(known[3]) }
  end
end
if trust == 'good' then return { 'nothing' } end
redis.call('HDEL', credential, 's', 'u', 'p', 'q')
redis.call('HSET', credential, 't', 'good')
keepFor(credential, ${trustMs})
if trust == 'bad' then return { 'resumed' } end
return { 'proved' }
`,
});
