import { answerInWords, markKindOf } from '@typingkit/page-parts';
import type { JSX } from 'preact';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../../src/protocol/snapshot.ts';
import { connection, snapshot } from '../state/live.ts';
import { phoneAt } from '../state/phone-at.ts';
import { viewMs } from '../state/view.ts';

/** What the recipient sees, and what the bot sees of the recipient. */
export function Seen({ channel }: { readonly channel: PhoneChannel }): JSX.Element | null {
  const phone = phoneAt(channel);
  if (!phone) return null;
  const isLost = connection.value === 'lost';
  const isOn = phone.isBubbleVisible && !isLost;
  return (
    <dl class="seen">
      <div>
        <dt>The person sees</dt>
        <dd data-testid={`${channel}-seen`} class={isOn ? 'is-on' : ''}>
          {isOn ? (
            <>
              “{phone.bubbles.at(-1)?.shows ?? 'typing…'}” for <Duration channel={channel} />
            </>
          ) : (
            darkness(phone, isLost)
          )}
        </dd>
      </div>
      <div>
        <dt>The bot sees</dt>
        <dd data-testid={`${channel}-peer`} class={phone.doesBotSeeTyping ? 'is-on' : ''}>
          {botSees(phone, channelRows[channel].hearsBy)}
        </dd>
      </div>
      <div>
        <dt>typingkit holds</dt>
        <dd data-testid={`${channel}-sessions`} title={held(phone)}>
          {held(phone)}
        </dd>
      </div>
    </dl>
  );
}

/** Counts with every tick, without the rest of the card. */
function Duration({ channel }: { readonly channel: PhoneChannel }): JSX.Element {
  const fromMs = phoneAt(channel)?.bubbles.at(-1)?.fromMs ?? 0;
  const forMs = Math.max(0, viewMs.value - fromMs);
  const digits = (snapshot.value?.settings.speed ?? 1) > 1 ? 0 : 1;
  return <>{(forMs / 1000).toFixed(digits)} s</>;
}

/** Whoever typed, the bot or another program: why the last start is not on the screen. */
function darkness({ requests, turns, switchedAfterId }: PhoneSnapshot, isLost: boolean): string {
  if (isLost) return 'nobody knows: the playground has ended';
  const last = requests.findLast(({ kind }) => kind !== 'question');
  const isStart = last?.kind === 'start' || last?.kind === 'refresh';
  const isAtWork = turns.some(({ toMs }) => toMs === null);
  if (isStart && last.id > switchedAfterId) {
    if (last.hiddenBecause !== null) return `nothing: accepted, but ${last.hiddenBecause}`;
    if (markKindOf(last) === 'failure')
      return `nothing: the last ${last.kind} got ${answerInWords(last)}`;
  }
  return isAtWork ? 'nothing, although the bot is working' : 'nothing';
}

function botSees(
  { doesBotSeeTyping, isPersonTyping }: PhoneSnapshot,
  hearsBy: string | undefined,
): string {
  if (doesBotSeeTyping === null)
    return isPersonTyping ? 'nothing: this vendor does not report it' : 'nothing, ever';
  return doesBotSeeTyping ? `“typing…”, by ${hearsBy ?? 'its vendor'}` : 'nothing';
}

/** `1 session, active` */
function held({ sessions }: PhoneSnapshot): string {
  if (sessions.length === 0) return 'no session';
  const states = [...new Set(sessions)].join(' and ');
  return `${sessions.length} session${sessions.length > 1 ? 's' : ''}, ${states}`;
}
