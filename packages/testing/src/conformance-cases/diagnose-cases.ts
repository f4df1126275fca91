import assert from 'node:assert/strict';
import { type Diagnosis, diagnosisOf, type DiagnosisReason } from '@typingkit/core';
import { expect } from 'vitest';
import { assertSurvivesJson } from '../assert-survives-json.ts';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import { diagnosisFacts, diagnosisWith, isOf, startOf } from '../operation.ts';
import { failureOf, settled } from '../outcome.ts';

const applies: ConformanceCase['applies'] = ({ diagnose }) => diagnose !== undefined;

/** What a provider says where it can be asked why nothing is seen. */
export const diagnoseCases: readonly ConformanceCase[] = [
  {
    title: 'diagnoses in plain data, with a verdict that follows from its reasons',
    applies,
    async run(context) {
      const diagnosis = await diagnosisIn(context);
      assertSurvivesJson(diagnosis);
      const { reasons, traceId } = diagnosis;
      expect(diagnosis).toEqual(diagnosisOf(reasons, traceId));
    },
  },
  {
    title: 'diagnoses in sentences: what is so, and what to do',
    applies,
    async run(context) {
      const { reasons } = await diagnosisIn(context);
      for (const reason of reasons) assertSaysWhatToDo(reason);
    },
  },
  {
    title: 'diagnoses by asking what the facts say and nothing else',
    applies,
    async run(context) {
      const { vendor, facts } = context;
      await diagnosisIn(context);
      await vendor.caughtUp();
      assert(vendor.requests.length > 0, 'the vendor was not asked');
      const { exchanges } = diagnosisFacts(facts);
      const others = vendor.requests.filter(
        ({ method, path }) => !exchanges.some((exchange) => isOf(context, exchange, method, path)),
      );
      assert.deepEqual(
        others.map(({ method, path }) => `${method} ${path}`),
        [],
        'requests that no diagnosis needs',
      );
    },
  },
  {
    title: 'diagnoses what the facts say',
    applies,
    async run(context) {
      const { willShow, codes = [] } = diagnosisFacts(context.facts);
      const diagnosis = await diagnosisIn(context);
      const found = { willShow: diagnosis.willShow, codes: codesOf(diagnosis).toSorted() };
      assert.deepEqual(found, { willShow, codes: codes.toSorted() });
    },
  },
  {
    title: 'lets a diagnosis fail as a start does where the vendor cannot be asked',
    applies,
    async run(context) {
      for (const behaviour of [{ status: 401 }, { status: 503 }, 'reset'] as const) {
        context.vendor.behave(behaviour);
        const ofStart = await failureOf(startOf(context).call());
        const { code, operation } = await failureOf(diagnosisOperation(context).call());
        assert.deepEqual({ code, operation }, { code: ofStart.code, operation: 'diagnose' });
      }
    },
  },
];

async function diagnosisIn(context: ConformanceContext): Promise<Diagnosis> {
  const { call, usual } = diagnosisOperation(context);
  context.vendor.behave(usual);
  // The cases are there to find out whether it is one.
  return (await settled(call())) as Diagnosis;
}

function diagnosisOperation(context: ConformanceContext): ReturnType<typeof diagnosisWith> {
  return diagnosisWith(context, context.create(), diagnosisFacts(context.facts));
}

function codesOf({ reasons }: Diagnosis): string[] {
  return reasons.map(({ code }) => code);
}

function assertSaysWhatToDo({ message, advice }: DiagnosisReason): void {
  assert.match(message, /\w.*[^.]$/, 'the message is no sentence without a full stop');
  assert.match(advice, /^[A-Z].*[.?!]$/, 'the advice is no full sentence');
}
