import type { Written } from './people.ts';
import type { Provider } from './sender.ts';
import type { SimStation } from './sim-station.ts';
import type { MemoryHub } from '../memory-hub.ts';
import { entriesInState, lastQueued } from '../../../src/main/engine/store/outbox.store.ts';
import { readWire } from '../../../src/shared/contract/team-wire.ts';

/** Everything of the log is in the tables once, and nothing else is. */
export function checkTables({ name, disk }: SimStation, hub: MemoryHub): string[] {
  const wires = disk.connection.all('SELECT sequence, event_id AS id FROM team_wire ORDER BY sequence') as {
    sequence: number;
    id: string;
  }[];
  if (wires.length !== hub.entries.length || hub.entries.some((entry, index) => wires[index]?.id !== entry.id))
    return [`${name} has kept another log than the hub's`];
  const events = disk.connection.all('SELECT id, sequence, void FROM events WHERE sequence IS NOT NULL') as {
    id: string;
    sequence: number;
    void: string | null;
  }[];
  const counted = new Map(events.filter((event) => event.void === null).map(({ id, sequence }) => [id, sequence]));
  const placed = new Map(events.map((event) => [event.sequence, event]));
  return hub.entries.flatMap(({ id, sequence }) => {
    const here = placed.get(sequence);
    const at = counted.get(id);
    // it counts at its first place where it may count, and wherever else it is it does not
    if (here === undefined) return at === undefined || at > sequence ? [`${name} has no event ${id}, which is at ${String(sequence)}`] : [];
    if (here.void !== null) return [];
    return here.id === id ? [] : [`${name} has ${here.id} at ${String(sequence)}, the log has ${id}`];
  });
}

interface OwnEvent {
  readonly id: string;
  readonly sequence: number | null;
  readonly void: string | null;
  readonly actor: string | null;
  readonly type: string;
  readonly body: string;
  /** It was done before joining: what somebody may not bring along is told when they join. */
  readonly isHistory: number;
}

/** What somebody did is in the log, or waits for them with its bytes, or was taken back by them. */
export function checkDone({ name, disk, done }: SimStation, hub: MemoryHub): string[] {
  const inLog = new Set(hub.entries.map(({ id }) => id));
  const rows = new Map(
    (
      disk.connection.all(
        "SELECT id, sequence, void, actor, type, body, local_id <= (SELECT value FROM team WHERE key = 'history-up-to') AS isHistory FROM events",
      ) as OwnEvent[]
    ).map((row) => [row.id, row]),
  );
  const conflicts = (disk.connection.all('SELECT body FROM team_conflicts') as { body: string }[]).map(
    ({ body }) => JSON.parse(body) as { id: string; kind: string; alsoMine: readonly string[] },
  );
  const told = new Set(conflicts.filter(({ kind }) => kind === 'needs-you').flatMap(({ id, alsoMine }) => [id, ...alsoMine]));
  return [...done].flatMap((id) => {
    const row = rows.get(id);
    if (row === undefined) return [`${name} has lost the event ${id}`];
    if (row.sequence !== null)
      return row.void === null || row.isHistory === 1 || row.actor === null || told.has(id)
        ? []
        : [`${name} was not told that ${id}, ${row.type}, has no effect: ${row.void}`];
    if (row.void === null && inLog.has(id)) return [`${name} does not know that ${id} is in the log`];
    if (row.void === null) return [`${name} waits for ${id} for ever`];
    if (row.void === 'undone' || row.isHistory === 1) return [];
    if (row.void.startsWith('dropped:') || row.void.startsWith('drop:'))
      return row.actor === null || row.type === 'case.replySent'
        ? []
        : [`${name} dropped ${id}, ${row.type}, which ${row.actor} did: ${row.void}`];
    return told.has(id) ? [] : [`${name} holds ${id}, ${row.type}, back and tells nobody: ${row.void}`];
  });
}

/** What waits leaves when the newest event that wants it sent says, wherever that was written. */
export function checkTimes({ name, store }: SimStation): string[] {
  return store.read((db) =>
    entriesInState(db, 'queued').flatMap((entry) => {
      const wanted = lastQueued(db, entry)?.sendAt ?? null;
      return wanted === entry.laterAt ? [] : [`${name} lets ${entry.uid} leave at ${String(entry.laterAt)} and not at ${String(wanted)}`];
    }),
  );
}

/** What somebody wrote is a draft, or in the outbox with its text, whatever became of it. */
export function checkDrafts({ name, disk }: SimStation, written: readonly Written[]): string[] {
  const texts = [
    ...(disk.connection.all('SELECT text FROM drafts') as { text: string }[]),
    ...(disk.connection.all("SELECT payload ->> '$.text' AS text FROM outbox") as { text: string }[]),
  ].map(({ text }) => text);
  return written
    .filter(({ station, token }) => station === name && !texts.some((text) => text.includes(token)))
    .map(({ token }) => `${name} has lost the text ${token}`);
}

/**
 * Nothing that one workstation tells is in the log twice. Where questions may be done long after they were given up, or several give a
 * restored hub what it lost, that can not be helped, and has no effect.
 */
export function checkOnce({ entries }: MemoryHub): string[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id, sequence }) => {
    // a mail that two fetch has one id, and is told by both
    if (id.includes('-')) return [];
    if (seen.has(id)) return [`${id} is in the log again at ${String(sequence)}`];
    seen.add(id);
    return [];
  });
}

/** Nobody gets a reply more often than once, and once more for each attempt about which somebody said that it is to be repeated. */
export function checkSends({ deliveries }: Provider, { entries }: MemoryHub): string[] {
  const wanted = new Map<string, Set<number>>();
  for (const { data } of entries) {
    const event = readWire(data);
    if (event?.type !== 'case.replySettled' || event.body['as'] !== 'again') continue;
    const attempts = wanted.get(String(event.body['outboxId'])) ?? new Set();
    wanted.set(String(event.body['outboxId']), attempts.add(Number(event.body['attempt'])));
  }
  const seen = new Map<string, number>();
  return deliveries.flatMap(({ outboxId, by }) => {
    const times = (seen.get(outboxId) ?? 0) + 1;
    seen.set(outboxId, times);
    return times > 1 + (wanted.get(outboxId)?.size ?? 0) ? [`${outboxId} was sent again by ${by}`] : [];
  });
}
