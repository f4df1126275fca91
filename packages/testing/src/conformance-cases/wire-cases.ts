import assert from 'node:assert/strict';
import { expect } from 'vitest';
import { assertDocumentedRequest } from '../assert-documented-request.ts';
import { assertSurvivesJson } from '../assert-survives-json.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import type { VendorBehaviour } from '../loopback-vendor.ts';
import { startOf } from '../operation.ts';
import { changed } from '../texts-in.ts';
import { settled } from '../outcome.ts';
import { lastRequest, requestOf, requestsMadeBy } from '../requests-made.ts';

/** What goes over the wire when all is well. */
export const wireCases: readonly ConformanceCase[] = [
  {
    title: 'starts with the request that the vendor documents',
    run: (context) => assertDocumentedRequest(context, startOf(context)),
  },
  {
    title: 'carries the credential in its headers',
    applies: ({ authorization }) => authorization !== undefined,
    async run(context) {
      const { authorization } = context.facts;
      const request = await requestOf(context, startOf(context));
      for (const [header, value] of Object.entries(authorization?.(context.credential) ?? {})) {
        assert.equal(request.headers[header.toLowerCase()], value, `the header ${header}`);
      }
    },
  },
  {
    title: 'keeps to its own key when there are two providers',
    // With a token that is fetched, both get the same one from the facts.
    applies: ({ credential, tokenRequest }) => credential !== null && tokenRequest === undefined,
    async run(context) {
      const other = changed(context.credential, otherThan);
      const calls = [startOf(context), startOf(context, { apiKey: other })];
      const sent: string[] = [];
      for (const call of calls) {
        const { method, path, headers, body } = await requestOf(context, call);
        const { host: _, ...rest } = headers;
        sent.push(JSON.stringify({ method, path, headers: rest, body }));
      }
      assert.notEqual(sent[0], sent[1], 'both requests carry the same key');
    },
  },
  {
    title: 'keeps the path of its base URL, with and without a slash behind it',
    async run(context) {
      const { origin } = context.vendor;
      const plain = await requestOf(context, startOf(context));
      for (const base of ['/some/base', '/some/base/']) {
        const request = await requestOf(context, startOf(context, { baseUrl: `${origin}${base}` }));
        assert.equal(request.path, `/some/base${plain.path}`);
      }
    },
  },
  {
    title: 'sends through the fetch that it is given',
    async run(context) {
      let uses = 0;
      const fetch: typeof context.fetch = (request, init) => {
        uses += 1;
        return context.fetch(request, init);
      };
      await requestOf(context, startOf(context, { fetch }));
      assert(uses > 0, 'the fetch that was given was not used');
    },
  },
  {
    title: 'makes one request for one start',
    async run(context) {
      assert.equal(await requestsMadeBy(context, () => requestOf(context, startOf(context))), 1);
    },
  },
  {
    title: 'makes no second attempt when the vendor is in trouble',
    async run(context) {
      const { vendor, facts } = context;
      const attempts = (behaviour: VendorBehaviour): Promise<number> => {
        vendor.behave(behaviour);
        return requestsMadeBy(context, () =>
          settled(
            startOf(context)
              .call()
              .catch(() => {}),
          ),
        );
      };
      const usual = await attempts(facts.start.answer);
      for (const trouble of [{ status: 503 }, { status: 429 }, 'reset'] as const) {
        const made = await attempts(trouble);
        assert(made <= usual, `${JSON.stringify(trouble)} led to ${made} requests`);
      }
    },
  },
  {
    title: 'makes a request for every start, with no memory of the last',
    async run(context) {
      const start = startOf(context);
      const first = await requestsMadeBy(context, () => requestOf(context, start));
      const second = await requestsMadeBy(context, () => requestOf(context, start));
      assert.equal(second, first, 'requests of the second start');
    },
  },
  {
    title: 'names its own conversation in every request',
    async run(context) {
      const { vendor, facts } = context;
      const provider = context.create();
      vendor.behave(facts.start.answer);
      const sent: string[] = [];
      for (const target of [facts.target, facts.otherTarget]) {
        await settled(provider.start(provider.parseTarget(target), {}));
        const { path, body } = lastRequest(context);
        sent.push(`${path} ${body}`);
      }
      assert.notEqual(sent[0], sent[1], 'two conversations were asked for by one request');
    },
  },
  {
    title: 'takes the options of a call as a plain object, and leaves it as it is',
    async run(context) {
      const { vendor, facts } = context;
      const provider = context.create();
      const target = provider.parseTarget(facts.target);
      const call = { ttlMs: 10_000, status: 'is thinking', action: 'typing' };
      const { signal } = new AbortController();
      vendor.behave(facts.start.answer);
      await settled(provider.start(target, Object.freeze({ ...call, signal })));
      if (facts.stop === 'expires') return;
      vendor.behave(facts.stop.answer);
      await settled(provider.stop?.(target, Object.freeze({ signal })) ?? Promise.resolve());
    },
  },
  {
    title: 'gives a receipt of plain data',
    async run(context) {
      const { vendor, facts } = context;
      const provider = context.create();
      vendor.behave(facts.start.answer);
      const receipt = await settled(provider.start(provider.parseTarget(facts.target), {}));
      assert(typeof receipt === 'object' && receipt !== null, 'the receipt is not an object');
      assertSurvivesJson(receipt);
      const { visibleForMs = 1 } = receipt;
      assert(Number.isFinite(visibleForMs) && visibleForMs > 0, 'visibleForMs is no span of time');
    },
  },
  {
    title: 'tells in its receipt what the vendor answered',
    applies: ({ start }) => start.receipt !== undefined,
    async run(context) {
      const { vendor, facts } = context;
      vendor.behave(facts.start.answer);
      const receipt = await settled(startOf(context).call());
      expect(receipt).toMatchObject({ ...facts.start.receipt });
    },
  },
];

function otherThan(text: string): string {
  return text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
}
