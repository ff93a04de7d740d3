import { saveSettingValue, settingValue } from './settings.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type { AgentId, SavedViewId } from '../../../shared/domain/ids.ts';
import type { SavedView } from '../../../shared/domain/saved-view.ts';

/**
 * Saved views are settings: there are a handful of them, they are read as a whole, and a person's own stay with the person whatever
 * team they join. Those of the team are one setting each, a fact of the team's log.
 */
const PRIVATE_KEY = 'views';
const ORDER_KEY = 'view-order';
const SHARED_PREFIX = 'shared-view:';

/** `view`: null once it was removed. Whose it is stays known, so that it can come back. */
export interface SharedView {
  readonly owner: AgentId;
  readonly view: SavedView | null;
}

/** The values were written by the functions of this file alone, from parsed input. */
function parsed<Value>(text: string): Value {
  return JSON.parse(text) as Value;
}

export function privateViews(db: ReadDb): readonly SavedView[] {
  const stored = settingValue(db, PRIVATE_KEY);
  return stored === null ? [] : parsed(stored);
}

export function writePrivateViews(db: WriteDb, views: readonly SavedView[]): void {
  saveSettingValue(db, PRIVATE_KEY, JSON.stringify(views));
}

/** What the team has under this id, removed or not; null when nobody ever shared it. */
export function sharedView(db: ReadDb, viewId: SavedViewId): SharedView | null {
  const stored = settingValue(db, SHARED_PREFIX + viewId);
  return stored === null ? null : parsed(stored);
}

/** The views of the team, without the removed ones. */
export function sharedViews(db: ReadDb): readonly { readonly owner: AgentId; readonly view: SavedView }[] {
  return db.all<{ value: string }>(`SELECT value FROM settings WHERE key GLOB '${SHARED_PREFIX}*' ORDER BY key`).flatMap(({ value }) => {
    const { owner, view } = parsed<SharedView>(value);
    return view === null ? [] : [{ owner, view }];
  });
}

export function writeSharedView(db: WriteDb, viewId: SavedViewId, shared: SharedView): void {
  saveSettingValue(db, SHARED_PREFIX + viewId, JSON.stringify(shared));
}

export function forgetSharedView(db: WriteDb, viewId: SavedViewId): void {
  db.run('DELETE FROM settings WHERE key = @key', { key: SHARED_PREFIX + viewId });
}

/** Makes one's own of all views of the team, which goes away here. */
export function keepSharedViews(db: WriteDb): void {
  const mine = privateViews(db);
  const known = new Set(mine.map((view) => view.viewId));
  const kept = sharedViews(db).flatMap(({ view }) => (known.has(view.viewId) ? [] : [view]));
  if (kept.length > 0) writePrivateViews(db, [...mine, ...kept]);
  db.run(`DELETE FROM settings WHERE key GLOB '${SHARED_PREFIX}*'`);
}

export function viewOrder(db: ReadDb): readonly SavedViewId[] {
  const stored = settingValue(db, ORDER_KEY);
  return stored === null ? [] : parsed(stored);
}

export function writeViewOrder(db: WriteDb, viewIds: readonly SavedViewId[]): void {
  saveSettingValue(db, ORDER_KEY, JSON.stringify(viewIds));
}
