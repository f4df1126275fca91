import { createHash } from 'node:crypto';

/** A command as Redis takes it. */
interface Call {
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** Something that Redis decides in one step: a Lua script, with what it takes and what it answers as types. */
export interface Script<Given, Reply> {
  readonly name: string;
  readonly lua: string;
  /** By which Redis knows it once it has seen it. */
  readonly sha: string;
  call(given: Given): Call;
  read(answer: unknown): Reply;
}

export function defineScript<Given, Reply>(
  script: Omit<Script<Given, Reply>, 'sha'>,
): Script<Given, Reply> {
  return { ...script, sha: createHash('sha1').update(script.lua).digest('hex') };
}

/** What a script needs of a client of Redis. */
export interface ScriptRunner {
  evalsha(sha: string, numberOfKeys: number, ...args: (string | number)[]): Promise<unknown>;
  eval(lua: string, numberOfKeys: number, ...args: (string | number)[]): Promise<unknown>;
}

/** Runs a script, and sends it along where Redis does not know it (any more). */
export async function runScript<Given, Reply>(
  redis: ScriptRunner,
  script: Script<Given, Reply>,
  given: Given,
): Promise<Reply> {
  const { keys, args } = script.call(given);
  const all = [...keys, ...args];
  try {
    return script.read(await redis.evalsha(script.sha, keys.length, ...all));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return script.read(await redis.eval(script.lua, keys.length, ...all));
  }
}

/** What every script begins with: the time of Redis, unless a test brings its own. Milliseconds since 1970. */
export const readNow = `
local now = tonumber(ARGV[1])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** Lets keys live for at least so long from now; never shortens a life. */
export const keepFor = `
local function keepFor(key, ms)
  if ms > 0 and redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, math.ceil(ms)) end
end
`;

/** For how long it is known what a process owns, in milliseconds. It says so again from time to time. */
export const ownedMs = 86_400_000;

/** For how long what is known of a conversation outlives its last holder, in milliseconds. */
export const afterlifeMs = 60_000;

/** For how long it is known whether a credential is good, in milliseconds. */
export const trustMs = 600_000;

/** By which Redis knows a session: the rest of its id says where its conversation is, and so do the keys. */
export function memberOf(sessionId: string): string {
  return sessionId.slice(sessionId.lastIndexOf('.') + 1);
}

/** What a script answers is what this repository wrote: texts and numbers in a list. */
export function listOf(answer: unknown): readonly (string | number | null)[] {
  if (!Array.isArray(answer)) throw new TypeError('a script did not return a list');
  return answer as (string | number | null)[];
}

export function textAt(list: readonly (string | number | null)[], place: number): string {
  return String(list[place] ?? '');
}

export function numberAt(list: readonly (string | number | null)[], place: number): number {
  return Number(list[place] ?? 0);
}

export function isSetAt(list: readonly (string | number | null)[], place: number): boolean {
  return numberAt(list, place) === 1;
}
