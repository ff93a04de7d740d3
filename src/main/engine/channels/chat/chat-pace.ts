import { MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { ChatEntry } from '../../team/hub-link.ts';

const MOST_NAMES = 2_000;

/**
 * How much of what visitors say in one minute, by the hub's clock, is let through. The same entry gets the same answer however often it
 * is fetched, because what could not be stored comes again.
 */
export class Pace {
  readonly #most: number;
  readonly #let = new Map<string, { readonly minute: number; readonly sequences: Set<number> }>();

  constructor(most: number) {
    this.#most = most;
  }

  allows(name: string, { sequence, storedAt }: Pick<ChatEntry, 'sequence' | 'storedAt'>): boolean {
    const minute = Math.floor(storedAt / MINUTE_MS);
    const known = this.#let.get(name);
    const now = known?.minute === minute ? known : { minute, sequences: new Set<number>() };
    if (now !== known) {
      this.#let.delete(name);
      this.#let.set(name, now);
      const [longest] = this.#let.keys();
      if (this.#let.size > MOST_NAMES && longest !== undefined) this.#let.delete(longest);
    }
    if (now.sequences.has(sequence)) return true;
    if (now.sequences.size >= this.#most) return false;
    now.sequences.add(sequence);
    return true;
  }
}
