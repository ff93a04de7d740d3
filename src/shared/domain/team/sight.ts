import type { CaseEvent, CaseState } from '../case.ts';

/** What an event meets. */
export interface Sight {
  readonly event: CaseEvent;
  /** What others did that its author had not seen, in the order of the log. */
  readonly theirs: readonly CaseEvent[];
  /** Nobody did it: a timer, or what the channel reports. */
  readonly isProgram: boolean;
  /** The case without what others did; null when it was never opened. */
  readonly before: () => CaseState | null;
}
