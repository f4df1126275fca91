import { happenedLines } from './happened-lines.ts';
import { type Look, wrap } from './look.ts';
import { recordingPicture } from './recording-picture.ts';
import type { Screen } from './screen.ts';
import { startSimulatedVendors } from './simulated-vendors.ts';
import { type Recording, recordConversations } from './record-conversations.ts';
import { whereToGo } from './where-to-go.ts';
import { wireLines } from './wire-lines.ts';

const introduction =
  'A bot thinks on four simulated platforms at once. In the middle all of them fail. What the ' +
  'recipients saw:';

/**
 * Four channels on simulated platforms: the chart, what happened, and where to go. Throws an `Error` with a sentence where
 * something went wrong.
 *
 * @param listsRequests whether to list what went over the wire, too.
 */
export async function simulatedDemo(
  screen: Screen,
  look: Look,
  listsRequests: boolean,
): Promise<void> {
  const title = 'typingkit: one withTyping for every chat channel';
  screen.print('', `  ${look.paint('title', title)}`);
  screen.print(...wrap(introduction, look.width - 4).map((line) => `  ${line}`), '');
  const recording = await playConversations(screen, look);
  screen.print('', ...happenedLines(recording, look));
  if (listsRequests) screen.print('', ...wireLines(recording, look));
  screen.print('', ...whereToGo(look), '');
}

async function playConversations(screen: Screen, look: Look): Promise<Recording> {
  const vendors = await startSimulatedVendors();
  const recording = await recordConversations(vendors, (soFar) => {
    screen.draw(recordingPicture(soFar, look));
  });
  screen.settle();
  await vendors.stop();
  return recording;
}
