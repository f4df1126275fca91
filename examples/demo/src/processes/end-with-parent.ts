// Loaded before a program that knows nothing of the demo: it ends when who started it is gone, however that went.
const { stdin } = process;
// A pipe can also end with an error; `close` follows either way.
stdin.on('error', () => {});
stdin.once('close', () => process.exit(130));
stdin.resume();
// Who has nothing left to do ends by itself. A file has nothing to unref.
stdin.unref?.();
