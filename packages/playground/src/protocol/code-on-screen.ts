import { channelOn, channelRows } from './channels/channel-rows.ts';
import { policyRowOf } from './policy-rows.ts';
import type { PhoneChannel, Settings, Trouble } from './settings.ts';

/** What typingkit makes of each trouble. */
const codeOf: Readonly<Record<Exclude<Trouble, 'none'>, string>> = {
  'wrong-key': 'unauthenticated',
  'rate-limited': 'rate-limited',
  'server-error': 'unavailable',
  hang: 'timeout',
  reset: 'network',
};

/** The code that does what one phone shows. It compiles as it is: a test of the playground sees to that. */
export function codeOnScreen(
  channel: PhoneChannel,
  settings: Settings,
  /** Whether the bot can see that the person types, and they do. */
  isPersonSeenTyping: boolean,
): string {
  const { chats, key } = channelRows[channel];
  const trouble = settings.trouble[channel];
  const isOddChat = chats.some(({ value, isOdd }) => isOdd && value === settings.chats[channel]);
  const asksWhoTypes = isPersonSeenTyping;
  const observes = trouble !== 'none';
  const names = ['withTyping'];
  if (observes) names.push('configureTyping');
  if (isOddChat || asksWhoTypes) names.push('defaultTyping');
  return [
    `// ${key.variable} is in the environment.`,
    `import { ${names.toSorted().join(', ')} } from 'typingkit';`,
    '',
    ...replying(channel, settings.bot.streams),
    ...(observes ? ['', ...observing(trouble)] : []),
    ...(isOddChat ? ['', ...diagnosing(channel)] : []),
    ...(asksWhoTypes ? ['', ...asking(channel)] : []),
    '',
    '// Yours:',
    settings.bot.streams
      ? 'declare function think(question: string): AsyncIterable<string>;'
      : 'declare function think(question: string): Promise<string>;',
    'declare function send(text: string): Promise<void>;',
    '',
  ].join('\n');
}

const whole = [
  '    await send(await think(question));',
  '    session.messageSent(); // it cleared the bubble',
];
const streamed = [
  '    for await (const sentence of think(question)) {',
  '      await send(sentence);',
  '      session.messageSent(); // back again, if there is more',
  '    }',
];

function replying(channel: PhoneChannel, streams: boolean): readonly string[] {
  const { parameters, code } = targetOf(channel);
  return [
    `export async function reply(${parameters}, question: string) {`,
    `  await withTyping('${channelOn(channel)}', ${code}, async (session) => {`,
    ...(streams ? streamed : whole),
    '  });',
    '}',
  ];
}

function observing(trouble: Exclude<Trouble, 'none'>): readonly string[] {
  const code = codeOf[trouble];
  const title = policyRowOf(code)?.title ?? '';
  return [
    `// The answer is sent anyway. What the engine does: ${title.toLowerCase()}.`,
    'configureTyping({',
    '  onEvent(event) {',
    "    if (event.type !== 'failed' || !event.isFirst) return;",
    `    console.warn(event.error.code, event.error.message); // ${code}`,
    '  },',
    '});',
  ];
}

function diagnosing(channel: PhoneChannel): readonly string[] {
  const { parameters, code } = targetOf(channel);
  return [
    '// Accepted is not shown. Why?',
    `export async function why(${parameters}) {`,
    '  const typing = defaultTyping();',
    `  const { reasons } = await typing.diagnose('${channelOn(channel)}', ${code});`,
    '  return reasons.map(({ message, advice }) => `${message}. ${advice}`);',
    '}',
  ];
}

function asking(channel: PhoneChannel): readonly string[] {
  const { parameters, code } = targetOf(channel);
  return [
    '// The person is typing: wait before you answer.',
    `export function isBusy(${parameters}) {`,
    `  return defaultTyping().isPeerTyping('${channelOn(channel)}', ${code});`,
    '}',
  ];
}

function targetOf(channel: PhoneChannel): { parameters: string; code: string } {
  const { targetFields, fieldTypes = {} } = channelRows[channel];
  const parameters = targetFields
    .map((field) => `${field}: ${fieldTypes[field] ?? 'string'}`)
    .join(', ');
  return { parameters, code: `{ ${targetFields.join(', ')} }` };
}
