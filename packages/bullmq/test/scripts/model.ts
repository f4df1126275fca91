import type { AdmitGiven, AdmitReply } from '../../src/scripts/admit.ts';
import type { CensusGiven } from '../../src/scripts/census.ts';
import type { ClaimGiven, Claimed } from '../../src/scripts/claim.ts';
import type { FenceGiven, FenceReply } from '../../src/scripts/fence.ts';
import type { ForgetGiven, ForgetReply } from '../../src/scripts/forget.ts';
import type { HoldGiven } from '../../src/scripts/hold.ts';
import { type JudgeGiven, type JudgeReply, probeNameOf } from '../../src/scripts/judge.ts';
import type { LeaveGiven, LeaveReply } from '../../src/scripts/leave.ts';
import type { LookGiven, LookReply } from '../../src/scripts/look.ts';
import type { MessageGiven } from '../../src/scripts/message.ts';
import type { NoteGiven } from '../../src/scripts/note.ts';
import { memberOf } from '../../src/scripts/script.ts';
import type { HolderReply, TouchGiven } from '../../src/scripts/touch.ts';
import type { WishGiven } from '../../src/scripts/wish.ts';

interface Holder {
  untilMs: number;
  readonly idleMs: number;
  readonly hardAtMs: number;
  readonly home: string;
}

interface Conversation {
  owner: string;
  epoch: number;
  channel: string;
  target: string;
  dueMs: number;
  visibleMs: number;
  resumeMs: number;
  /** Who said last what the bot is doing, and what. */
  speaker: string;
  wishes: string;
}

interface Credential {
  trust: 'untried' | 'good' | 'bad';
  retryMs: number;
  suspensionMs: number;
  probe: string;
  probedMs: number;
}

interface Count {
  readonly count: number;
  readonly untilMs: number;
}

const untried: Credential = {
  trust: 'untried',
  retryMs: 0,
  suspensionMs: 0,
  probe: '',
  probedMs: 0,
};

/** What the scripts should do, in plain TypeScript: written from what they promise, without a look at their Lua. */
export class Model {
  readonly #holders = new Map<string, Map<string, Holder>>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #credentials = new Map<string, Credential>();
  readonly #restUntilMs = new Map<string, number>();
  readonly #counts = new Map<string, Map<string, Count>>();
  readonly #budgets = new Map<string, number[]>();

  admit(given: AdmitGiven): AdmitReply {
    const { nowMs, process, epoch, use } = given;
    const wasHeld = this.#isHeld(given.conversationKey, nowMs);
    if (given.holders.length > 0) {
      const holders = this.#holdersOf(given.conversationKey);
      // The last one who spoke is gone with all the others.
      if (!wasHeld) this.#conversationOf(given.conversationKey).speaker = '';
      for (const [id, { untilMs }] of holders) if (untilMs <= nowMs) holders.delete(id);
      for (const { id, idleMs, hardMs } of given.holders) {
        const hardAtMs = nowMs + hardMs;
        const known = holders.get(memberOf(id))?.untilMs ?? 0;
        const untilMs = Math.max(known, Math.min(nowMs + idleMs, hardAtMs));
        holders.set(memberOf(id), { untilMs, idleMs, hardAtMs, home: process });
      }
      const known = this.#conversationOf(given.conversationKey);
      known.channel = given.channel;
      known.target = given.target;
    }
    const known = this.#conversations.get(given.conversationKey);
    const owner = known?.owner ?? '';
    const isHeld = this.#isHeld(given.conversationKey, nowMs);
    if (use === 'keep' && owner === '' && isHeld && known) {
      known.owner = process;
      known.epoch = Math.max(nowMs, known.epoch + 1, epoch + 1);
      known.dueMs = nowMs + given.dueInMs;
      known.visibleMs = nowMs + given.visibleForMs;
      return { says: 'kept', nowMs, epoch: known.epoch };
    }
    if (use === 'tell' || use === 'keep') return { says: 'told', nowMs, owner, wasHeld };
    const elsewhere = { says: 'elsewhere', nowMs, owner, wasHeld } as const;
    const queues = use === 'start' || use === 'refresh';
    let is = known?.epoch ?? 0;
    if (queues) {
      if (owner === '' && epoch !== 0) return { says: 'forgot', nowMs };
      if (owner === process && epoch !== 0 && epoch !== is) return elsewhere;
      const isOverdue = (known?.dueMs ?? 0) + 30_000 <= nowMs;
      if (owner !== '' && owner !== process && !isOverdue) return elsewhere;
      if (!isHeld) return { says: 'unheld', nowMs };
      if (owner !== process || epoch === 0) {
        is = Math.max(nowMs, is + 1);
        Object.assign(this.#conversationOf(given.conversationKey), {
          owner: process,
          epoch: is,
          dueMs: nowMs,
        });
      }
      const resumeMs = known?.resumeMs ?? 0;
      if (resumeMs > nowMs) return { says: 'shown', nowMs, epoch: is, forMs: resumeMs - nowMs };
    } else if (owner !== '' && owner !== process && isHeld) {
      const forMs = (known?.visibleMs ?? 0) - nowMs;
      return forMs > 0 ? { says: 'shown', nowMs, epoch: 0, forMs } : elsewhere;
    }
    return this.#goOrWait(given, is, queues);
  }

  judge({ nowMs, credentialKey, verdict, probe }: JudgeGiven): JudgeReply {
    const known = this.#credentials.get(credentialKey) ?? untried;
    const isMine = probe !== '' && known.probe === probe;
    const { trust, suspensionMs } = known;
    const suspend = (ms: number): void => {
      const retryMs = nowMs + ms;
      this.#credentials.set(credentialKey, {
        ...untried,
        trust: 'bad',
        retryMs,
        suspensionMs: ms,
      });
    };
    switch (verdict) {
      case 'refused': {
        if (trust === 'bad' && !isMine) return { says: 'nothing' };
        const forMs = trust === 'bad' ? Math.min(suspensionMs * 2, 300_000) : 1_000;
        suspend(forMs);
        return { says: 'suspended', forMs };
      }
      case 'given-up':
        if (!isMine) return { says: 'nothing' };
        this.#credentials.set(credentialKey, { ...known, probe: '', probedMs: 0 });
        return { says: 'again', forMs: 0 };
      case 'nothing':
      case 'accepted':
        if (trust === 'good' || (trust === 'bad' && !isMine)) return { says: 'nothing' };
        if (trust === 'bad' && verdict === 'nothing') {
          suspend(suspensionMs);
          return { says: 'again', forMs: suspensionMs };
        }
        this.#credentials.set(credentialKey, { ...untried, trust: 'good' });
        return { says: trust === 'bad' ? 'resumed' : 'proved' };
    }
  }

  touch({ nowMs, conversationKey, id }: TouchGiven): HolderReply {
    const owner = this.#conversations.get(conversationKey)?.owner ?? '';
    const holder = this.#holders.get(conversationKey)?.get(memberOf(id));
    if (!holder || holder.untilMs <= nowMs) return { isAlive: false, home: '', owner };
    const untilMs = Math.min(nowMs + holder.idleMs, holder.hardAtMs);
    holder.untilMs = Math.max(holder.untilMs, untilMs);
    return { isAlive: true, home: holder.home, owner };
  }

  message(given: MessageGiven): HolderReply {
    const known = this.#conversations.get(given.conversationKey);
    if (known) Object.assign(known, { resumeMs: given.nowMs + 900, visibleMs: 0 });
    if (given.id !== '') return this.touch(given);
    return { isAlive: false, home: '', owner: known?.owner ?? '' };
  }

  wish(given: WishGiven): HolderReply {
    const reply = this.touch(given);
    const known = this.#conversations.get(given.conversationKey);
    if (reply.isAlive && known) {
      Object.assign(known, { speaker: memberOf(given.id), wishes: given.wishes });
    }
    return reply;
  }

  leave({ nowMs, conversationKey, ids }: LeaveGiven): LeaveReply {
    const { homes, wasSpeaker } = this.#drop(conversationKey, nowMs, ids);
    const { wishes: _, ...standing } = this.look({ nowMs, conversationKey });
    if (!standing.isHeld && standing.owner === '') this.#forget(conversationKey);
    return { ...standing, wasSpeaker, homes };
  }

  look({ nowMs, conversationKey }: LookGiven): LookReply {
    const isHeld = this.#isHeld(conversationKey, nowMs);
    const known = this.#conversations.get(conversationKey);
    const { owner = '', channel = '', target = '', visibleMs = 0 } = known ?? {};
    const visibleForMs = Math.max(0, visibleMs - nowMs);
    const wishes = known && known.speaker !== '' ? known.wishes : '';
    return { isHeld, owner, channel, target, visibleForMs, wishes };
  }

  note({ nowMs, conversationKey, process, epoch, dueInMs, visibleForMs }: NoteGiven): void {
    const known = this.#conversations.get(conversationKey);
    if (known?.owner !== process || known.epoch !== epoch) return;
    known.dueMs = nowMs + dueInMs;
    known.visibleMs = nowMs + visibleForMs;
  }

  hold({ nowMs, credentialKey, budget, forMs }: HoldGiven): void {
    const what = `${credentialKey} ${budget ?? 'all'}`;
    const restMs = this.#restUntilMs.get(what) ?? 0;
    this.#restUntilMs.set(what, Math.max(restMs, nowMs + Math.ceil(forMs)));
  }

  census({ nowMs, countsKey, process, count, forMs }: CensusGiven): number {
    const counts = this.#counts.get(countsKey) ?? new Map<string, Count>();
    this.#counts.set(countsKey, counts);
    counts.set(process, { count, untilMs: nowMs + forMs });
    return [...counts.values()]
      .filter(({ untilMs }) => untilMs > nowMs)
      .reduce((total, each) => total + each.count, 0);
  }

  fence(given: FenceGiven): FenceReply {
    const { nowMs, process, epoch, isClosing } = given;
    if (given.gone.length > 0) this.#drop(given.conversationKey, nowMs, given.gone);
    const known = this.#conversations.get(given.conversationKey);
    const owner = known?.owner ?? '';
    if (known && owner !== '' && (owner !== process || known.epoch !== epoch)) {
      return { says: 'elsewhere', owner, epoch: known.epoch };
    }
    if (!this.#isHeld(given.conversationKey, nowMs)) {
      if (known) known.visibleMs = 0;
      return { says: 'stop' };
    }
    if (!isClosing || !known) return { says: 'raise' };
    Object.assign(known, { owner: '', dueMs: 0 });
    return { says: 'handed-over', channel: known.channel, target: known.target };
  }

  forget(given: ForgetGiven): ForgetReply {
    const { nowMs, process, epoch, isClosing } = given;
    const known = this.#conversations.get(given.conversationKey);
    if (known?.owner !== process || known.epoch !== epoch) return { says: 'given-up' };
    const isHeld = this.#isHeld(given.conversationKey, nowMs);
    if (isHeld && !isClosing) return { says: 'held' };
    if (!isHeld) {
      this.#forget(given.conversationKey);
      return { says: 'given-up' };
    }
    Object.assign(known, { owner: '', dueMs: 0 });
    return { says: 'handed-over', channel: known.channel, target: known.target };
  }

  claim({ nowMs, from, process, conversations }: ClaimGiven): readonly Claimed[] {
    return conversations.flatMap(({ name, conversationKey }) => {
      const known = this.#conversations.get(conversationKey);
      if (known?.owner !== from) return [];
      if (!this.#isHeld(conversationKey, nowMs) && known.visibleMs <= nowMs) {
        this.#forget(conversationKey);
        return [];
      }
      known.owner = process;
      known.epoch = Math.max(nowMs, known.epoch + 1);
      const { epoch, channel, target, dueMs, visibleMs, resumeMs } = known;
      return [
        {
          conversation: name,
          epoch,
          channel,
          target,
          dueInMs: Math.max(0, dueMs - nowMs),
          visibleForMs: Math.max(0, visibleMs - nowMs),
          resumeInMs: Math.max(0, resumeMs - nowMs),
          wishes: known.speaker === '' ? '' : known.wishes,
        },
      ];
    });
  }

  #goOrWait(given: AdmitGiven, epoch: number, queues: boolean): AdmitReply {
    const { nowMs, requests, perMs, use } = given;
    const known = this.#conversations.get(given.conversationKey);
    const wait = (by: 'budget' | 'rate-limit' | 'credential', forMs: number): AdmitReply => {
      if (queues && known) known.dueMs = nowMs + forMs;
      return { says: 'wait', nowMs, epoch, by, forMs };
    };
    const restMs = Math.max(
      this.#restUntilMs.get(`${given.credentialKey} all`) ?? 0,
      this.#restUntilMs.get(`${given.credentialKey} ${given.budget}`) ?? 0,
    );
    if (restMs > nowMs) return wait('rate-limit', restMs - nowMs);
    const credential = this.#credentials.get(given.credentialKey) ?? untried;
    const { probedMs, retryMs, trust } = credential;
    let as: 'good' | 'probe' | 'untried' = 'good';
    let isProved = false;
    if (trust === 'bad') {
      if (retryMs > nowMs) return wait('credential', retryMs - nowMs);
      if (probedMs > nowMs) return wait('credential', probedMs - nowMs);
      as = 'probe';
    } else if (trust === 'untried' && !queues) {
      as = 'untried';
    } else if (trust === 'untried') {
      if (probedMs > nowMs) return wait('credential', probedMs - nowMs);
      if (probedMs > 0) isProved = true;
      else as = 'probe';
    }
    if (isProved) this.#credentials.set(given.credentialKey, { ...untried, trust: 'good' });
    if (requests > 0) {
      const spent = this.#budgets.get(given.budgetKey) ?? [];
      const recent = spent.filter((atMs) => atMs + perMs > nowMs);
      const spare = use === 'refresh' ? Math.floor(requests / 4) : 0;
      const blocking = recent.at(-(requests - spare));
      if (blocking !== undefined) return wait('budget', blocking + perMs - nowMs);
      this.#budgets.set(given.budgetKey, [...recent, nowMs]);
    }
    if (as === 'probe') {
      this.#credentials.set(given.credentialKey, {
        ...credential,
        probe: probeNameOf(given.process, given.conversation, nowMs),
        probedMs: nowMs + (trust === 'bad' ? 10_000 : 1_000),
      });
    }
    if (queues && known) {
      known.dueMs = nowMs + given.dueInMs;
      if (given.dueInMs > 0) known.visibleMs = nowMs + given.visibleForMs;
    }
    return { says: 'go', nowMs, epoch, trust: as };
  }

  #isHeld(conversationKey: string, nowMs: number): boolean {
    const holders = [...(this.#holders.get(conversationKey)?.values() ?? [])];
    return holders.some(({ untilMs }) => untilMs > nowMs);
  }

  /** Takes sessions away; without ids all of them. */
  #drop(
    conversationKey: string,
    nowMs: number,
    ids: readonly string[],
  ): { readonly homes: readonly string[]; readonly wasSpeaker: boolean } {
    const holders = this.#holdersOf(conversationKey);
    const known = this.#conversations.get(conversationKey);
    const homes = new Set<string>();
    let wasSpeaker = ids.length === 0 && known !== undefined && known.speaker !== '';
    if (known && wasSpeaker) known.speaker = '';
    for (const id of ids.length > 0 ? ids.map(memberOf) : [...holders.keys()]) {
      const holder = holders.get(id);
      holders.delete(id);
      if (known && known.speaker === id) {
        known.speaker = '';
        wasSpeaker = true;
      }
      if (holder && holder.untilMs > nowMs) homes.add(holder.home);
    }
    return { homes: [...homes], wasSpeaker };
  }

  #holdersOf(key: string): Map<string, Holder> {
    const known = this.#holders.get(key) ?? new Map<string, Holder>();
    this.#holders.set(key, known);
    return known;
  }

  #conversationOf(key: string): Conversation {
    const known = this.#conversations.get(key) ?? {
      owner: '',
      epoch: 0,
      channel: '',
      target: '',
      dueMs: 0,
      visibleMs: 0,
      resumeMs: 0,
      speaker: '',
      wishes: '',
    };
    this.#conversations.set(key, known);
    return known;
  }

  #forget(conversationKey: string): void {
    this.#holders.delete(conversationKey);
    this.#conversations.delete(conversationKey);
  }
}
