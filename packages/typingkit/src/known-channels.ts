import { connectSafelyChannel } from '@typingkit/connectsafely';
import type { ChannelDescription } from '@typingkit/core';
import { linqChannel } from '@typingkit/linq';

/** What there is to know of each channel that the plain functions serve, for tools that ask a person. */
export const knownChannels: readonly ChannelDescription[] = [linqChannel, connectSafelyChannel];
