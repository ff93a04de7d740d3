import { ConnectorError } from './connector.ts';
import type { ConnectorIo, Health, RateBudget } from './connector.ts';
import { linkSignals } from './signals.ts';

export interface ConnectorLifeDeps extends Pick<ConnectorIo, 'clock' | 'onHealth'> {
  /** What an error is called; as it is when left out. */
  readonly named?: (error: unknown) => unknown;
  /** What is left of what the service lets us ask, where that stands in every report. */
  readonly budget?: () => RateBudget | null;
  /** Whether "all is well" is not to be said yet, whatever a single answer sounds like. */
  readonly isHeld?: () => boolean;
}

/** What every connector does with its work: it ends when the connector is closed, is waited for, and is told of in the channel's health. */
export interface ConnectorLife extends AsyncDisposable {
  /** Aborts when the connector is closed. */
  readonly closing: AbortSignal;
  /** What was reported last; null before anything was. */
  health(): Health | null;
  /** A step that ends with the caller's signal or ours, whichever is first; what it throws is reported and thrown. */
  run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The same for what goes on until it is stopped: being stopped is no failure. */
  watch(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Work that closing waits for. */
  tracked<T>(work: Promise<T>): Promise<T>;
  /** Says how the channel is; nothing when that has been said, and nothing after closing. */
  report(state: Health['state'], code: string | null, detail: string, also?: Pick<Health, 'budget' | 'lagMs'>): void;
}

export function createConnectorLife(deps: ConnectorLifeDeps): ConnectorLife {
  const closing = new AbortController();
  const working = new Set<Promise<unknown>>();
  let last: Health | null = null;

  async function tracked<T>(work: Promise<T>): Promise<T> {
    working.add(work);
    try {
      return await work;
    } finally {
      working.delete(work);
    }
  }

  function report(state: Health['state'], code: string | null, detail: string, also: Pick<Health, 'budget' | 'lagMs'> = {}): void {
    if (closing.signal.aborted || (state === 'ok' && deps.isHeld?.() === true)) return;
    const budget = also.budget ?? deps.budget?.();
    const isSame = last?.state === state && last.code === code && last.detail === detail;
    const since = isSame ? (last?.since ?? deps.clock.now()) : deps.clock.now();
    const next: Health = { state, since, code, detail, ...also, ...(budget === undefined ? {} : { budget }) };
    if (isSame && isSaidBefore(next, last)) return;
    last = next;
    deps.onHealth(next);
  }

  function reported(error: unknown): unknown {
    const known = deps.named === undefined ? error : deps.named(error);
    if (known instanceof ConnectorError && known.code !== 'cancelled') report(known.health, known.code, known.message);
    return known;
  }

  return {
    closing: closing.signal,
    health: () => last,
    run: async (signal, work) => {
      using link = linkSignals(signal, closing.signal);
      try {
        return await tracked(work(link.signal));
      } catch (error) {
        throw reported(error);
      }
    },
    watch: async (signal, work) => {
      using link = linkSignals(signal, closing.signal);
      try {
        await tracked(work(link.signal));
      } catch (error) {
        if (!link.signal.aborted) throw reported(error);
      }
    },
    tracked,
    report,
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await Promise.allSettled(working);
    },
  };
}

/** Whether figures, too, are those of the report before; figures that are left out are no news. */
function isSaidBefore({ budget, lagMs }: Health, before: Health | null): boolean {
  const isSameBudget = budget === undefined || isEqual(budget, before?.budget ?? null);
  return isSameBudget && (lagMs ?? null) === (before?.lagMs ?? null);
}

function isEqual(one: RateBudget | null, two: RateBudget | null): boolean {
  return one?.left === two?.left && one?.limit === two?.limit && one?.resetAt === two?.resetAt;
}
