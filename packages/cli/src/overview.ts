import { commands, completionCommand } from './commands.ts';
import { ownVersion } from './own-version.ts';
import { type Lines, styled } from './printable.ts';

/** What the bare command says: what it can do, on one screen of 24 rows. */
export function overview(): Lines {
  const all = [...commands, completionCommand];
  const width = Math.max(...all.map(({ name }) => name.length));
  return [
    `${styled('bold', 'typingkit')} ${ownVersion()}: "typing..." on any chat channel, and why it is not seen.`,
    '',
    ...all.map(
      ({ name, summary }) =>
        `  ${styled('bold', name)}${' '.repeat(width - name.length)}  ${summary}`,
    ),
    '',
    'Without an account:',
    '  typingkit simulate                    vendors and phones, in your browser',
    '  typingkit send imessage --simulated   one command against a simulated vendor',
    '',
    'More: typingkit help <command>, typingkit --help',
  ];
}
