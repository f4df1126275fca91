import { createRequire, registerHooks } from 'node:module';

// Loaded before a program: what imports BullMQ or ioredis gets those of this folder.
const require = createRequire(import.meta.url);
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'bullmq' || specifier === 'ioredis'
      ? next(specifier, { ...context, parentURL: import.meta.url })
      : next(specifier, context),
});
console.log(`bullmq ${require('bullmq/package.json').version}`);
