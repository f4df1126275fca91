import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import type { VendorBehaviour } from '../loopback-vendor.ts';
import { becomesTrue, nextTurn, settled } from '../outcome.ts';
import { operationsOf } from '../operation.ts';
import { watchTimers } from '../watch-timers.ts';
import { watchUnhandledRejections } from '../watch-unhandled-rejections.ts';

// How long a transport may take to notice that its connections are gone.
const settleMs = 1_200;

/** What a call leaves behind: nothing. Only the engine has timers and a memory. */
export const leftoverCases: readonly ConformanceCase[] = [
  {
    title: 'asks nobody before the first call',
    async run({ create, vendor }) {
      let uses = 0;
      const fetch = (): Promise<Response> => {
        uses += 1;
        return Promise.resolve(new Response());
      };
      create();
      create({ fetch });
      await nextTurn();
      await vendor.caughtUp();
      assert.equal(vendor.requests.length + uses, 0, 'to make a provider made a request');
    },
  },
  {
    title: 'leaves no timer behind',
    async run(context) {
      const watch = watchTimers();
      try {
        await callEveryWay(context, context.vendor);
        // A transport may have timers for connections that are still open.
        await context.vendor.close();
        const areGone = await becomesTrue(() => watch.running() === 0, settleMs);
        assert(areGone, `${watch.running()} timers are still running`);
      } finally {
        watch.end();
      }
    },
  },
  {
    title: 'leaves nothing behind that keeps the process alive',
    async run(context) {
      // What opens late, such as a pipe of the console, is not the provider's.
      await nextTurn();
      const before = process.getActiveResourcesInfo();
      const vendor = await context.openVendor();
      await callEveryWay(context, vendor);
      await vendor.close();
      const left = (): string[] => moreThan(before, process.getActiveResourcesInfo());
      await becomesTrue(() => left().length === 0, settleMs);
      assert.deepEqual(left(), []);
    },
  },
  {
    title: "leaves no listener on the caller's signal",
    async run(context) {
      for (const behaviour of behavioursOf(context)) {
        for (const { call, name, usual } of operationsOf(context)) {
          context.vendor.behave(behaviour ?? usual);
          const { signal } = new AbortController();
          await settled(call({ signal }).catch(() => undefined));
          const left = getEventListeners(signal, 'abort').length;
          assert.equal(left, 0, `listeners after a ${name}`);
        }
      }
    },
  },
  {
    title: 'leaves no rejection without a handler',
    async run(context) {
      const watch = watchUnhandledRejections();
      try {
        await callEveryWay(context, context.vendor);
        await abortOnce(context);
        await nextTurn();
        await nextTurn();
        assert.equal(watch.count(), 0, 'rejections that nobody handles');
      } finally {
        watch.end();
      }
    },
  },
];

/** `undefined` stands for the answer that the vendor documents. */
function behavioursOf({ facts }: ConformanceContext): readonly (VendorBehaviour | undefined)[] {
  return [
    undefined,
    ...facts.failures.slice(0, 1).map(({ answer }) => answer),
    { status: 500 },
    'reset',
  ];
}

async function callEveryWay(
  context: ConformanceContext,
  vendor: ConformanceContext['vendor'],
): Promise<void> {
  for (const behaviour of behavioursOf(context)) {
    for (const { call, usual } of operationsOf(context, { baseUrl: vendor.origin })) {
      vendor.behave(behaviour ?? usual);
      await settled(call().catch(() => undefined));
    }
  }
}

async function abortOnce(context: ConformanceContext): Promise<void> {
  context.vendor.behave('hang');
  for (const { call } of operationsOf(context)) {
    const controller = new AbortController();
    const arrived = context.vendor.nextRequest();
    const handled = call({ signal: controller.signal }).catch(() => undefined);
    await settled(Promise.race([arrived, handled]), 'the request');
    controller.abort(new Error('the reply is out'));
    await settled(handled);
  }
}

function moreThan(before: readonly string[], after: readonly string[]): string[] {
  const left = [...after];
  for (const resource of before) {
    const index = left.indexOf(resource);
    if (index !== -1) left.splice(index, 1);
  }
  return left;
}
