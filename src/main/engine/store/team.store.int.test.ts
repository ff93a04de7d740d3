import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addStream, hasPendingIn, insertEvent } from './events.store.ts';
import { migrate } from './migrate.ts';
import { Store } from './sql.ts';
import { eventsToPush, pendingFacts, pendingOfCase, pendingSummary, savePush, voidEvent } from './team.store.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId, EventId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';

let folder = '';
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-team-'));
  store = new Store(join(folder, 'main.db'));
  migrate(store.database);
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const CASE: CaseId = makeId('case', 'one');
const HISTORY = 50_000;

function write(name: string, stream: string, sequence: number | null = null): EventId {
  const id = makeId('evt', name);
  store.write((tx) =>
    insertEvent(tx, {
      id,
      sequence,
      stream,
      type: 'made.up',
      version: 1,
      actor: null,
      at: instant(1_000),
      hlc: name,
      epoch: null,
      hash: '',
      body: '{}',
      base: 0,
      void: null,
      signedBy: null,
    }),
  );
  return id;
}

/** The history of a case that waits, as it does while somebody joins. */
function waitingHistory(): void {
  store.write((tx) => addStream(tx, `case.${CASE}`, CASE));
  store.database
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO events(id, stream, type, version, at, hlc, hash, body) SELECT 'evt_history-' || i, ?, 'made.up', 1, i, i, '', '{}' FROM n`,
    )
    .run(HISTORY, `case.${CASE}`);
}

test('what waits and belongs to no case is told apart from a history that waits', () => {
  waitingHistory();
  const facts = [write('a', 'agent.agt_a'), write('b', 'setting.sla'), write('c', 'agent.agt_a')];
  write('d', 'shift.shf_d', 7);
  store.read((db) => {
    expect(pendingFacts(db).map(({ id }) => id)).toEqual(facts);
    expect(hasPendingIn(db, 'agent.agt_a')).toBe(true);
    expect(hasPendingIn(db, 'shift.shf_d')).toBe(false);
    expect(pendingOfCase(db, CASE)).toHaveLength(HISTORY);
    expect(pendingSummary(db)).toEqual({ count: HISTORY + 3, oldestAt: 1 });
  });
});

test('what the log has said that it stored keeps nothing behind it from being pushed', () => {
  const ids = ['a', 'b', 'c', 'd'].map((name) => write(name, `agent.agt_${name}`));
  const [stored, sent, held, fresh] = ids;
  store.write((tx) => {
    savePush(tx, stored ?? '', { state: 'stored', sequence: 9, attempts: 1, data: '' });
    savePush(tx, sent ?? '', { state: 'sent', sequence: null, attempts: 1, data: '' });
    voidEvent(tx, held ?? '', 'undone');
  });
  expect(store.read((db) => eventsToPush(db, 2)).map(({ id }) => id)).toEqual([sent, fresh]);
});
