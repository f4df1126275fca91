import { caseLines } from './case-lines.ts';
import { newcomerCases } from './cases.ts';
import { type Look, wrap } from './look.ts';
import { endingLines, recordingPicture, wireLines } from './recording-lines.ts';
import { runCases, startNewcomers } from './run-cases.ts';
import type { Screen } from './screen.ts';
import { startSimulatedVendors } from './simulated-vendors.ts';
import { recordTwoConversations } from './two-conversations.ts';

const introduction =
  'A bot thinks for 5 seconds in two conversations, and calls sendTyping with every word. ' +
  'Both vendors are simulated on this machine, over real HTTP, and tell what no vendor tells: ' +
  'what the recipient saw.';

/** Both channels on simulated vendors. Throws an `Error` with a sentence where something went wrong. */
export async function simulatedDemo(screen: Screen, look: Look): Promise<void> {
  screen.print(
    '',
    `  ${look.paint('title', 'typingkit: one sendTyping for every chat channel')}`,
    '',
  );
  screen.print(...wrap(introduction, look.width - 4).map((line) => `  ${line}`), '');

  const vendors = await startSimulatedVendors();
  const newcomers = startNewcomers(vendors);
  const recording = await recordTwoConversations(vendors, (soFar) => {
    screen.draw(recordingPicture(soFar, look));
  });
  screen.settle();
  for (const { calls } of recording.conversations) {
    const failure = calls.find(({ failed }) => failed)?.failed;
    if (failure) throw new Error(`The bot failed: ${failure.message}`);
  }
  screen.print('', ...wireLines(recording, look), '', ...endingLines(recording, look), '');

  screen.print(`  ${look.paint('title', 'What surprises newcomers')}`);
  for (const outcome of await runCases(newcomerCases, newcomers, vendors)) {
    screen.print('', ...caseLines(outcome, look));
  }
  await vendors.stop();
  screen.print('', `  ${look.paint('title', 'On a real chat, with your key in LINQ_API_KEY')}`);
  screen.print('    npx -y pnpm@12.18.0 demo -- --live imessage <chatId>', '');
}
