import { undiciFetch } from '@typingkit/core/undici';
import { describeTypingProvider } from '@typingkit/testing';
import { afterAll } from 'vitest';
import { connectSafelyFacts, factsWithAccount } from './facts.ts';

const fetch = undiciFetch();
afterAll(() => fetch.close());

describeTypingProvider('connectsafely', connectSafelyFacts);
describeTypingProvider('connectsafely with an account', factsWithAccount);
describeTypingProvider('connectsafely, over undici', connectSafelyFacts, { fetch });
