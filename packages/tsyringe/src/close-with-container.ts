import type { Typing } from '@typingkit/core';
import type { DependencyContainer } from 'tsyringe';

/**
 * Closes a `Typing` with `container.dispose()`.
 *
 * A container disposes only of what it has constructed from a class, never of what a factory returned: so it gets
 * an instance to construct.
 *
 * @see https://github.com/microsoft/tsyringe#disposable-instances
 */
export function closeWithContainer(container: DependencyContainer, typing: Typing): void {
  container.resolve(Closer).typing = typing;
}

class Closer {
  typing: Typing | undefined;

  async dispose(): Promise<void> {
    await this.typing?.close();
  }
}
