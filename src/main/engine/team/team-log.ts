/**
 * The port behind the events. The table of events is written by the engine; the log decides their order. The local log
 * orders them at once (the table is the log, no server); a hub's log leaves them pending until it has confirmed them.
 */
export interface TeamLog {
  readonly kind: 'local' | 'nats';
  /**
   * Called inside the transaction that records new events.
   * @param lastSequence the highest sequence that this workstation has confirmed
   * @param count how many events are recorded
   * @returns one sequence an event, or null for each that stays pending
   */
  admit(lastSequence: number, count: number): readonly (number | null)[];
}
