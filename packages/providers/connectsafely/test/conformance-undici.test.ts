import { undiciFetch } from '@typingkit/core/undici';
import { describeTypingProvider } from '@typingkit/testing';
import { afterAll } from 'vitest';
import { connectSafelyFacts } from './support/connectsafely-facts.ts';

const fetch = undiciFetch();
afterAll(() => fetch.close());

describeTypingProvider('connectsafely, over undici', connectSafelyFacts, { fetch });
