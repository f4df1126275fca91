import assert from 'node:assert/strict';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import type { VendorBehaviour } from '../loopback-vendor.ts';
import { failureOf, rejectionOf, settled } from '../outcome.ts';
import { operationsOf, startOf } from '../operation.ts';
import { successStatus } from './hostile-answer-cases.ts';

const quickMs = 50;

/** Connections that fail, hang, or are given up. */
export const connectionCases: readonly ConformanceCase[] = [
  {
    title: 'takes a vendor that is not there for network',
    async run(context) {
      const start = async (): Promise<void> => {
        const gone = await context.openVendor();
        await gone.close();
        await isFailure(startOf(context, { baseUrl: gone.origin }).call(), 'network');
      };
      // The system may have given the port to another process meanwhile, which answers: that happens once.
      await start().catch(start);
    },
  },
  {
    title: 'takes a connection that is reset before the answer for network',
    async run(context) {
      context.vendor.behave('reset');
      await isFailure(startOf(context).call(), 'network');
    },
  },
  {
    title: 'takes a connection that breaks in the middle of a success for network',
    // A status without a body is an answer as soon as it is there.
    applies: (facts) => facts.start.answer.status === successStatus(facts),
    async run(context) {
      context.vendor.behave({ ...context.facts.start.answer, ending: 'breaks' });
      await isFailure(startOf(context).call(), 'network');
    },
  },
  {
    title: 'gives up a vendor that does not answer within timeoutMs',
    async run(context) {
      context.vendor.behave('hang');
      const operations = operationsOf(context, { timeoutMs: quickMs });
      await Promise.all(operations.map(({ call }) => isFailure(call(), 'timeout')));
    },
  },
  {
    title: 'gives up a vendor that does not finish its answer within timeoutMs',
    async run(context) {
      context.vendor.behave(halfAnAnswer(context));
      await isFailure(startOf(context, { timeoutMs: 2 * quickMs }).call(), 'timeout');
    },
  },
  {
    title: 'lets go of the connection when it gives up',
    async run(context) {
      const { vendor } = context;
      vendor.behave('hang');
      // On a busy machine a short time may be over before the request is out.
      for (const timeoutMs of [quickMs, 5 * quickMs, 20 * quickMs]) {
        const call = startOf(context, { timeoutMs }).call();
        await settled(call.catch(() => undefined));
        await vendor.caughtUp();
        if (vendor.requests.length > 0) break;
      }
      await isTornDown(context);
    },
  },
  {
    title: 'makes no request when the call is aborted beforehand',
    async run(context) {
      for (const { call, usual } of operationsOf(context)) {
        context.vendor.behave(usual);
        const signal = AbortSignal.abort(new Error('the reply is out'));
        assert.equal(await rejectionOf(call({ signal })), signal.reason);
      }
      await context.vendor.caughtUp();
      assert.equal(context.vendor.requests.length, 0);
    },
  },
  {
    title: "rejects with the caller's own reason when it is aborted in flight",
    async run(context) {
      context.vendor.behave('hang');
      for (const { call } of operationsOf(context)) {
        await isAborted(context, (signal) => call({ signal }));
      }
    },
  },
  {
    title: "rejects with the caller's own reason when it is aborted in the middle of an answer",
    async run(context) {
      context.vendor.behave(halfAnAnswer(context));
      await isAborted(context, (signal) => startOf(context).call({ signal }));
    },
  },
  {
    title: 'tears the connection down when it is aborted in flight',
    async run(context) {
      context.vendor.behave('hang');
      const controller = new AbortController();
      const arrived = context.vendor.nextRequest();
      const call = startOf(context).call({ signal: controller.signal });
      const handled = call.catch(() => undefined);
      await settled(arrived, 'the request');
      controller.abort(new Error('the reply is out'));
      await isTornDown(context);
      await settled(handled);
    },
  },
];

async function isFailure(call: Promise<unknown>, expected: string): Promise<void> {
  const { code, retryable } = await failureOf(call);
  assert.deepEqual({ code, retryable }, { code: expected, retryable: true });
}

async function isAborted(
  { vendor }: ConformanceContext,
  run: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const controller = new AbortController();
  const reason = new Error('the reply is out');
  const arrived = vendor.nextRequest();
  const rejection = rejectionOf(run(controller.signal));
  // Should the request never come, the case has failed already and nobody awaits this one.
  rejection.catch(() => {});
  await settled(arrived, 'the request');
  // By then the part of the answer that was sent has arrived, too.
  await vendor.caughtUp();
  controller.abort(reason);
  const thrown = await rejection;
  assert.equal(thrown, reason, "the call did not reject with the caller's own reason");
}

async function isTornDown({ vendor }: ConformanceContext): Promise<void> {
  const request = vendor.requests.at(-1);
  assert(request, 'no request was made');
  await settled(request.over, 'the connection behind the call');
}

function halfAnAnswer({ facts }: ConformanceContext): VendorBehaviour {
  return { ...facts.start.answer, status: successStatus(facts), ending: 'hangs' };
}
