/**
 * Who gives events their place. In a workspace of one the table of events is the log, and an event has its place with the commit
 * that stores it. In a team it waits until the hub has stored it.
 */
export interface Admission {
  /**
   * Called inside the transaction that records new events.
   * @param lastSequence the highest sequence that this workstation has confirmed
   * @returns the sequence of one event, or null when it stays pending
   */
  admit(lastSequence: number): number | null;
}

/** The log of a workspace of one. */
export const admitAtOnce: Admission = { admit: (lastSequence) => lastSequence + 1 };

/** A team's: the hub decides. */
export const leavePending: Admission = { admit: () => null };
