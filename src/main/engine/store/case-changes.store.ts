import { Connection } from './sql.ts';
import type { ReadDb, Store } from './sql.ts';

/**
 * Which cases have changed, for whoever remembers an answer about cases and wants to know what of it is still true. Temporary triggers of the
 * writing connection tell it, so nothing of this is in the file. To hear of too many is harmless; so nobody asks whether a transaction was
 * taken back.
 */
const TRIGGERS = `
CREATE TEMP TRIGGER note_case_insert AFTER INSERT ON main.cases BEGIN SELECT note_case(new.id); END;
CREATE TEMP TRIGGER note_case_update AFTER UPDATE ON main.cases BEGIN SELECT note_case(old.id), note_case(new.id); END;
CREATE TEMP TRIGGER note_case_delete AFTER DELETE ON main.cases BEGIN SELECT note_case(old.id); END;
CREATE TEMP TRIGGER note_label_insert AFTER INSERT ON main.case_labels BEGIN SELECT note_case(new.case_id), note_label(new.label); END;
CREATE TEMP TRIGGER note_label_update AFTER UPDATE ON main.case_labels
  BEGIN SELECT note_case(old.case_id), note_case(new.case_id), note_label(old.label), note_label(new.label); END;
CREATE TEMP TRIGGER note_label_delete AFTER DELETE ON main.case_labels BEGIN SELECT note_case(old.case_id), note_label(old.label); END;
CREATE TEMP TRIGGER note_draft_insert AFTER INSERT ON main.drafts BEGIN SELECT note_case(id) FROM main.cases WHERE uid = new.case_uid; END;
CREATE TEMP TRIGGER note_draft_update AFTER UPDATE OF case_uid ON main.drafts
  BEGIN SELECT note_case(id) FROM main.cases WHERE uid IN (old.case_uid, new.case_uid); END;
CREATE TEMP TRIGGER note_draft_delete AFTER DELETE ON main.drafts BEGIN SELECT note_case(id) FROM main.cases WHERE uid = old.case_uid; END;
CREATE TEMP TRIGGER note_contact_update AFTER UPDATE OF uid, address, name, zone, offset_minutes, folded ON main.contacts
  WHEN old.uid <> new.uid OR old.address <> new.address OR old.name <> new.name OR old.zone IS NOT new.zone
    OR old.offset_minutes IS NOT new.offset_minutes OR old.folded <> new.folded
  BEGIN SELECT note_case(id) FROM main.cases WHERE contact_id = new.id; END;
CREATE TEMP TRIGGER note_need_insert AFTER INSERT ON main.coverage_needs BEGIN SELECT note_needs(1); END;
CREATE TEMP TRIGGER note_need_update AFTER UPDATE ON main.coverage_needs
  BEGIN SELECT note_needs(old.opens_at <> new.opens_at OR old.id <> new.id); END;
CREATE TEMP TRIGGER note_need_delete AFTER DELETE ON main.coverage_needs BEGIN SELECT note_needs(1); END;
CREATE TEMP TRIGGER note_agent_insert AFTER INSERT ON main.agents BEGIN SELECT note_rows(); END;
CREATE TEMP TRIGGER note_agent_update AFTER UPDATE ON main.agents BEGIN SELECT note_rows(); END;
CREATE TEMP TRIGGER note_agent_delete AFTER DELETE ON main.agents BEGIN SELECT note_rows(); END;
CREATE TEMP TRIGGER note_handoff_insert AFTER INSERT ON main.handoffs BEGIN SELECT note_case(new.case_id); END;
CREATE TEMP TRIGGER note_handoff_update AFTER UPDATE ON main.handoffs BEGIN SELECT note_case(old.case_id), note_case(new.case_id); END;
CREATE TEMP TRIGGER note_handoff_delete AFTER DELETE ON main.handoffs BEGIN SELECT note_case(old.case_id); END;
CREATE TEMP TRIGGER note_promise_insert AFTER INSERT ON main.promises BEGIN SELECT note_case(new.case_id); END;
CREATE TEMP TRIGGER note_promise_update AFTER UPDATE ON main.promises BEGIN SELECT note_case(old.case_id), note_case(new.case_id); END;
CREATE TEMP TRIGGER note_outbox_insert AFTER INSERT ON main.outbox BEGIN SELECT note_case(new.case_id); END;
CREATE TEMP TRIGGER note_outbox_update AFTER UPDATE ON main.outbox BEGIN SELECT note_case(old.case_id), note_case(new.case_id); END;
CREATE TEMP TRIGGER note_outbox_delete AFTER DELETE ON main.outbox BEGIN SELECT note_case(old.case_id); END;
CREATE TEMP TRIGGER note_promise_delete AFTER DELETE ON main.promises BEGIN SELECT note_case(old.case_id); END;
`;

/** What the triggers watch; an answer that reads anything else must not be remembered. */
const WATCHED: ReadonlySet<string> = new Set([...TRIGGERS.matchAll(/ ON main\.(\w+)/gu)].flatMap(([, table]) => table ?? []));

/** With more changes than this an answer is worked out anew. */
const MANY_CHANGES = 2_000;

const watchedStores = new WeakMap<ReadDb, CaseChanges>();

/** From here on changes of cases are noted, for whoever reads from this store; more than `many` at once are not followed one by one. */
export function watchCases(store: Store, many = MANY_CHANGES): void {
  store.read((db) => watchedStores.set(db, new CaseChanges(store, many)));
}

/** The changes that a reader sees; undefined for a connection in a transaction, and for one that stands in. */
export function changesOf(db: ReadDb): CaseChanges | undefined {
  return db instanceof Connection ? watchedStores.get(db) : undefined;
}

export class CaseChanges {
  readonly many: number;
  private readonly store: Store;
  /** Keys of changed cases in their order; `dropped` came before the first of them. */
  private log: number[] = [];
  private dropped = 0;
  /** What was noted, maybe by a transaction that is going on. */
  private readonly noted = new Set<number>();
  private readonly notedLabels = new Set<string>();
  private hasNotedNeeds = false;
  private hasNotedRows = false;
  private readonly labels = new Map<string, number>();
  private needsChanged = 0;
  private rowsChanged = 0;

  constructor(store: Store, many: number) {
    this.store = store;
    this.many = many;
    const { database } = store;
    database.function('note_case', (id: unknown) => void this.noted.add(Number(id)));
    database.function('note_label', (label: unknown) => void this.notedLabels.add(String(label)));
    database.function('note_needs', (isOther: unknown) => {
      this.hasNotedNeeds ||= isOther !== 0;
      this.hasNotedRows = true;
    });
    database.function('note_rows', () => {
      this.hasNotedRows = true;
    });
    database.exec(TRIGGERS);
  }

  /** Whether all of these tables are watched. */
  watches(tables: Iterable<string>): boolean {
    for (const table of tables) if (!WATCHED.has(table)) return false;
    return true;
  }

  /** How many changes there were. */
  get position(): number {
    this.takeNotes();
    return this.dropped + this.log.length;
  }

  /** Changes whenever somebody comes or goes, as the needs of cases know it. */
  get needs(): number {
    this.takeNotes();
    return this.needsChanged;
  }

  /** Changes with what many rows show: names of agents, lines of needs. */
  get rows(): number {
    this.takeNotes();
    return this.rowsChanged;
  }

  /** The local keys of the cases that have changed since then; null when there were too many. */
  since(position: number): readonly number[] | null {
    this.takeNotes();
    return position < this.dropped ? null : this.log.slice(position - this.dropped);
  }

  /** Labels that were given or taken. */
  usedLabels(): Iterable<string> {
    this.takeNotes();
    return this.labels.keys();
  }

  /** How often a label was given or taken. */
  usesOf(label: string): number {
    this.takeNotes();
    return this.labels.get(label) ?? 0;
  }

  /** What a transaction has noted that is still open is not there yet for whoever reads. */
  private takeNotes(): void {
    if (this.store.database.inTransaction) return;
    for (const label of this.notedLabels) this.labels.set(label, (this.labels.get(label) ?? 0) + 1);
    this.notedLabels.clear();
    if (this.hasNotedNeeds) this.needsChanged += 1;
    if (this.hasNotedRows) this.rowsChanged += 1;
    this.hasNotedNeeds = false;
    this.hasNotedRows = false;
    for (const id of this.noted) this.log.push(id);
    this.noted.clear();
    const excess = this.log.length - this.many;
    if (excess < this.many) return;
    this.log.splice(0, excess);
    this.dropped += excess;
  }
}
