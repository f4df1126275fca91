import assert from 'node:assert/strict';
import { isTypingErrorCode } from '@typingkit/core/error-codes';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import { endlessBytes, type VendorBehaviour } from '../loopback-vendor.ts';
import { failureOf, settled } from '../outcome.ts';
import { operationsOf, startOf } from '../operation.ts';
import type { AnyFacts } from '../provider-facts.ts';

const html = '<!doctype html><html><body><h1>Sign in to the hotel network</h1></body></html>';
/** A table that is an object has an answer for them, and some values cannot even become a text. */
const wordsOfEveryObject = ['constructor', 'toString', '__proto__', { toString: 1, valueOf: 1 }];
const redirects = [301, 302, 303, 307, 308] as const;

/** Answers that no vendor documents and every network has. */
export const hostileAnswerCases: readonly ConformanceCase[] = [
  {
    title: 'takes a web page in place of an answer for bad-response',
    run: (context) =>
      isBadResponse(context, { body: html, headers: { 'content-type': 'text/html' } }),
  },
  {
    title: 'takes an empty success for bad-response, where the vendor promises a body',
    applies: ({ start }) => start.answer.json !== undefined || start.answer.body !== undefined,
    run: (context) => isBadResponse(context, {}),
  },
  {
    title: 'takes half an answer for bad-response',
    applies: answersJson,
    run: (context) => {
      const whole = JSON.stringify(context.facts.start.answer.json);
      return isBadResponse(context, { ...asJson, body: whole.slice(0, -1) });
    },
  },
  {
    title: 'takes an answer of other types than are promised for bad-response',
    applies: answersJson,
    async run(context) {
      const { json } = context.facts.start.answer;
      for (const value of [null, 42, 'accepted', [], otherTypes(json)]) {
        await isBadResponse(context, { json: value });
      }
    },
  },
  {
    title: 'takes an answer without an end for bad-response',
    run: (context) => isBadResponse(context, { ...success(context), ending: 'endless' }),
  },
  {
    title: 'reads no more of an answer without an end than it must',
    async run(context) {
      const { vendor } = context;
      vendor.behave({
        status: successStatus(context.facts),
        ...success(context),
        ending: 'endless',
      });
      await settled(
        startOf(context)
          .call()
          .catch(() => undefined),
      );
      const request = vendor.requests.at(-1);
      assert(request, 'no request was made');
      await settled(request.over, 'the connection behind the call');
      assert(!request.answeredWhole, `all ${endlessBytes} bytes were read`);
    },
  },
  {
    title: 'keeps the meaning of a failure whose body is worth nothing',
    async run(context) {
      context.vendor.behave({ status: 503 });
      const { code } = await failureOf(startOf(context).call());
      const bodies: readonly Omit<Exclude<VendorBehaviour, string>, 'status'>[] = [
        { body: html, headers: { 'content-type': 'text/html' } },
        { ...asJson, body: '{"error":{"code":' },
        { ...asJson, body: 'null' },
        { json: { error: [[]], message: { error: 1 }, code: {}, status: null } },
        { ...asJson, body: '{"error":', ending: 'breaks' },
        { body: 'busy', ending: 'endless' },
      ];
      for (const body of bodies) {
        context.vendor.behave({ status: 503, ...body });
        const error = await failureOf(startOf(context).call());
        assert.equal(error.code, code, `a 503 with ${JSON.stringify(body).slice(0, 80)}`);
      }
    },
  },
  {
    title: 'has a code of the contract for a failure with words that every object knows',
    applies: ({ failures }) => failures.some(({ answer }) => answer.json !== undefined),
    async run(context) {
      const { call } = startOf(context);
      for (const { answer } of context.facts.failures) {
        if (answer.json === undefined) continue;
        for (const word of wordsOfEveryObject) {
          context.vendor.behave({ ...answer, json: eachText(answer.json, word) });
          const { code, message } = await failureOf(call());
          const where = `where each text of a ${answer.status} is ${JSON.stringify(word)}`;
          assert(isTypingErrorCode(code), `no code of the contract ${where}`);
          assert(!message.includes('[native code]'), `a function in the message ${where}`);
        }
      }
    },
  },
  {
    title: 'follows no redirect, which could carry the key elsewhere',
    async run(context) {
      const elsewhere = await context.openVendor();
      for (const { call, usual } of operationsOf(context)) {
        elsewhere.behave(usual);
        for (const status of redirects) {
          context.vendor.behave({ status, headers: { location: `${elsewhere.origin}/stolen` } });
          const error = await failureOf(call());
          assert.equal(error.code, 'bad-response', `the code of a ${status}`);
        }
      }
      await elsewhere.caughtUp();
      assert.equal(elsewhere.requests.length, 0, 'the server that the redirect names was asked');
    },
  },
];

const asJson = { headers: { 'content-type': 'application/json' } } as const;

async function isBadResponse(
  { facts, vendor, create }: ConformanceContext,
  answer: Omit<Exclude<VendorBehaviour, string>, 'status'>,
): Promise<void> {
  const provider = create();
  vendor.behave({ status: successStatus(facts), ...answer });
  const { code } = await failureOf(provider.start(provider.parseTarget(facts.target), {}));
  assert.equal(code, 'bad-response');
}

function success({ facts }: ConformanceContext): Omit<Exclude<VendorBehaviour, string>, 'status'> {
  const { status: _, ...answer } = facts.start.answer;
  return answer;
}

/** The status of an accepted start; 200 in place of one that can have no body. */
export function successStatus({ start }: AnyFacts): number {
  const { status } = start.answer;
  return status === 204 || status === 205 ? 200 : status;
}

function answersJson({ start }: AnyFacts): boolean {
  const { json } = start.answer;
  return typeof json === 'object' && json !== null && Object.keys(json).length > 0;
}

/** The same with something else in place of each text. */
function eachText(value: unknown, other: unknown): unknown {
  if (typeof value === 'string') return other;
  if (Array.isArray(value)) return value.map((inner) => eachText(inner, other));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, eachText(inner, other)]),
  );
}

function otherTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(otherTypes);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? 42 : 'other';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, otherTypes(inner)]));
}
