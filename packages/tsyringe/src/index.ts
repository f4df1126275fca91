export {
  type FactoryTargets,
  type ProviderFactories,
  type ProviderFactory,
  type RegisterOptions,
  registerTyping,
  type TypingOf,
} from './register-typing.ts';
export { separateContainer } from './separate-container.ts';
export { providerToken, TYPING } from './tokens.ts';
