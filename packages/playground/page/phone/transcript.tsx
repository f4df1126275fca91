import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../../src/protocol/snapshot.ts';
import { Dots } from './dots.tsx';

interface TranscriptProps {
  readonly channel: PhoneChannel;
  readonly phone: PhoneSnapshot;
  /** Whose words they are, where the vendor shows a text in place of the dots. */
  readonly botName: string;
}

/** What was written, and the bubble. */
export function Transcript({ channel, phone, botName }: TranscriptProps): JSX.Element {
  const { messages, isBubbleVisible, bubbles } = phone;
  const { name, look } = channelRows[channel];
  const end = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.id;
  useEffect(() => {
    const list = end.current?.parentElement;
    if (list) list.scrollTop = list.scrollHeight;
  }, [newest, isBubbleVisible]);
  return (
    // It scrolls, so the keyboard has to get there.
    <div class="transcript" tabIndex={0} role="region" aria-label={`${name} chat`}>
      <div role="log" aria-label="Messages">
        <ol class="messages">
          {messages.map(({ id, from, text }) => (
            <li key={id} class={`message is-${from}`}>
              <Author name={from === 'bot' ? botName : 'You'} isSeen={look.messages === 'rows'} />
              {text}
            </li>
          ))}
        </ol>
      </div>
      <div role="status" class="bubble-place">
        {isBubbleVisible && <Bubble {...{ channel, botName }} words={bubbles.at(-1)?.shows} />}
      </div>
      <div ref={end} />
    </div>
  );
}

/** Where messages are bubbles, the side on which they are says whose they are. */
function Author({
  name,
  isSeen,
}: {
  readonly name: string;
  readonly isSeen: boolean;
}): JSX.Element {
  return (
    <span class={isSeen ? 'message-author' : 'visually-hidden'}>
      {name}
      <span class="visually-hidden">: </span>
    </span>
  );
}

interface BubbleProps extends Pick<TranscriptProps, 'channel' | 'botName'> {
  /** What the vendor shows behind the bot's name. Default: dots. */
  readonly words: string | undefined;
}

function Bubble({ channel, botName, words }: BubbleProps): JSX.Element {
  const { typing = 'bubble' } = channelRows[channel].look;
  const testId = `${channel}-bubble`;
  const unseen = <span class="visually-hidden">The bot is typing…</span>;
  // It is at the top of the screen.
  if (typing === 'header') return unseen;
  if (typing === 'line' || words !== undefined)
    return (
      <span class="bubble is-text" data-testid={testId}>
        {words === undefined && <Dots />}
        <span>
          <strong>{botName}</strong> {words ?? 'is typing…'}
        </span>
      </span>
    );
  return (
    <span class="message is-bot bubble" data-testid={testId}>
      {unseen}
      <Dots />
    </span>
  );
}
