import { defaultTyping } from 'typingkit';

/** Clears what still shows and ends, on a signal and when the process that started this one is gone, however it went. */
export function leaveWithParent(): void {
  process.once('SIGINT', () => void leave());
  process.once('SIGTERM', () => void leave());
  const { stdin } = process;
  // A pipe can also end with an error; `close` follows either way.
  stdin.on('error', () => {});
  stdin.once('close', () => void leave());
  stdin.resume();
  // Who has nothing left to do ends by itself. A file has nothing to unref.
  stdin.unref?.();
}

async function leave(): Promise<never> {
  await defaultTyping().close();
  process.exit(130);
}
