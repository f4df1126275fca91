import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@typingkit/core/webhook';
import step from '../../../examples/three-processes/src/function.ts';

// Stands for a platform that runs functions: whoever has started it freezes it.
const server = createServer(toNodeHandler(step.fetch)).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // It listens on a port.
  console.log(`http://127.0.0.1:${port}`);
});
