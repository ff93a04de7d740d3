import type { Sabotage } from './sim-station.ts';
import type { LogEntry, TeamLog } from '../../../src/main/engine/team/team-log.ts';

/** A log of which one question is answered otherwise. */
function otherwise(log: TeamLog, change: Partial<TeamLog>): TeamLog {
  return { ...log, ...change };
}

/** Two entries that follow each other, each in the place of the other. */
function swapped(entries: readonly LogEntry[]): readonly LogEntry[] {
  const [first, second, ...rest] = entries;
  if (first === undefined || second === undefined) return entries;
  return [{ ...second, sequence: first.sequence }, { ...first, sequence: second.sequence }, ...rest];
}

/** The program, broken on purpose: each of these must be noticed, or the simulation proves nothing about it. */
export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  'a reply is begun without asking who began it': {
    log: (log) =>
      otherwise(log, {
        readStream: async (stream, after, limit) => (stream.startsWith('send.') ? [] : log.readStream(stream, after, limit)),
        append: async ({ expected, ...entry }) =>
          log.append(entry.stream.startsWith('send.') || expected === undefined ? entry : { ...entry, expected }),
      }),
  },
  'entries are applied out of order': {
    log: (log) => otherwise(log, { read: async (after, limit) => swapped(await log.read(after, limit)) }),
  },
  'what is held back is told to nobody': { isForgotten: (sql) => sql.includes('INSERT INTO team_conflicts') },
  'a crash takes the cursor too far': {
    atCrash: ({ disk, hub }) => {
      const last = hub.entries.at(-1);
      if (last === undefined) return;
      disk.connection.run("UPDATE team SET value = json_set(value, '$.sequence', @sequence, '$.id', @id) WHERE key = 'cursor'", {
        sequence: last.sequence,
        id: last.id,
      });
    },
  },
  'what a restored hub has lost keeps its place': { isForgotten: (sql) => sql.startsWith('UPDATE events SET sequence = NULL') },
  'a commit is lost in a crash': {
    atCrash: ({ disk }) => {
      disk.connection.run('DELETE FROM events WHERE local_id = (SELECT max(local_id) FROM events WHERE sequence IS NULL)');
    },
  },
};
