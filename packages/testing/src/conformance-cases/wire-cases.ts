import assert from 'node:assert/strict';
import { expect } from 'vitest';
import { assertDocumentedRequest } from '../assert-documented-request.ts';
import { assertSurvivesJson } from '../assert-survives-json.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import type { VendorBehaviour } from '../loopback-vendor.ts';
import { startOf } from '../operation.ts';
import { settled } from '../outcome.ts';
import { lastRequest, requestOf, requestsMadeBy } from '../requests-made.ts';

/** What goes over the wire when all is well. */
export const wireCases: readonly ConformanceCase[] = [
  {
    title: 'starts with the request that the vendor documents',
    run: (context) => assertDocumentedRequest(context, startOf(context)),
  },
  {
    title: 'carries the credential in its header',
    applies: ({ authorization }) => authorization !== undefined,
    async run(context) {
      const { authorization } = context.facts;
      const request = await requestOf(context, startOf(context));
      const [header, value] = authorization?.(context.apiKey) ?? ['', ''];
      assert.equal(request.headers[header.toLowerCase()], value, `the header ${header}`);
    },
  },
  {
    title: 'keeps to its own key when there are two providers',
    // With a credential that is fetched, both get the same one from the facts.
    applies: ({ credential }) => credential === undefined,
    async run(context) {
      const otherKey = otherThan(context.apiKey);
      const [one, other] = [startOf(context), startOf(context, { apiKey: otherKey })];
      const requests = [await requestOf(context, one), await requestOf(context, other)];
      const keys = requests.map((request) => {
        const sent = JSON.stringify(request);
        return [context.apiKey, otherKey].filter((key) => sent.includes(key));
      });
      assert.notDeepEqual(keys[0], keys[1], 'both requests carry the same key');
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
    title: 'gives a receipt of plain data',
    async run(context) {
      const { vendor, facts } = context;
      const provider = context.create();
      vendor.behave(facts.start.answer);
      const receipt = await settled(provider.start(provider.parseTarget(facts.target), {}));
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

function otherThan(apiKey: string): string {
  return apiKey.slice(0, -1) + (apiKey.endsWith('0') ? '1' : '0');
}
