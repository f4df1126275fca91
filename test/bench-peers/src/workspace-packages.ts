// By their paths: this folder is no part of the workspace, and with `link:` its lockfile would have to follow every
// change of the packages' dependencies. What they import themselves is found beside them.
export {
  type Clock,
  createTyping,
  systemClock,
  TypingError,
  type TypingProvider,
} from '../../../packages/core/src/index.ts';
export { vendorClient } from '../../../packages/core/src/http/index.ts';
