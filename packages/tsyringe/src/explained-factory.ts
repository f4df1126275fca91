import { TypingError } from '@typingkit/core';
import type { DependencyContainer } from 'tsyringe';
import type { ProviderFactory } from './register-typing.ts';

// https://github.com/microsoft/tsyringe/blob/master/src/dependency-container.ts
const unregistered = /Attempted to resolve unregistered dependency token: "(.{1,100}?)"/;
// https://github.com/microsoft/tsyringe/blob/master/src/error-helpers.ts
const underConstruction = /of "([\w$]{1,100})" constructor\. Reason:/g;

/**
 * A factory whose failures say what to fix: a token that is not registered, a factory that resolves itself, the class of
 * an error. Of other messages nothing is kept: they may hold anything, a key included.
 */
export function explainedFactory(channel: string, create: ProviderFactory): ProviderFactory {
  const running = new Map<DependencyContainer, { resolvesItself: boolean }>();
  return (container) => {
    const outer = running.get(container);
    if (outer) {
      outer.resolvesItself = true;
      throw selfReference(channel);
    }
    const state = { resolvesItself: false };
    running.set(container, state);
    try {
      return create(container);
    } catch (error) {
      // On its way here through a constructor, it has lost what it was.
      throw state.resolvesItself ? selfReference(channel) : explained(error, channel);
    } finally {
      running.delete(container);
    }
  };
}

function selfReference(channel: string): TypingError {
  return misconfigured(
    `the factory of "${channel}" resolves its own channel, directly or through something that it resolves`,
    'Create the provider in the factory, or resolve it from the parent container.',
  );
}

function explained(error: unknown, channel: string): TypingError {
  if (TypingError.isInstance(error)) return error;
  const message = error instanceof Error ? error.message : '';
  const where = [...message.matchAll(underConstruction)].at(-1)?.[1];
  const token = unregistered.exec(message)?.[1];
  if (token !== undefined) {
    const what = `the factory of "${channel}" needs "${token}", which is not registered in its container`;
    const reason = where === undefined ? what : `${what} (${where} asks for it)`;
    return misconfigured(reason, 'Register it before the channel is used.');
  }
  const thrown = nameOf(error);
  const reason =
    where === undefined
      ? `the factory of "${channel}" threw ${thrown}`
      : `the factory of "${channel}" threw ${thrown} while "${where}" was made`;
  return misconfigured(reason, 'Its message is left out, because it may hold a key.');
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error}`;
  const { name } = error.constructor;
  return /^[\w$]{1,100}$/.test(name) ? name : 'Error';
}

function misconfigured(reason: string, advice: string): TypingError {
  return new TypingError({ code: 'misconfigured', operation: 'configure', reason, advice });
}
