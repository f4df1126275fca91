import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeTypingProvider } from '../src/index.ts';
import { acmeFacts } from './acme.ts';
import { telegraphFacts } from './telegraph-facts.ts';
import { visaFacts } from './visa.ts';

let requests = 0;

describeTypingProvider('acme, on the HTTP of core', acmeFacts);

describeTypingProvider('acme, with another transport', acmeFacts, {
  fetch(request, init) {
    requests += 1;
    return fetch(request, init);
  },
});

describeTypingProvider(
  'telegraph, with its key in the URL and refusals inside a 200',
  telegraphFacts,
);

describeTypingProvider(
  'visa, with an access token and a lifetime of choice',
  visaFacts(expect.any(String)),
);

test('the other transport was used', () => {
  expect(requests).toBeGreaterThan(100);
});

test('an adapter for Telegram that passes the suite has less than 70 lines', () => {
  const source = readFileSync(new URL('./telegraph.ts', import.meta.url), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThan(70);
});
