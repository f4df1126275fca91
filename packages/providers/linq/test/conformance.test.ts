import { describeTypingProvider } from '@typingkit/testing';
import { linqFacts } from './support/linq-facts.ts';

describeTypingProvider('linq', linqFacts);
