/** Whether a hub's log is still the one that a workstation followed. What a restored one is given back: usecases/team-rewind.ts. */

/** How far a workstation has applied a log. */
export interface Followed {
  readonly logId: string;
  /** Sequence of the last entry that was applied; 0 when none was. */
  readonly cursor: number;
  /** Null at the beginning only. */
  readonly idAtCursor: string | null;
}

/** The log as the hub has it now. */
export interface Offered {
  readonly logId: string;
  readonly lastSequence: number;
  /** The entry at the workstation's cursor; null when there is none. */
  readonly idAtCursor: string | null;
}

/**
 * same: nothing is new. ahead: the hub has more. rewound: the hub has lost what the workstation has seen, or has something else in its
 * place. other-log: it was made anew, or is another hub.
 */
export type LogComparison = 'same' | 'ahead' | 'rewound' | 'other-log';

export function compareLogs(own: Followed, hub: Offered): LogComparison {
  if (own.logId !== hub.logId) return 'other-log';
  if (hub.lastSequence < own.cursor) return 'rewound';
  if (own.cursor > 0 && own.idAtCursor !== hub.idAtCursor) return 'rewound';
  return hub.lastSequence === own.cursor ? 'same' : 'ahead';
}
