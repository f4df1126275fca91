import type { TypingEvent } from '@typingkit/core';
import { eventText } from './event-text.ts';
import type { KeepProgress } from './keep-progress.ts';
import { LiveLine } from './live-line.ts';
import type { Output } from './output.ts';
import { styled } from './printable.ts';

/** How the user sees an indicator that is being kept alive. */
export interface KeepView {
  happened(event: TypingEvent): void;
  /** A second has passed. */
  tick(): void;
  end(): void;
}

export function keepView(output: Output, progress: KeepProgress): KeepView {
  if (output.isJson) return jsonLines(output, progress);
  return LiveLine.fits(process.stdout) ? liveLine(progress) : plainLines(output, progress);
}

/** One line of JSON for each event. */
function jsonLines(output: Output, progress: KeepProgress): KeepView {
  return {
    happened({ type, ...fields }) {
      const nextInMs = isAccepted(type) && { nextRefreshInMs: progress.nextInMs };
      // The engine's clock begins at no moment that a script could know.
      const clocks = { nextStartAtMs: undefined, untilMs: undefined };
      output.result({ event: type, ...fields, ...clocks, ...nextInMs }, '');
    },
    tick() {},
    end() {},
  };
}

/** For pipes and files. */
function plainLines(output: Output, progress: KeepProgress): KeepView {
  return {
    happened: (event) => output.result({}, linesOf(event, progress)),
    tick() {},
    end: () => output.result({}, progress.summary),
  };
}

/** For terminals: one line that is always up to date; what fails stays above it. */
function liveLine(progress: KeepProgress): KeepView {
  const line = new LiveLine(process.stdout);
  const draw = (): void => line.draw(progress.line, progress.failure ? 'yellow' : 'green');
  let last = '';
  return {
    happened(event) {
      if (event.type === 'failed' && event.isFirst)
        line.print(`${styled('yellow', 'failed:')} ${event.error.message}`);
      if (isAccepted(event.type))
        for (const { message } of warningsOf(event)) line.print(`warning: ${message}`);
      if (event.type === 'cleared' || event.type === 'expired')
        last = `${eventText(event, progress.vendor)}; `;
      draw();
    },
    tick: draw,
    end: () => line.end(`${last}${progress.summary}`),
  };
}

function linesOf(event: TypingEvent, progress: KeepProgress): string[] {
  const text = eventText(event, progress.vendor);
  if (!isAccepted(event.type)) return [text];
  const warnings = warningsOf(event).map(({ message }) => `warning: ${message}`);
  return [`${text}; ${progress.next}`, ...warnings];
}

function isAccepted(type: TypingEvent['type']): boolean {
  return type === 'started' || type === 'refreshed';
}

function warningsOf(event: TypingEvent): readonly { readonly message: string }[] {
  return ('warnings' in event && event.warnings) || [];
}
