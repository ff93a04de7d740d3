import type { UseCaseContext } from './context.ts';
import { ZONE_NOTICE_KEY } from './save-roster.ts';
import { recordShift, recordTeam } from './team-events.ts';
import { changesOfOtherData, shiftByUid, shiftsOfOtherData } from '../store/plan.store.ts';
import { saveSettingValue, settingValue } from '../store/settings.store.ts';
import type { RosterView } from '../../../shared/contract/coverage.contract.ts';
import { rederiveShifts, rederiveSpans } from '../../../shared/domain/coverage/derive.ts';
import type { Shift } from '../../../shared/domain/coverage/plan.ts';

type ZoneNotice = NonNullable<RosterView['zoneNotice']>;

/**
 * Works out again what is still to come and was worked out with other time-zone data than this process has, and leaves a
 * notice for the leads when shifts moved by it. What has begun stays as everybody saw it.
 * @returns how many shifts moved
 */
export function rederivePlan(context: UseCaseContext, zoneData: string): number {
  const now = context.clock.now();
  const { shifts, overrides, absences } = context.store.read((db) => ({
    shifts: shiftsOfOtherData(db, zoneData, now),
    ...changesOfOtherData(db, zoneData, now),
  }));
  const again = rederiveShifts(shifts, zoneData, now);
  const moved = new Set(again.moved.map((each) => each.shiftId)).size;
  const spans = { overrides: rederiveSpans(overrides, zoneData, now).changed, absences: rederiveSpans(absences, zoneData, now).changed };
  if (again.changed.length + spans.overrides.length + spans.absences.length === 0) return 0;
  const deed = { actor: null, at: now };
  context.store.write((tx) => {
    for (const { shiftId, revision, published, draft } of again.changed) {
      const shift = shiftByUid(tx, shiftId);
      if (shift !== undefined) recordShift(context, tx, shift, { type: 'shift.rederived', shiftId, revision, published, draft }, deed);
    }
    for (const override of spans.overrides) recordTeam(context, tx, { type: 'override.rederived', override }, deed);
    for (const absence of spans.absences) recordTeam(context, tx, { type: 'absence.rederived', absence }, deed);
    if (moved === 0) return;
    const notice: ZoneNotice = { moved: moved + unread(settingValue(tx, ZONE_NOTICE_KEY)), was: dataOf(shifts), is: zoneData };
    saveSettingValue(tx, ZONE_NOTICE_KEY, JSON.stringify(notice));
  });
  return moved;
}

/** What an older notice told that nobody has read. */
function unread(stored: string | null): number {
  if (stored === null || stored === '') return 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written here alone
  return (JSON.parse(stored) as ZoneNotice).moved;
}

/** The data that the first of them was derived with. */
function dataOf(shifts: readonly Shift[]): string {
  const [first] = shifts;
  return first?.published?.zoneData ?? (first?.draft.kind === 'changed' ? first.draft.body.zoneData : '');
}
