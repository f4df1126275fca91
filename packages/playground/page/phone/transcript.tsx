import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { channelRows } from '../../src/protocol/channels/channel-rows.ts';
import type { PhoneChannel } from '../../src/protocol/settings.ts';
import type { PhoneSnapshot } from '../../src/protocol/snapshot.ts';

interface TranscriptProps {
  readonly channel: PhoneChannel;
  readonly phone: PhoneSnapshot;
  /** Whose words they are, where the vendor shows a text in place of the dots. */
  readonly botName: string;
}

/** What was written, and the bubble. */
export function Transcript({ channel, phone, botName }: TranscriptProps): JSX.Element {
  const { messages, isBubbleVisible, bubbles } = phone;
  const end = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.id;
  useEffect(() => {
    const list = end.current?.parentElement;
    if (list) list.scrollTop = list.scrollHeight;
  }, [newest, isBubbleVisible]);
  return (
    // It scrolls, so the keyboard has to get there.
    <div
      class="transcript"
      tabIndex={0}
      role="region"
      aria-label={`${channelRows[channel].name} chat`}
    >
      <div role="log" aria-label="Messages">
        <ol class="messages">
          {messages.map(({ id, from, text }) => (
            <li key={id} class={`message is-${from}`}>
              <span class="visually-hidden">{from === 'bot' ? 'The bot: ' : 'You: '}</span>
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

interface BubbleProps extends Pick<TranscriptProps, 'channel' | 'botName'> {
  /** What the vendor shows behind the bot's name. Default: dots. */
  readonly words: string | undefined;
}

function Bubble({ channel, botName, words }: BubbleProps): JSX.Element {
  const testId = `${channel}-bubble`;
  if (words !== undefined)
    return (
      <span class="bubble is-text" data-testid={testId}>
        {botName} {words}
      </span>
    );
  return (
    <span class="message is-bot bubble" data-testid={testId}>
      <span class="visually-hidden">The bot is typing…</span>
      <i aria-hidden="true" />
      <i aria-hidden="true" />
      <i aria-hidden="true" />
    </span>
  );
}
