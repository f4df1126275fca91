import { type KeepOptions, TypingError, type TypingSession } from '@typingkit/core';
import type { Place, SessionWish, Step } from './schedule.ts';
import type { Stage } from './stage.ts';
import type { Moment, Reply, SessionStory, WorkStory } from './story.ts';

const valueOfWork = 'the value of the work';
const errorOfWork = new Error('the error of the work');

/** Those who call the engine, and write down when they did. */
export interface Callers {
  /** Takes one step; where time passes, the next one has to wait for it. */
  readonly take: (step: Step) => Promise<void> | undefined;
  readonly stopAll: () => void;
  readonly touchAll: () => void;
  readonly close: (deadlineMs: number) => void;
}

export function callersOn({ story, now, typing, signals }: Stage): Callers {
  const { clock, sessions } = story;

  function options(wish: SessionWish): KeepOptions {
    const { delayMs, idleTimeoutMs, maxDurationMs, refreshEveryMs, settleMs, ttlMs } = wish;
    const signal = wish.signal === undefined ? undefined : signals[wish.signal]?.signal;
    return { delayMs, idleTimeoutMs, maxDurationMs, refreshEveryMs, settleMs, ttlMs, signal };
  }

  function newSession({ channel, chat }: Place, wish: SessionWish, isWork: boolean): SessionStory {
    const session: SessionStory = {
      nth: sessions.length,
      isWork,
      channel,
      conversation: `${channel}/${chat}`,
      wish,
      opened: now(),
      touched: [],
      asked: [],
      stops: [],
    };
    const isAborted = wish.signal !== undefined && signals[wish.signal]?.signal.aborted;
    if (isAborted) session.asked.push({ ...now(), reason: 'aborted' });
    sessions.push(session);
    return session;
  }

  function isOpen(session: SessionStory, handle: TypingSession): void {
    session.handle = handle;
    if (handle.state === 'closed') session.ended ??= { ...now(), reason: 'aborted' };
    if (session.wish.isWatched) session.closed = follow(handle.closed, now);
  }

  function keep(place: Place, wish: SessionWish): void {
    const session = newSession(place, wish, false);
    try {
      isOpen(session, typing.keep(place.channel, { chat: place.chat }, options(wish)));
    } catch (error) {
      sessions.pop();
      const isClosed = story.close && TypingError.isInstance(error) && error.code === 'stopped';
      if (!isClosed) story.thrown.push(error);
    }
  }

  function keepAround({ place, wish, workMs, fails }: Extract<Step, { do: 'with' }>): void {
    const { settleMs = 250 } = wish;
    const work: WorkStory = { settleMs, workMs, reply: { called: now() } };
    const session = story.close ? undefined : newSession(place, wish, true);
    const result = typing.with(
      place.channel,
      { chat: place.chat },
      async (handle) => {
        work.began = now();
        if (session) isOpen(session, handle);
        await new Promise<void>((resolve) => {
          clock.setWorldTimer(resolve, workMs);
        });
        work.over = { ...now(), ...(fails ? { error: errorOfWork } : { value: valueOfWork }) };
        // The engine hears of it some turns later.
        session?.asked.push({ order: Infinity, atMs: clock.now(), reason: 'stopped' });
        if (fails) throw errorOfWork;
        return valueOfWork;
      },
      options(wish),
    );
    follow(result, now, work.reply);
    story.works.push(work);
  }

  function callOnce(step: Extract<Step, { do: 'send' | 'stop' }>): void {
    const { do: verb, place, timeoutMs } = step;
    const { channel, chat } = place;
    const conversation = `${channel}/${chat}`;
    const signal = step.signal === undefined ? undefined : signals[step.signal]?.signal;
    const called = now();
    const isHeard = !story.close && !signal?.aborted;
    if (verb === 'stop' && isHeard) {
      ask('stopped', (session) => session.conversation === conversation);
    }
    const answer = typing[verb](channel, { chat }, { timeoutMs, signal });
    const reply = follow(answer, now, { called });
    story.calls.push({ verb, conversation, timeoutMs, isHeard, reply });
  }

  function ask(
    reason: 'stopped' | 'closed' | 'aborted',
    concerns: (session: SessionStory) => boolean,
  ): void {
    for (const session of sessions) {
      if (concerns(session)) session.asked.push({ ...now(), reason });
    }
  }

  function stopSession(session: SessionStory): void {
    if (!session.handle) return;
    session.asked.push({ ...now(), reason: 'stopped' });
    session.stops.push(follow(session.handle.stop(), now));
  }

  function touch(session: SessionStory): void {
    session.touched.push(now());
    session.handle?.touch();
  }

  function sayMessage(session: SessionStory): void {
    const { conversation, handle, ended } = session;
    session.touched.push(now());
    if (!ended && handle) story.messages.push({ ...now(), conversation });
    handle?.messageSent();
  }

  function message({ channel, chat }: Place): void {
    story.messages.push({ ...now(), conversation: `${channel}/${chat}` });
    typing.messageSent(channel, { chat });
  }

  function abort(nth: number): void {
    const controller = signals[nth];
    if (!controller || controller.signal.aborted) return;
    ask('aborted', ({ wish }) => wish.signal === nth);
    controller.abort(new Error('the caller changed its mind'));
  }

  function close(deadlineMs: number): void {
    if (story.close) return;
    ask('closed', () => true);
    story.close = Object.assign(follow(typing.close({ deadlineMs }), now), { deadlineMs });
  }

  function take(step: Step): Promise<void> | undefined {
    switch (step.do) {
      case 'keep':
        keep(step.place, step.wish);
        return undefined;
      case 'with':
        keepAround(step);
        return undefined;
      case 'stop session':
      case 'touch':
      case 'session says message': {
        const session = sessions[step.nth % Math.max(1, sessions.length)];
        if (!session) return undefined;
        if (step.do === 'stop session') stopSession(session);
        else if (step.do === 'touch') touch(session);
        else sayMessage(session);
        return undefined;
      }
      case 'message':
        message(step.place);
        return undefined;
      case 'send':
      case 'stop':
        callOnce(step);
        return undefined;
      case 'abort':
        abort(step.signal);
        return undefined;
      case 'close':
        close(step.deadlineMs);
        return undefined;
      case 'advance':
        return clock.advance(step.ms);
      case 'leap':
        return clock.leap(step.ms);
      case 'turns':
        return pass(step.turns);
    }
  }

  return {
    take,
    stopAll: () => sessions.forEach(stopSession),
    touchAll: () => sessions.forEach(touch),
    close,
  };
}

async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}

/** Writes down how a promise settles. */
export function follow(
  promise: PromiseLike<unknown>,
  now: () => Moment,
  reply: Reply = { called: now() },
): Reply {
  promise.then(
    (value) => Object.assign(reply, { settled: now(), value }),
    (error: unknown) => Object.assign(reply, { settled: now(), error }),
  );
  return reply;
}
