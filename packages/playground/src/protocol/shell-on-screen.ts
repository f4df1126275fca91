import type { PhoneChannel } from './settings.ts';
import type { PhoneSnapshot } from './snapshot.ts';

/** The simulator's keys are no secrets, but no snapshot holds a key: one that did would look as if it might hold any. */
const settings = {
  imessage: { key: 'LINQ_API_KEY=linq-simulator-key', baseUrl: 'LINQ_API_BASE_URL' },
  linkedin: {
    key: 'CONNECTSAFELY_API_KEY=connectsafely-simulator-key',
    baseUrl: 'CONNECTSAFELY_BASE_URL',
  },
} as const;
const flags = { chatId: '--chat-id', conversationUrn: '--conversation-urn' } as const;

/** What to type into a terminal, so that the command line types in the conversation that is on one phone. */
export function shellOnScreen(channel: PhoneChannel, { reachedAt }: PhoneSnapshot): string {
  const { baseUrl, target } = reachedAt;
  const { key, baseUrl: baseUrlVariable } = settings[channel];
  const where =
    'chatId' in target
      ? `${flags.chatId} ${target.chatId}`
      : `${flags.conversationUrn} '${target.conversationUrn}'`;
  return [
    '# npm install --global @typingkit/cli',
    `export ${key}`,
    `export ${baseUrlVariable}=${baseUrl}`,
    '',
    '# Look at the phone:',
    `typingkit keep ${channel} ${where} --for 20s`,
    '',
    '# Would a start be seen?',
    `typingkit diagnose ${channel} ${where}`,
    '',
  ].join('\n');
}
