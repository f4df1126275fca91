#!/usr/bin/env node
const oldestNode = 22;

// Everything else is imported later: an older Node ends with a stack where it finds what it does not know.
const { node } = process.versions;
if (Number.parseInt(node, 10) >= oldestNode) {
  const { enableCompileCache } = await import('node:module');
  // From the second time on it starts in half the time.
  enableCompileCache();
  const { runCommandLine } = await import('./command-line.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2));
} else {
  process.stderr.write(`typingkit needs Node ${oldestNode} or newer. This is Node ${node}.\n`);
  process.exitCode = 1;
}
