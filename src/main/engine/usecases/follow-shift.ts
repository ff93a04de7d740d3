import type { CoverageBook } from './coverage-book.ts';
import { me, readSettings, saveSettings, saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/**
 * The shift switch of this desk follows the published plan: it turns on when the person's shift begins and off when it
 * ends. Who turns it by hand during a shift has the last word until the next one begins: who switched off early is not
 * switched on again, and who is still at work at the end and has turned it on by hand stays on. Between shifts the hand
 * counts until a shift begins. Breaks are part of a shift here.
 */
const KEY = 'shift-switch';

interface Kept {
  /** The begin of the shift that was on when the plan was looked at last; null between shifts. */
  readonly turnFrom: Instant | null;
  /** When the switch was turned by hand last. */
  readonly byHandAt: Instant | null;
}

function readKept(db: ReadDb): Kept | null {
  const stored = settingValue(db, KEY);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written here alone
  return stored === null ? null : (JSON.parse(stored) as Kept);
}

function keep(tx: WriteDb, kept: Kept): void {
  saveSettingValue(tx, KEY, JSON.stringify(kept));
}

/** Remembers that a person turned the switch. */
export function notedByHand(tx: WriteDb, now: Instant): void {
  keep(tx, { turnFrom: readKept(tx)?.turnFrom ?? null, byHandAt: now });
}

/** Turns the switch when the plan has begun or ended a shift of the person at this desk since it was looked at last. */
export function followShift(tx: WriteDb, book: CoverageBook, now: Instant): void {
  const person = me(tx);
  if (person === null || !book.isPlanned(tx, now)) return;
  const turnFrom = turnBegin(tx, book, person.agentId, now);
  const kept = readKept(tx);
  if (kept !== null && (kept.turnFrom === null) === (turnFrom === null)) {
    // One shift after the other without an end between them, as after a night of sleep: the next one has begun.
    if (turnFrom === kept.turnFrom || turnFrom === null) return;
  }
  keep(tx, { turnFrom, byHandAt: kept?.byHandAt ?? null });
  // A plan that is there for the first time begins nothing.
  if (kept === null) return;
  const since = turnFrom ?? kept.turnFrom;
  const isByHand = kept.byHandAt !== null && since !== null && kept.byHandAt >= since;
  const settings = readSettings(tx);
  const onShift = turnFrom !== null;
  if (!isByHand && settings.onShift !== onShift) saveSettings(tx, { ...settings, onShift });
}

/** When the shift began that the person has now; null when they have none. */
function turnBegin(db: ReadDb, book: CoverageBook, agentId: AgentId, now: Instant): Instant | null {
  const own = book.assignments(db, after(now, -2 * DAY_MS), after(now, 2 * DAY_MS)).filter((each) => each.agentId === agentId);
  const spans: { shiftIds: Set<string>; from: Instant; to: Instant }[] = [];
  for (const each of own) {
    const last = spans.at(-1);
    // The same shift goes on after a break; another one that touches it is the same turn.
    if (last !== undefined && (last.shiftIds.has(each.shiftId) || each.from <= last.to)) {
      last.shiftIds.add(each.shiftId);
      if (each.to > last.to) last.to = each.to;
    } else spans.push({ shiftIds: new Set([each.shiftId]), from: each.from, to: each.to });
  }
  return spans.find((span) => span.from <= now && now < span.to)?.from ?? null;
}
