import { afterAll } from 'vitest';
import { brokenLeftovers, clearLeftovers } from './broken/broken-leftovers.ts';
import { describeBrokenProviders } from './broken/describe-broken-providers.ts';

afterAll(clearLeftovers);
describeBrokenProviders('leftovers', brokenLeftovers);
