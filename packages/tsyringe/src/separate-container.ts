import { container as rootContainer, type DependencyContainer } from 'tsyringe';

/**
 * A container without a parent: what is registered in the root container of tsyringe does not reach it, and disposing of
 * that one leaves it alone. For libraries that keep a container to themselves.
 *
 * tsyringe itself makes children only: this takes the class from the root container, because it is not exported.
 */
export function separateContainer(): DependencyContainer {
  // The constructor of a container takes its parent, if it has one.
  const Container = rootContainer.constructor as new () => DependencyContainer;
  return new Container();
}
