import assert from 'node:assert/strict';
import { TypingError } from '@typingkit/core';
import { expect } from 'vitest';
import type { ConformanceCase, ConformanceContext } from '../conformance-case.ts';
import { operationsOf, startAndStopOf, startOf } from '../operation.ts';
import { failureOf, rejectionOf, settled } from '../outcome.ts';
import { lastRequest, requestOf } from '../requests-made.ts';
import { tracesOf } from '../spellings-of.ts';
import { changed, textsIn } from '../texts-in.ts';

const hasKey: ConformanceCase['applies'] = ({ credential }) => credential !== null;

/** Keys that are good in a header, and open another path in an address. */
const hostileKeys = ['../../x?y#', 'a/b', 'a?b=c', 'a#b', 'a%2fb', 'a\\b', '..'] as const;
/** What no key function may return. */
const unusableKeys: readonly unknown[] = ['', undefined, null, 7, 'key\r\nx-evil: 1', 'ключ'];

/** Where the credential comes from, and where it goes. */
export const keyCases: readonly ConformanceCase[] = [
  {
    title: 'asks a key function once for each exchange, with the target',
    applies: hasKey,
    async run(context) {
      const asked: unknown[] = [];
      const apiKey = (target: unknown): unknown => {
        asked.push(target);
        return context.credential;
      };
      const provider = context.create({ apiKey });
      assert.equal(asked.length, 0, 'the key function was asked before the first call');
      const target = provider.parseTarget(context.facts.target);
      context.vendor.behave(context.facts.start.answer);
      await settled(provider.start(target, {}));
      expect(asked, 'what the key function was asked with').toEqual([target]);
      await settled(provider.start(target, {}));
      assert.equal(asked.length, 2, 'times that the key function was asked by two starts');
    },
  },
  {
    title: 'sends what a key function returns, also a promise, where a constant would stand',
    applies: hasKey,
    async run(context) {
      const constant = await requestOf(context, startOf(context));
      for (const apiKey of [
        () => context.credential,
        async () => Promise.resolve(context.credential),
      ]) {
        const request = await requestOf(context, startOf(context, { apiKey }));
        assert.equal(request.path, constant.path, 'the path');
        for (const header of Object.keys(context.facts.authorization?.(context.credential) ?? {})) {
          const name = header.toLowerCase();
          assert.equal(request.headers[name], constant.headers[name], `the header ${name}`);
        }
      }
    },
  },
  {
    title: 'says that the key function failed where it throws, and asks nobody',
    applies: hasKey,
    async run(context) {
      const secret = 'conformance-vault-secret';
      for (const apiKey of [
        () => {
          throw new Error(secret);
        },
        () => Promise.reject(new Error(secret)),
      ]) {
        const error = await failureOf(startOf(context, { apiKey }).call());
        assert.equal(error.code, 'unavailable', 'the code of a key function that throws');
        assert.match(error.message, /function failed/);
        assert(!JSON.stringify(error).includes(secret), 'the error tells what was thrown');
      }
      await asksNobody(context);
    },
  },
  {
    title: 'passes on the TypingError that a key function throws',
    applies: hasKey,
    async run(context) {
      const outage = new TypingError({ code: 'unavailable', reason: 'the vault is closed' });
      const apiKey = (): Promise<never> => Promise.reject(outage);
      const thrown = await rejectionOf(startOf(context, { apiKey }).call());
      assert.equal(thrown, outage);
    },
  },
  {
    title: 'refuses what a key function returns where no key looks so, and asks nobody',
    applies: hasKey,
    async run(context) {
      for (const key of unusableKeys) {
        const { code } = await failureOf(startOf(context, { apiKey: () => key }).call());
        assert.equal(code, 'unauthenticated', `the code where it returns ${String(key)}`);
      }
      await asksNobody(context);
    },
  },
  {
    title: 'gives up a key function that hangs within timeoutMs',
    applies: hasKey,
    async run(context) {
      const options = { apiKey: () => new Promise(() => {}), timeoutMs: 50 };
      const { code } = await failureOf(startOf(context, options).call());
      assert.equal(code, 'timeout');
      await asksNobody(context);
    },
  },
  {
    title: "rejects with the caller's own reason when it is aborted while a key function hangs",
    applies: hasKey,
    async run(context) {
      const controller = new AbortController();
      const reason = new Error('the reply is out');
      const apiKey = (): Promise<unknown> => {
        queueMicrotask(() => controller.abort(reason));
        return new Promise(() => {});
      };
      const { signal } = controller;
      assert.equal(await rejectionOf(startOf(context, { apiKey }).call({ signal })), reason);
      await asksNobody(context);
    },
  },
  {
    title: 'puts the key nowhere but where the facts say',
    applies: (facts) => facts.credential !== null && facts.tokenRequest === undefined,
    async run(context) {
      const { facts, credential, vendor } = context;
      const declared = Object.keys(facts.authorization?.(credential) ?? {});
      const names = new Set(declared.map((name) => name.toLowerCase()));
      for (const { call, name, usual } of operationsOf(context)) {
        const before = vendor.requests.length;
        vendor.behave(usual);
        await settled(call());
        for (const { path, headers, body } of vendor.requests.slice(before)) {
          const others = Object.entries(headers).filter(([header]) => !names.has(header));
          // Where the facts say that it is in the path, the path is compared as a whole elsewhere.
          const isInPath = typeof facts.start.path === 'function';
          const sent = [isInPath ? '' : path, JSON.stringify(others), body]
            .join('\n')
            .toLowerCase();
          const isFound = textsIn(credential)
            .flatMap(tracesOf)
            .some((trace) => sent.includes(trace));
          assert(!isFound, `the ${name} has the key in a place that the facts do not name`);
        }
      }
    },
  },
  {
    title: 'lets no key choose another path',
    applies: (facts) => facts.credential !== null && facts.tokenRequest === undefined,
    async run(context) {
      const { facts, vendor } = context;
      const { path: usual } = await requestOf(context, startOf(context));
      for (const hostile of hostileKeys) {
        const credential = changed(context.credential, () => hostile);
        for (const apiKey of [credential, () => credential]) {
          const before = vendor.requests.length;
          const isRefused = await isRefusedAs(['misconfigured', 'unauthenticated'], async () =>
            startOf(context, { apiKey }).call(),
          );
          const what = `a key like ${hostile}`;
          if (isRefused) {
            assert.equal(vendor.requests.length, before, `${what} was refused too late`);
            continue;
          }
          const { path } = facts.start;
          const expected = typeof path === 'function' ? path(credential) : usual;
          expect(shapeOf(expected), `${what} changes the shape of the path`).toEqual(
            shapeOf(usual),
          );
          assert.equal(lastRequest(context).path, expected, `the path with ${what}`);
        }
      }
    },
  },
  {
    title: 'asks a key function for a stop, too',
    applies: ({ credential, stop }) => credential !== null && stop !== 'expires',
    async run(context) {
      let asked = 0;
      const apiKey = (): unknown => {
        asked += 1;
        return context.credential;
      };
      const [, stop] = startAndStopOf(context, { apiKey });
      await requestOf(context, stop);
      assert.equal(asked, 1, 'times that the key function was asked by one stop');
    },
  },
];

/** What a server makes of a path before it looks at a name in it. */
function shapeOf(path: string): unknown {
  const { pathname, search, hash, searchParams } = new URL(path, 'http://vendor');
  const isRead = `${pathname}${search}${hash}` === path;
  return { isRead, segments: pathname.split('/').length, names: [...searchParams.keys()], hash };
}

async function asksNobody({ vendor }: ConformanceContext): Promise<void> {
  await vendor.caughtUp();
  assert.equal(vendor.requests.length, 0, 'the vendor was asked');
}

async function isRefusedAs(
  codes: readonly string[],
  run: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await settled(run());
    return false;
  } catch (error) {
    if (TypingError.isInstance(error) && codes.includes(error.code)) return true;
    throw error;
  }
}
