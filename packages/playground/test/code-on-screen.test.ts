import { expect, test } from 'vitest';
import type { CodeBlock } from '../../../test/code-blocks/find-blocks.ts';
import { typeErrors } from '../../../test/code-blocks/type-check.ts';
import { forEachChannel, phoneChannels } from '../src/protocol/channels/channel-rows.ts';
import { codeOnScreen } from '../src/protocol/code-on-screen.ts';
import { changedSettings } from '../src/protocol/changed-settings.ts';
import { firstSettings, type SettingsChange } from '../src/protocol/settings.ts';

const changes: readonly SettingsChange[] = [
  {},
  { bot: { streams: true } },
  { chats: { imessage: 'inactive' } },
  ...(['wrong-key', 'rate-limited', 'server-error', 'hang', 'reset'] as const).map((trouble) => ({
    trouble: forEachChannel(() => trouble),
  })),
  { chats: { imessage: 'sms' }, bot: { streams: true }, trouble: { imessage: 'hang' } },
];

function blockOf(file: string, code: string): CodeBlock {
  return { file, code, line: 1, excuse: undefined, isProgram: false, output: '', shows: undefined };
}

test('the code on the screen compiles, whatever is switched on', { timeout: 60_000 }, async () => {
  const blocks = phoneChannels.flatMap((channel) =>
    changes.flatMap((change) =>
      [false, true].map((isPersonTyping) => {
        const code = codeOnScreen(channel, changedSettings(firstSettings, change), isPersonTyping);
        const file = `${channel} ${JSON.stringify(change)}`;
        return blockOf(file, code);
      }),
    ),
  );
  expect(await typeErrors(blocks)).toEqual([]);
});
