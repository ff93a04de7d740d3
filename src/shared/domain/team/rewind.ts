/** Whether a hub's log is still the one that a workstation followed, and what to give it when it was put back to an older copy. */

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

/** An entry of the old log as a workstation keeps it. */
export interface OwnEntry {
  readonly sequence: number;
  readonly id: string;
  readonly stream: string;
}

/**
 * The entries that a rewound hub has lost, in the order in which they are to be offered again: that of the old log, but what is known
 * of sends comes first. Nothing in those streams makes anybody send; a reply of which the hub knows only that it was queued would be.
 * That an attempt was begun belongs to it: what became of it must stay unknown, and not become "never tried".
 * @param hubIds ids of all entries that the hub has
 */
export function missingFrom<Entry extends OwnEntry>(hubIds: ReadonlySet<string>, ownEntries: readonly Entry[]): readonly Entry[] {
  const known = new Set(hubIds);
  const missing: Entry[] = [];
  for (const entry of [...ownEntries].sort((one, other) => one.sequence - other.sequence)) {
    if (known.has(entry.id)) continue;
    known.add(entry.id);
    missing.push(entry);
  }
  const isReceipt = ({ stream }: Entry): boolean => stream.startsWith('send.');
  return [...missing.filter(isReceipt), ...missing.filter((entry) => !isReceipt(entry))];
}
