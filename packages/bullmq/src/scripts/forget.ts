import type { OwnerGiven } from './fence.ts';
import { defineScript, listOf, readNow, type Script, textAt } from './script.ts';

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
    keys: [given.conversationKey, given.ownedKey],
    args: [given.nowMs, given.conversation, given.process, given.epoch, given.isClosing ? 1 : 0],
  }),
  read(answer): ForgetReply {
    const list = listOf(answer);
    const says = textAt(list, 0);
    if (says === 'handed-over') return { says, channel: textAt(list, 1), target: textAt(list, 2) };
    return { says: says === 'held' ? 'held' : 'given-up' };
  },
  lua: `${readNow}
local conversation, owned = KEYS[1], KEYS[2]
local name, me, epoch, closing = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5] == '1'
local known = redis.call('HMGET', conversation, 'o', 'e', 'n', 't', 'l')
if known[1] ~= me then
  redis.call('SREM', owned, name)
  return { 'given-up' }
end
if tonumber(known[2]) ~= epoch then return { 'given-up' } end
local held = tonumber(known[5] or 0) > now
if held and not closing then return { 'held' } end
redis.call('SREM', owned, name)
if held then
  redis.call('HSET', conversation, 'o', '', 'd', 0)
  return { 'handed-over', known[3] or '', known[4] or '' }
end
redis.call('DEL', conversation)
return { 'given-up' }
`,
});
