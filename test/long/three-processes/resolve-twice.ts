// First: it brings what tsyringe cannot be loaded without.
import { shutDown, TYPING } from '../../../examples/three-processes/src/container.ts';
import { container } from 'tsyringe';

const typing = container.resolve(TYPING);
console.log(container.createChildContainer().resolve(TYPING) === typing ? 'the same' : 'another');
const { status } = await typing.send('telegram', { chatId: 43 });
console.log(status);
// With the connections closed, nothing keeps this process alive.
await shutDown();
