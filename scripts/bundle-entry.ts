// What a bot on one channel bundles: measured by `pnpm check:size`.
export { createTyping } from '@typingkit/core';
export { linq } from '@typingkit/linq';
