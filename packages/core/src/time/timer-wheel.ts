import type { Clock, Timer } from './clock.ts';

const tickMs = 50;
const slotCount = 4096;
const lastSlot = slotCount - 1;
const unscheduled: number = -1;
/** Where entries of the slot that runs wait, whose time is in a later turn. */
const laterSlot = slotCount;
/** After how much time, or how many entries, the event loop gets a turn. */
const turnMs = 5;
const mostPerTurn = 20_000;
/** After how many entries the clock is asked again: to ask it costs a tenth of what a refresh does. */
const entriesPerLook = 16;

/** Something that a {@link TimerWheel} wakes. Its own link in the list of a slot, so that a timer costs no allocation. */
export abstract class WheelEntry {
  /** @internal */ slot: number = unscheduled;
  /** @internal */ dueMs = 0;
  /** @internal */ next: WheelEntry | undefined = undefined;
  /** @internal */ previous: WheelEntry | undefined = undefined;

  /** @param nowMs on the clock, in whole milliseconds: some microseconds old, so that not every entry has to ask. */
  abstract onDue(nowMs: number): void;
}

class TimerEntry extends WheelEntry {
  readonly #run: () => void;

  constructor(run: () => void) {
    super();
    this.#run = run;
  }

  override onDue(): void {
    this.#run();
  }
}

/**
 * Many timers on one: scheduling, moving and cancelling cost the same however many there are. An entry runs up to 50
 * ms late, never early: nobody sees that, and the processor wakes up less often. After each sleep its caches are cold.
 *
 * Node keeps a list per duration and a priority queue of lists, and jittered deadlines nearly all have a duration of
 * their own. A wheel has a slot for each 50 ms of the next 200 s instead; an entry that is due later waits in its slot
 * for another turn. The process may exit while entries wait.
 */
export class TimerWheel {
  readonly #clock: Clock;
  readonly #slots: (WheelEntry | undefined)[] = Array.from({ length: slotCount });
  /** One bit for each slot that is not empty. */
  readonly #occupied = new Uint32Array(slotCount / 32);
  #size = 0;
  /** The last tick whose entries have all run. */
  #tick: number;
  #timer: Timer | undefined;
  #wakeTick = Infinity;
  #isRunning = false;
  /** The clock, as it was when it was last asked. */
  #nowMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tick = Math.floor(clock.now() / tickMs);
  }

  /** How many entries wait. */
  get size(): number {
    return this.#size;
  }

  /** Wakes an entry at `dueMs` on the clock, and not at the time it was to wake before. `Infinity`: not at all. */
  schedule(entry: WheelEntry, dueMs: number): void {
    this.cancel(entry);
    if (dueMs === Infinity) return;
    // While nothing waited, no tick was counted.
    if (this.#size === 0 && !this.#isRunning) this.#tick = Math.floor(this.#clock.now() / tickMs);
    const tick = Math.max(this.#tick + 1, Math.ceil(dueMs / tickMs));
    entry.dueMs = dueMs;
    this.#insert(entry, tick & lastSlot);
    const wakeTick = Math.min(tick, this.#tick + slotCount);
    if (!this.#isRunning && wakeTick < this.#wakeTick) this.#wakeAt(wakeTick);
  }

  /** A timer of its own, for what is no entry. */
  setTimer(run: () => void, afterMs: number): Timer {
    const entry = new TimerEntry(run);
    this.schedule(entry, this.#clock.now() + afterMs);
    return { cancel: () => this.cancel(entry) };
  }

  /** Does nothing for an entry that does not wait. */
  cancel(entry: WheelEntry): void {
    if (entry.slot === unscheduled) return;
    const { slot, previous, next } = entry;
    if (previous) previous.next = next;
    else this.#slots[slot] = next;
    if (next) next.previous = previous;
    if (!this.#slots[slot]) this.#mark(slot, false);
    entry.slot = unscheduled;
    entry.previous = undefined;
    entry.next = undefined;
    this.#size -= 1;
    if (this.#size === 0 && !this.#isRunning) this.#sleep();
  }

  #insert(entry: WheelEntry, slot: number): void {
    const head = this.#slots[slot];
    entry.slot = slot;
    entry.next = head;
    if (head) head.previous = entry;
    else this.#mark(slot, true);
    this.#slots[slot] = entry;
    this.#size += 1;
  }

  #mark(slot: number, isOccupied: boolean): void {
    const word = slot >>> 5;
    const bit = 1 << (slot & 31);
    const bits = this.#occupied[word] ?? 0;
    this.#occupied[word] = isOccupied ? bits | bit : bits & ~bit;
  }

  #wake(): void {
    this.#sleep();
    const nowMs = this.#clock.now();
    const nowTick = Math.floor(nowMs / tickMs);
    this.#nowMs = nowMs;
    // After a pause longer than a whole turn, one turn reaches every slot.
    this.#tick = Math.max(this.#tick, nowTick - slotCount);
    this.#isRunning = true;
    let left = mostPerTurn;
    let tick = this.#nextOccupiedTick();
    while (tick <= nowTick && left > 0) {
      // What is scheduled meanwhile for a time that has passed gets into the slot that runs.
      this.#tick = tick - 1;
      left = this.#run(tick & lastSlot, nowMs, left);
      if (left > 0) this.#tick = tick;
      tick = this.#nextOccupiedTick();
    }
    this.#isRunning = false;
    if (left > 0) this.#tick = nowTick;
    if (this.#size > 0) this.#wakeAt(Math.max(nowTick, this.#nextOccupiedTick()));
  }

  /** Runs what is due in one slot, and returns how many more entries may run before the event loop gets a turn. */
  #run(slot: number, nowMs: number, allowance: number): number {
    let left = allowance;
    for (let entry = this.#slots[slot]; entry && left > 0; entry = this.#slots[slot]) {
      this.cancel(entry);
      if (entry.dueMs > nowMs) {
        this.#insert(entry, laterSlot);
      } else {
        left -= 1;
        entry.onDue(Math.ceil(this.#nowMs));
        if (left % entriesPerLook === 0) this.#nowMs = this.#clock.now();
        if (this.#nowMs - nowMs > turnMs) left = 0;
      }
    }
    for (let entry = this.#slots[laterSlot]; entry; entry = this.#slots[laterSlot]) {
      this.cancel(entry);
      this.#insert(entry, slot);
    }
    return left;
  }

  #nextOccupiedTick(): number {
    const first = (this.#tick + 1) & lastSlot;
    for (let step = 0; step <= slotCount / 32; step += 1) {
      const word = ((first >>> 5) + step) % (slotCount / 32);
      let bits = this.#occupied[word] ?? 0;
      if (step === 0) bits &= -1 << (first & 31);
      if (bits === 0) continue;
      const slot = word * 32 + (31 - Math.clz32(bits & -bits));
      const distance = (slot - first) & lastSlot;
      return this.#tick + 1 + distance;
    }
    return Infinity;
  }

  #wakeAt(tick: number): void {
    this.#timer?.cancel();
    this.#wakeTick = tick;
    this.#timer = this.#clock.setTimer(
      () => this.#wake(),
      Math.max(0, tick * tickMs - this.#clock.now()),
    );
    this.#timer.unref?.();
  }

  #sleep(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#wakeTick = Infinity;
  }
}
