import { type Look, wrap } from '../look.ts';
import type { Screen } from '../screen.ts';
import { startSimulatedVendors } from '../simulated-vendors.ts';
import { processesLines } from './processes-lines.ts';
import { processesPicture } from './processes-picture.ts';
import { recordProcesses } from './record-processes.ts';
import { startRedis } from './redis-server.ts';

const introduction =
  'A webhook opens a session, a worker thinks, and a sender answers: three processes that share ' +
  'one indicator through Redis. In the middle the worker is killed, which also keeps the ' +
  'indicator alive. Telegram, on this machine, shows it for 5 seconds at a time.';

/** One bot of three processes. Throws an `Error` with a sentence where something went wrong. */
export async function processesDemo(screen: Screen, look: Look): Promise<void> {
  const redis = await startRedis(process.env);
  screen.print('', `  ${look.paint('title', 'typingkit: one indicator over three processes')}`, '');
  screen.print(...wrap(introduction, look.width - 4).map((line) => `  ${line}`), '');
  const vendors = await startSimulatedVendors();
  const recording = await recordProcesses(vendors, redis.url, (soFar) => {
    screen.draw(processesPicture(soFar, look));
  });
  screen.settle();
  screen.print('', ...processesLines(recording, look), '');
  screen.print('  The three programs: examples/three-processes/src', '');
  await Promise.all([vendors.stop(), redis.stop()]);
}
