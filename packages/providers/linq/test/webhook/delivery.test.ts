import { describe, expect, test, vi } from 'vitest';
import { memorySeenEvents, type SeenEvents } from '../../src/webhook/index.ts';
import { eventId, nowMs, receiver, signedPost, typingEvent } from '../support/webhook-events.ts';

const otherChat = '650e8400-e29b-41d4-a716-446655440001';
const at = (ms: number): string => new Date(nowMs + ms).toISOString();
const statuses = (responses: readonly Response[]): number[] =>
  responses.map(({ status }) => status);

/** Something that happens when a test says so. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe('one event', () => {
  test('that comes ten times at once reaches onTyping once', async () => {
    const { receive, seen } = receiver();
    const requests = Array.from({ length: 10 }, () => signedPost(typingEvent()));
    expect(statuses(await Promise.all(requests.map(receive)))).toEqual(Array(10).fill(200));
    expect(seen).toHaveLength(1);
  });

  test('that comes again later, under another webhook-id, does not reach it again', async () => {
    const { receive, seen } = receiver();
    for (const id of ['msg_1', 'msg_1', 'msg_2']) {
      expect((await receive(signedPost(typingEvent(), { id }))).status).toBe(200);
    }
    expect(seen).toHaveLength(1);
  });

  test('whose handler fails comes again, and reaches it again', async () => {
    const error = new Error('not now');
    const onTyping = vi.fn<() => Promise<void>>().mockRejectedValueOnce(error);
    const { receive, failures } = receiver({ onTyping });
    expect((await receive(signedPost(typingEvent()))).status).toBe(500);
    expect(failures).toEqual([error]);
    expect((await receive(signedPost(typingEvent()))).status).toBe(200);
    expect((await receive(signedPost(typingEvent()))).status).toBe(200);
    expect(onTyping).toHaveBeenCalledTimes(2);
    expect(failures).toEqual([error]);
  });

  test('whose handler never ends fails after timeoutMs, and comes again', async () => {
    vi.useFakeTimers();
    try {
      const onTyping = vi
        .fn<() => Promise<void>>()
        .mockImplementationOnce(() => new Promise<void>(() => {}));
      const { receive, failures } = receiver({ onTyping, timeoutMs: 2_000 });
      const first = receive(signedPost(typingEvent()));
      const again = receive(signedPost(typingEvent()));
      await vi.advanceTimersByTimeAsync(1_999);
      expect(failures).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(statuses(await Promise.all([first, again]))).toEqual([500, 500]);
      expect(failures).toMatchObject([{ code: 'timeout', provider: 'linq' }]);
      expect((await receive(signedPost(typingEvent()))).status).toBe(200);
      expect(onTyping).toHaveBeenCalledTimes(2);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('whose handler throws at once is no different', async () => {
    const onTyping = vi.fn<() => void>().mockImplementationOnce(() => {
      throw new Error('not now');
    });
    const { receive } = receiver({ onTyping });
    expect((await receive(signedPost(typingEvent()))).status).toBe(500);
    expect((await receive(signedPost(typingEvent()))).status).toBe(200);
    expect(onTyping).toHaveBeenCalledTimes(2);
  });

  test('that comes again while its handler is at it is answered as that ends', async () => {
    const { opened, open } = gate();
    const onTyping = vi.fn<() => Promise<void>>().mockImplementationOnce(async () => {
      await opened;
      throw new Error('not now');
    });
    const { receive, failures } = receiver({ onTyping });
    const requests = Array.from({ length: 10 }, () => receive(signedPost(typingEvent())));
    open();
    expect(statuses(await Promise.all(requests))).toEqual(Array(10).fill(500));
    expect(onTyping).toHaveBeenCalledTimes(1);
    expect(failures).toHaveLength(1);
    expect((await receive(signedPost(typingEvent()))).status).toBe(200);
  });

  test.for([
    [
      'throws',
      () => {
        throw new Error('not that either');
      },
    ],
    ['rejects', () => Promise.reject(new Error('not that either'))],
  ] as const)(
    'whose failure goes to a listener that %s is answered with 500',
    async ([, onFailure]) => {
      const { receive } = receiver({
        onTyping: () => Promise.reject(new Error('not now')),
        onFailure,
      });
      expect((await receive(signedPost(typingEvent()))).status).toBe(500);
    },
  );
});

describe('several processes', () => {
  test('with one memory bring an event to onTyping once', async () => {
    const seenEvents = memorySeenEvents({ now: () => nowMs });
    const all = Array.from({ length: 10 }, () => receiver({ seenEvents }));
    const answers = all.map(({ receive }) => receive(signedPost(typingEvent())));
    expect(statuses(await Promise.all(answers))).toEqual(Array(10).fill(200));
    expect(all.flatMap(({ seen }) => seen)).toHaveLength(1);
  });

  test('give an event back that one of them could not handle', async () => {
    const seenEvents = memorySeenEvents({ now: () => nowMs });
    const broken = receiver({ seenEvents, onTyping: () => Promise.reject(new Error('not now')) });
    const well = receiver({ seenEvents });
    expect((await broken.receive(signedPost(typingEvent()))).status).toBe(500);
    expect((await well.receive(signedPost(typingEvent()))).status).toBe(200);
    expect(well.seen).toHaveLength(1);
  });

  test('claim an event for as long as it could be taken at the most', async () => {
    const claim = vi.fn<SeenEvents['claim']>().mockResolvedValue(true);
    const release = vi.fn<SeenEvents['release']>().mockResolvedValue(undefined);
    const { receive } = receiver({ seenEvents: { claim, release }, expiresMs: 10_000 });
    await receive(signedPost(typingEvent()));
    // Five minutes more, for the clocks.
    expect(claim.mock.calls).toEqual([[eventId, 310_000]]);
    expect(release).not.toHaveBeenCalled();
  });

  test('whose memory is down answer 500 and hand nothing on', async () => {
    const error = new Error('no connection to Redis');
    const seenEvents: SeenEvents = {
      claim: () => Promise.reject(error),
      release: () => Promise.resolve(),
    };
    const { receive, seen, failures } = receiver({ seenEvents });
    expect((await receive(signedPost(typingEvent()))).status).toBe(500);
    expect(seen).toEqual([]);
    expect(failures).toEqual([error]);
  });

  test('that cannot give an event back say both what failed first and that', async () => {
    const seenEvents: SeenEvents = {
      claim: () => Promise.resolve(true),
      release: () => {
        throw new Error('release');
      },
    };
    const { receive, failures } = receiver({
      seenEvents,
      onTyping: () => Promise.reject(new Error('onTyping')),
    });
    expect((await receive(signedPost(typingEvent()))).status).toBe(500);
    expect(failures).toEqual([new Error('release'), new Error('onTyping')]);
  });
});

describe('an event that is late', () => {
  test.for(['chat.typing_indicator.started', 'chat.typing_indicator.stopped'])(
    'is dropped: a %s of a minute ago, and the one of a millisecond later is not',
    async (type) => {
      const { receive, seen } = receiver();
      const late = { event_type: type, event_id: 'late', created_at: at(-60_000) };
      expect((await receive(signedPost(typingEvent(late)))).status).toBe(200);
      expect(seen).toEqual([]);
      const inTime = { event_type: type, event_id: 'in time', created_at: at(-59_999) };
      expect((await receive(signedPost(typingEvent(inTime)))).status).toBe(200);
      expect(seen).toMatchObject([{ eventId: 'in time' }]);
    },
  );

  test('is not remembered', async () => {
    const claim = vi.fn<SeenEvents['claim']>().mockResolvedValue(true);
    const { receive } = receiver({ seenEvents: { claim, release: () => Promise.resolve() } });
    await receive(signedPost(typingEvent({ created_at: at(-60_000) })));
    expect(claim).not.toHaveBeenCalled();
  });

  test('is one that waited too long for its claim, too', async () => {
    let clockMs = nowMs;
    const seenEvents: SeenEvents = {
      claim: () => {
        clockMs += 60_000;
        return Promise.resolve(true);
      },
      release: () => Promise.resolve(),
    };
    const { receive, seen } = receiver({ seenEvents, now: () => clockMs });
    expect((await receive(signedPost(typingEvent()))).status).toBe(200);
    expect(seen).toEqual([]);
  });

  test.for([
    ['now', 0, 20_000],
    ['12 s ago', -12_000, 8_000],
    ['a second ahead of our clock', 1_000, 20_000],
  ] as const)('is not one of %s: it holds for what is left', async ([, ms, left]) => {
    const { receive, seen } = receiver({ expiresMs: 20_000 });
    await receive(signedPost(typingEvent({ created_at: at(ms) })));
    expect(seen).toMatchObject([{ expiresInMs: left, at: new Date(nowMs + ms) }]);
  });
});

describe('events of one chat', () => {
  const started = (id: string, ms: number, chat?: string): Request =>
    signedPost(
      typingEvent({
        event_id: id,
        created_at: at(ms),
        ...(chat !== undefined && { data: { chat_id: chat } }),
      }),
    );

  test('that come out of order are dropped, but for the newest', async () => {
    const { receive, seen } = receiver();
    for (const [id, ms] of [
      ['b', -2_000],
      ['a', -3_000],
      ['c', -1_000],
    ] as const) {
      expect((await receive(started(id, ms))).status).toBe(200);
    }
    expect(seen.map((typing) => typing.eventId)).toEqual(['b', 'c']);
  });

  test('of the same millisecond are all taken: nobody can say which was first', async () => {
    const { receive, seen } = receiver();
    for (const id of ['a', 'b']) await receive(started(id, -1_000));
    expect(seen).toHaveLength(2);
  });

  test('say nothing of another chat', async () => {
    const { receive, seen } = receiver();
    await receive(started('a', -1_000));
    await receive(started('b', -2_000, otherChat));
    expect(seen).toHaveLength(2);
  });

  test('are compared when they are handed on, however long their claims took', async () => {
    const { opened, open } = gate();
    const seenEvents: SeenEvents = {
      claim: async (id) => {
        if (id === 'older') await opened;
        return true;
      },
      release: () => Promise.resolve(),
    };
    const { receive, seen } = receiver({ seenEvents });
    const older = receive(started('older', -2_000));
    await receive(started('newer', -1_000));
    open();
    expect((await older).status).toBe(200);
    expect(seen.map((typing) => typing.eventId)).toEqual(['newer']);
  });

  test('that failed come again, unless a newer one came in between', async () => {
    const seen: string[] = [];
    const failOnce = new Set(['a', 'c']);
    const { receive } = receiver({
      onTyping: (typing) => {
        if (failOnce.delete(typing.eventId)) throw new Error('not now');
        seen.push(typing.eventId);
      },
    });
    await receive(started('a', -3_000));
    await receive(started('b', -2_000));
    await receive(started('a', -3_000));
    await receive(started('c', -1_000));
    await receive(started('c', -1_000));
    expect(seen).toEqual(['b', 'c']);
  });
});
