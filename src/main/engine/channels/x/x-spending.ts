import type { Clock, Instant } from '../../../../shared/domain/time.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { httpProblem } from '../http-problems.ts';
import { asObject, listAt, numberAt, textAt } from '../json-reading.ts';

/** What reading one resource costs, in US dollars (docs.x.com, pricing, 2026-08); writing costs what the capabilities say. */
export const READ_USD = { post: 0.005, user: 0.01, dm: 0.01 } as const;
export type Resource = keyof typeof READ_USD;

/** What an account has cost this month by our own count, for the cursor. */
export interface SpentState {
  /** Such as `2026-11`, in UTC as X bills. */
  readonly month: string;
  /** Millionths of a dollar: sums of fractions of a cent must be exact. */
  readonly micro: number;
  /** Resources that were paid for today: X charges each once in a UTC day. */
  readonly day: string;
  readonly paid: readonly string[];
}

/**
 * Counts what an account costs, so that it stops at what its owner allows. By list prices and by what was answered: an estimate on the
 * high side, and no bill. It lives in the cursor; what is sent between two looks for something new is lost in a crash, and what another
 * workstation spent is not known here. X's own spending limit is the wall behind it.
 */
export interface Spending {
  /** @throws ConnectorError `budget-used` until the month is over */
  check(): void;
  read(resource: Resource, ids: readonly string[]): void;
  wrote(usd: number): void;
  state(): SpentState;
  /** Takes over what is in a cursor, once. */
  remember(state: SpentState | null): void;
}

const MAX_PAID = 1_000;

export function createSpending(budgetUsd: number | null, clock: Clock): Spending {
  let month = '';
  let micro = 0;
  let day = '';
  let paid = new Set<string>();
  let isRemembered = false;

  function turnOver(): void {
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    if (today.slice(0, 7) !== month) [month, micro] = [today.slice(0, 7), 0];
    if (today !== day) [day, paid] = [today, new Set()];
  }

  return {
    check: () => {
      turnOver();
      if (budgetUsd !== null && micro >= toMicro(budgetUsd))
        throw httpProblem('budget-used', `${(micro / 1e6).toFixed(2)} of ${budgetUsd.toFixed(2)} USD this month`, nextMonth(clock.now()));
    },
    read: (resource, ids) => {
      turnOver();
      for (const id of new Set(ids)) {
        const key = `${resource}:${id}`;
        if (paid.has(key)) continue;
        micro += toMicro(READ_USD[resource]);
        paid.add(key);
        const [oldest] = paid;
        if (paid.size > MAX_PAID && oldest !== undefined) paid.delete(oldest);
      }
    },
    wrote: (usd) => {
      turnOver();
      micro += toMicro(usd);
    },
    state: () => {
      turnOver();
      return { month, micro, day, paid: [...paid] };
    },
    remember: (state) => {
      if (isRemembered) return;
      isRemembered = true;
      turnOver();
      if (state === null) return;
      if (state.month === month) micro += state.micro;
      if (state.day === day) paid = new Set([...state.paid, ...paid]);
    },
  };
}

function toMicro(usd: number): number {
  return Math.round(usd * 1e6);
}

function nextMonth(now: Instant): Instant {
  const date = new Date(now);
  return instant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}

export function readSpent(value: unknown): SpentState | null {
  const object = asObject(value);
  const month = object === null ? null : textAt(object, 'month');
  if (object === null || month === null) return null;
  return {
    month,
    micro: numberAt(object, 'micro') ?? 0,
    day: textAt(object, 'day') ?? '',
    paid: listAt(object, 'paid').filter((each): each is string => typeof each === 'string'),
  };
}
