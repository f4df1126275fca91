import type { TypingError, TypingSession } from '@typingkit/core';
import type { Command } from 'commander';
import { addChannelCommands, type ChannelCall } from '../channel-commands.ts';
import type { Setup } from '../command-context.ts';
import { longestMs, parseDuration } from '../duration.ts';
import { addForFlag, type ForFlag } from '../for-flag.ts';
import { onInterruption } from '../interruption.ts';
import { KeepProgress } from '../keep-progress.ts';
import { keepView } from '../keep-view.ts';

interface KeepFlags extends ForFlag {
  /** In milliseconds. */
  readonly every?: number;
}

const tickMs = 1_000;

export const setUpKeep: Setup = (command, context) =>
  addChannelCommands<KeepFlags>(command, context, {
    addFlags,
    exampleFlags: ['', '--for 30s', '--for 2m --json'],
    run: keep,
  });

function addFlags(command: Command): void {
  addForFlag(command).option(
    '--every <duration>',
    'refresh this often (default: as the channel needs)',
    parseDuration,
  );
}

async function keep(call: ChannelCall<KeepFlags>): Promise<void> {
  const { description, target, flags, output, context, open } = call;
  const progress = new KeepProgress(description.vendor, flags.for);
  const view = keepView(output, progress);
  let stopFailure: TypingError | undefined;
  let session: TypingSession | undefined;
  const typing = open({
    // One indicator has nobody to keep out of step with, and its user wants to know when.
    random: () => 0,
    onEvent(event) {
      progress.see(event);
      view.happened(event);
      if (event.type !== 'failed') return;
      if (event.operation === 'stop') stopFailure = event.error;
      // What is wrong from the start and stays wrong is for the user to mend. The engine goes first: what it ends needs no
      // stop, which would only be refused, too.
      else if (progress.accepted === 0 && !event.error.retryable)
        queueMicrotask(() => void session?.stop());
    },
  });
  session = typing.keep(description.channel, target, {
    maxDurationMs: flags.for ?? longestMs,
    idleTimeoutMs: longestMs,
    refreshEveryMs: flags.every,
  });
  // A session lets the process exit; this holds it.
  const ticker = setInterval(() => view.tick(), tickMs);
  const interruption = onInterruption(() => void session.stop());
  await session.closed;
  await typing.close();
  clearInterval(ticker);
  interruption.end();
  view.end();
  const neverAccepted = progress.accepted === 0 ? progress.failure : undefined;
  const failure = session.error ?? neverAccepted ?? stopFailure;
  if (interruption.exitCode !== undefined) context.exitCode = interruption.exitCode;
  else if (failure) throw failure;
}
