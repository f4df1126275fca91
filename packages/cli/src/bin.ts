#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// From the second time on it starts in half the time.
enableCompileCache();
const { runCommandLine } = await import('./command-line.ts');

// A reader that has seen enough (`| head`) is no failure of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
process.exitCode = await runCommandLine(process.argv.slice(2));
