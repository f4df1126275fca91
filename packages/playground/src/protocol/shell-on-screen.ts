import { channelOn, channelRows, type PhoneChannel } from './channels/channel-rows.ts';
import type { PhoneSnapshot } from './snapshot.ts';

/** What to type into a terminal, so that the command line types in the conversation that is on one phone. */
export function shellOnScreen(channel: PhoneChannel, { reachedAt }: PhoneSnapshot): string {
  const { key } = channelRows[channel];
  const { environment, target } = reachedAt;
  const where = Object.entries(target)
    .map(([field, value]) => `${flagOf(field)} ${quoted(String(value))}`)
    .join(' ');
  return [
    '# npm install --global @typingkit/cli',
    `export ${key.variable}=${key.simulated}`,
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    '',
    '# Look at the phone:',
    `typingkit keep ${channelOn(channel)} ${where} --for 20s`,
    '',
    '# Would a start be seen?',
    `typingkit diagnose ${channelOn(channel)} ${where}`,
    '',
  ].join('\n');
}

/** `conversationUrn` is `--conversation-urn`. */
function flagOf(field: string): string {
  return `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function quoted(value: string): string {
  return /^[\w.:/@-]+$/.test(value) ? value : `'${value}'`;
}
