import { caseLines } from './case-lines.ts';
import { newcomerCases } from './cases.ts';
import { happenedLines } from './happened-lines.ts';
import { type Look, wrap } from './look.ts';
import { recordingPicture } from './recording-picture.ts';
import { type CaseOutcome, runCases, startNewcomers } from './run-cases.ts';
import type { Screen } from './screen.ts';
import { startSimulatedVendors } from './simulated-vendors.ts';
import { type Recording, recordConversations } from './record-conversations.ts';
import { wireLines } from './wire-lines.ts';

const introduction =
  'A bot thinks on four platforms at once, inside withTyping. After its first message on ' +
  'iMessage the person types back, and it waits with the second one. In the middle all ' +
  'platforms fail. They are simulated on this machine, over real HTTP, and tell what no ' +
  'platform tells: what the recipient saw.';

const question =
  'Before each call, diagnose was asked whether the indicator would be seen, and if not, why.';

/** Four channels on simulated platforms. Throws an `Error` with a sentence where something went wrong. */
export async function simulatedDemo(screen: Screen, look: Look): Promise<void> {
  const title = 'typingkit: one withTyping for every chat channel';
  screen.print('', `  ${look.paint('title', title)}`, '');
  screen.print(...wrap(introduction, look.width - 4).map((line) => `  ${line}`), '');

  // The cases are played while the bot thinks, on vendors of their own, because they push the clock.
  const thinking = Promise.withResolvers<void>();
  const [recording, outcomes] = await Promise.all([
    playConversations(screen, look, thinking.resolve),
    thinking.promise.then(playCases),
  ]);
  screen.print('', ...happenedLines(recording, look), '', ...wireLines(recording, look), '');
  screen.print(`  ${look.paint('title', 'What surprises newcomers')}`);
  screen.print(...wrap(question, look.width - 4).map((line) => `  ${line}`));
  for (const outcome of outcomes) screen.print('', ...caseLines(outcome, look));
  screen.print('', `  ${look.paint('title', 'On a real chat, with your key in LINQ_API_KEY')}`);
  screen.print('    npx -y pnpm@12.18.0 demo -- --live imessage <chatId>', '');
}

async function playConversations(
  screen: Screen,
  look: Look,
  onThinking: () => void,
): Promise<Recording> {
  const vendors = await startSimulatedVendors();
  const recording = await recordConversations(vendors, (soFar) => {
    screen.draw(recordingPicture(soFar, look));
    if (soFar.conversations.every(({ requests }) => requests.length > 0)) onThinking();
  });
  screen.settle();
  await vendors.stop();
  return recording;
}

async function playCases(): Promise<readonly CaseOutcome[]> {
  const vendors = await startSimulatedVendors();
  const outcomes = await runCases(newcomerCases, startNewcomers(vendors), vendors);
  await vendors.stop();
  return outcomes;
}
