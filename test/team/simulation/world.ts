import { createHash } from 'node:crypto';
import { seededRandom } from '../../../src/main/engine/sample/random.ts';
import type { Random } from '../../../src/main/engine/sample/random.ts';
import type { Timers } from '../../../src/main/engine/team/machine-clock.ts';
import { instant } from '../../../src/shared/domain/time.ts';
import type { Instant } from '../../../src/shared/domain/time.ts';

interface Task {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

const START = Date.UTC(2026, 2, 2, 9);
const LINES_KEPT = 4_000;

/**
 * Time, chance and the order of everything in one run. Nothing in it waits for the machine: what is to happen later is a task here, and
 * between two tasks every promise that can go on does. So one seed is one run.
 */
export class World {
  readonly random: Random;
  /** The right time, by which the hub's clock goes. */
  readonly clock = { now: (): Instant => instant(START + this.#now) };
  readonly lines: string[] = [];
  readonly #digest = createHash('sha256');
  readonly #tasks: Task[] = [];
  #now = 0;
  #order = 0;
  steps = 0;

  constructor(seed: string) {
    this.random = seededRandom(seed);
  }

  /** Milliseconds since the beginning. */
  get elapsed(): number {
    return this.#now;
  }

  /** Runs `work` once after so many milliseconds; returns what takes it back. */
  after(ms: number, work: () => void): () => void {
    const task: Task = { at: this.#now + Math.max(0, ms), order: (this.#order += 1), run: work };
    this.#push(task);
    return () => {
      task.run = null;
    };
  }

  timers(isAlive: () => boolean): Timers {
    return {
      after: (ms, work) =>
        this.after(ms, () => {
          if (isAlive()) work();
        }),
    };
  }

  /** Something that happened, for the trace of the run. */
  note(text: string): void {
    const line = `${String(this.#now).padStart(8)} ${text}`;
    this.#digest.update(line);
    this.lines.push(line);
    if (this.lines.length > LINES_KEPT) this.lines.shift();
  }

  /** Of everything that was noted so far. */
  hash(): string {
    return this.#digest.copy().digest('hex').slice(0, 16);
  }

  /** Lets so many milliseconds pass, or fewer when `isOver` says that it is enough. */
  async pass(ms: number, isOver: () => boolean = () => false): Promise<void> {
    const end = this.#now + ms;
    while (!isOver()) {
      const [next] = this.#tasks;
      if (next === undefined || next.at > end) {
        this.#now = end;
        return;
      }
      this.#pop();
      if (next.run === null) continue;
      this.#now = next.at;
      this.steps += 1;
      next.run();
      // everything that was waiting for this has its turn before the next task
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #push(task: Task): void {
    const heap = this.#tasks;
    let index = heap.push(task) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, task)) break;
      heap[index] = above;
      heap[parent] = task;
      index = parent;
    }
  }

  #pop(): void {
    const heap = this.#tasks;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || isBefore(last, child)) return;
      const at = 2 * index + (isRight ? 2 : 1);
      heap[index] = child;
      heap[at] = last;
      index = at;
    }
  }
}

function isBefore(one: Task, other: Task): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
