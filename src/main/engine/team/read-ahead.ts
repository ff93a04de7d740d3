import type { LogEntry, TeamLog } from './team-log.ts';

/** What was read ahead and not asked for within this time may be of a hub that was restored since. */
const FRESH_MS = 10_000;

interface Ahead {
  readonly after: number;
  readonly limit: number;
  readonly at: number;
  readonly entries: Promise<readonly LogEntry[]>;
}

/**
 * Whoever takes all that there is will want what follows: it is read, and its signatures checked, while the first part is being worked
 * on. At most one part is held.
 * @param onReset calls back when what was read ahead no longer counts, as after a connection was made anew
 */
export function withReadAhead(log: TeamLog, onReset: (drop: () => void) => void): TeamLog {
  let ahead: Ahead | null = null;
  onReset(() => {
    ahead = null;
  });
  return {
    kind: log.kind,
    identity: async () => log.identity(),
    append: async (entry) => log.append(entry),
    head: async (stream) => log.head(stream),
    at: async (sequence) => log.at(sequence),
    readStream: async (stream, after, limit) => log.readStream(stream, after, limit),
    onEntry: (listener) => log.onEntry(listener),
    read: async (after, limit) => {
      const before = ahead;
      ahead = null;
      const isWanted = before !== null && before.after === after && before.limit === limit && performance.now() - before.at < FRESH_MS;
      const early = isWanted ? await before.entries.catch(() => []) : [];
      // a short part may have been the end then, and is not any more
      const entries = early.length === limit ? early : await log.read(after, limit);
      const last = entries.at(-1);
      if (last !== undefined && entries.length === limit) {
        const next = log.read(last.sequence, limit);
        // a failure is told to whoever reads on, by reading again
        next.catch(() => {});
        ahead = { after: last.sequence, limit, at: performance.now(), entries: next };
      }
      return entries;
    },
  };
}
