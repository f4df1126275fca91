import { describeTypingProvider } from '@typingkit/testing';
import { connectSafelyFacts, factsWithAccount } from './support/connectsafely-facts.ts';

describeTypingProvider('connectsafely', connectSafelyFacts);
describeTypingProvider('connectsafely with an account', factsWithAccount);
