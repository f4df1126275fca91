import { undiciFetch } from '@typingkit/core/undici';
import { describeTypingProvider } from '@typingkit/testing';
import { afterAll } from 'vitest';
import { linqFacts } from './support/linq-facts.ts';

const fetch = undiciFetch();
afterAll(() => fetch.close());

describeTypingProvider('linq, over undici', linqFacts, { fetch });
