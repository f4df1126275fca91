// What several scripts do with the holders of a conversation. One hash is all that is known of a conversation: of each
// session `i:<id>` = "until idle hard home", and in `l` until when the last of them holds it. So a refresh asks for one
// field, however many there are.

/** Finds one session and lets it live on. Sets `caps` (nothing: it is not alive), `home` and `owner`. */
export const liveOn = `
local field = 'i:' .. id
local known = redis.call('HMGET', conversation, field, 'o', 'l')
local caps, owner, home = known[1], known[2] or '', ''
if caps then
  local untilMs, idle, hard
  untilMs, idle, hard, home = string.match(caps, '^(%S+) (%S+) (%S+) (.*)$')
  untilMs = tonumber(untilMs)
  if untilMs > now then
    untilMs = math.max(untilMs, math.min(now + tonumber(idle), tonumber(hard)))
    redis.call('HSET', conversation, field, untilMs .. ' ' .. idle .. ' ' .. hard .. ' ' .. home,
      'l', math.max(untilMs, tonumber(known[3] or 0)))
  else
    caps, home = false, ''
  end
end
`;

/**
 * `drop(ids)` takes sessions away; without ids all of them. It returns until when the conversation is held, in which
 * processes those were opened that were alive, and whether the last wish was of one of them.
 */
export const dropHolders = `
local function drop(ids)
  local known = redis.call('HMGET', conversation, 'l', 'w')
  local last, homes, mute, longest = tonumber(known[1] or 0), {}, 0, false
  local speaker = known[2] and string.match(known[2], '^%S+')
  if #ids == 0 then
    if speaker then
      mute = 1
      redis.call('HDEL', conversation, 'w')
    end
    for _, field in ipairs(redis.call('HKEYS', conversation)) do
      if string.sub(field, 1, 2) == 'i:' then ids[#ids + 1] = string.sub(field, 3) end
    end
  end
  for _, id in ipairs(ids) do
    local caps = redis.call('HGET', conversation, 'i:' .. id)
    if caps then
      local untilMs, home = string.match(caps, '^(%S+) %S+ %S+ (.*)$')
      untilMs = tonumber(untilMs)
      if untilMs > now then homes[#homes + 1] = home end
      longest = longest or untilMs >= last
      redis.call('HDEL', conversation, 'i:' .. id)
    end
    if speaker == id and mute == 0 then
      mute = 1
      redis.call('HDEL', conversation, 'w')
    end
  end
  if longest then
    last = 0
    local all = redis.call('HGETALL', conversation)
    for place = 1, #all, 2 do
      if string.sub(all[place], 1, 2) == 'i:' then
        local untilMs = tonumber(string.match(all[place + 1], '^%S+'))
        if untilMs <= now then redis.call('HDEL', conversation, all[place]) end
        last = math.max(last, untilMs)
      end
    end
    redis.call('HSET', conversation, 'l', last)
  end
  return last, homes, mute
end
`;
