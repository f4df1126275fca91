import type { GateEngine } from '@typingkit/core';
import type { Hint } from '../hints.ts';
import type { Credentials } from './credentials.ts';
import type { Errands } from './errands.ts';
import type { Held } from './held.ts';
import type { HeldTable } from './held-table.ts';
import type { Ownership } from './ownership.ts';
import type { GateHost } from './redis-gate.ts';
import type { Telling } from './telling.ts';

/** What a hint may concern. */
interface Hearer {
  readonly host: GateHost;
  readonly engine: GateEngine;
  readonly table: HeldTable;
  readonly errands: Errands;
  readonly credentials: Credentials;
  readonly ownership: Ownership;
  readonly telling: Telling;
}

/** Does at once what this process would find out with its next look into Redis. */
export function hearHint(hint: Hint, hearer: Hearer): void {
  const { credentials, engine, errands, host, ownership, table, telling } = hearer;
  switch (hint.hint) {
    case 'unheld': {
      const held = table.named(hint.conversation);
      if (held) {
        if (hint.nonce !== undefined) ownership.noteAsker(held, hint.from, hint.nonce);
        void errands.quietly(endUnheld(held, hearer));
      } else if (hint.nonce !== undefined) ownership.sayCleared(hint.from, hint.nonce);
      return;
    }
    case 'come': {
      const held = table.named(hint.conversation);
      if (held && held.epoch > 0 && held.sessions.size === 0) ownership.adoptAgain(held);
      return;
    }
    case 'message': {
      const held = table.named(hint.conversation);
      if (held) engine.messageSent(held.known);
      return;
    }
    case 'wish': {
      const held = table.named(hint.conversation);
      if (held && held.epoch > 0) {
        engine.adopt(held.channel, held.known.target, { wishes: hint.wishes });
      }
      return;
    }
    case 'end': {
      const ids = hint.ids ?? table.named(hint.conversation)?.sessions.keys() ?? [];
      for (const id of ids) host.endSession(id);
      return;
    }
    case 'touch':
      if (telling.wasTouched(hint.id)) host.touchSession(hint.id);
      return;
    case 'cleared':
    case 'sent':
      host.reach.takeAnswer(hint);
      return;
    case 'credential':
      if (hint.from !== host.reach.process) credentials.heed(hint.tag, hint.says, hint.forMs);
      return;
    case 'inbound':
  }
}

/** Somebody says that nobody holds a conversation any more: sees for itself. */
async function endUnheld(held: Held, hearer: Hearer): Promise<void> {
  const { engine, host, ownership, telling } = hearer;
  if (telling.untold(held).length > 0) return;
  const { isHeld } = await host.reach.look(held);
  const isNew = [...held.sessions.values()].some(({ isTelling, isTold }) => isTelling || !isTold);
  if (isHeld || isNew) return;
  for (const { id } of held.sessions.values()) host.endSession(id);
  engine.unheld(held.known);
  if (held.known.holders === 0 && held.epoch === 0) ownership.answerAskers(held);
}
