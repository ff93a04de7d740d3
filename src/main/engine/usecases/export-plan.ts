import { agentsCsv, agentsCsvExample } from '../interchange/agents-csv.ts';
import { icsExport } from '../interchange/ics-export.ts';
import type { CalendarOf, CalendarWords } from '../interchange/ics-export.ts';
import { hoursCsv, shiftsCsv } from '../interchange/shifts-csv.ts';
import { planOf, readPlan, shiftsByUid, shiftsIn } from '../store/plan.store.ts';
import type { Stretch } from '../store/plan.store.ts';
import { changesOfPublished } from '../store/publications.store.ts';
import { readRoster } from '../store/roster.store.ts';
import { zoneDataInUse } from './zone-data.ts';
import { readSettings } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Settings } from '../../../shared/contract/workspace.contract.ts';
import { assignments } from '../../../shared/domain/coverage/assignments.ts';
import type { Plan } from '../../../shared/domain/coverage/plan.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId, HubId, RequirementId, ShiftId } from '../../../shared/domain/ids.ts';
import { after } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { formatLocalDate } from '../../../shared/domain/time/local-time.ts';
import { localDateOf } from '../../../shared/domain/time/zone.ts';

/** A file to be saved. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Calendars are read by other programs, so their few words are the engine's. */
const WORDS: Readonly<Record<Settings['locale'], CalendarWords>> = {
  en: { shift: 'Shift', openShift: 'Open shift', breaks: 'Breaks' },
  'zh-CN': { shift: '班次', openShift: '空缺班次', breaks: '休息' },
};

export type ExportOf =
  | { readonly kind: 'agent'; readonly agentId: AgentId }
  | { readonly kind: 'hub'; readonly hubId: HubId }
  | { readonly kind: 'requirement'; readonly requirementId: RequirementId };

/** The published shifts of somebody, of a hub or of a requirement as a calendar; null when there is no such one. */
export function calendarFile(db: ReadDb, of: ExportOf, stretch: Stretch, now: Instant): TextFile | null {
  const roster = readRoster(db);
  const found = subjectOf(roster, of);
  if (found === null) return null;
  const changes = changesOfPublished(db, stretch);
  const plan = withFormer(db, stretch, new Set(changes.map((change) => change.shiftId)));
  const words = WORDS[readSettings(db).locale];
  return { name: `${found.name}.ics`, text: icsExport({ of: found.of, name: found.name, roster, plan, changes, ...stretch, now, words }) };
}

/** Who works when by the published plan, or everybody's hours by the week, as a table told by the clocks of a zone. */
export function hoursFile(db: ReadDb, what: 'shifts' | 'hours', { from, to }: Stretch, zone: string): TextFile {
  const roster = readRoster(db);
  const worked = assignments(roster, readPlan(db, { from, to }), 'published', from, to, zoneDataInUse());
  const question = { roster, assignments: worked.assignments, from, to, zone };
  const days = [from, after(to, -1)].map((at) => formatLocalDate(localDateOf(zone, at)));
  return { name: `${what}-${days.join('-')}.csv`, text: what === 'shifts' ? shiftsCsv(question) : hoursCsv(question) };
}

/** The team as a table, or an example to fill in. */
export function agentsFile(db: ReadDb, what: 'team' | 'example'): TextFile {
  const roster = readRoster(db);
  if (what === 'team') return { name: 'team.csv', text: agentsCsv(roster) };
  return { name: 'team-example.csv', text: agentsCsvExample(roster.hubs.filter((hub) => hub.isActive)) };
}

/** Also shifts that were in the stretch once and have been moved or taken away: calendars must be told. */
function withFormer(db: ReadDb, stretch: Stretch, former: ReadonlySet<ShiftId>): Plan {
  const shifts = shiftsIn(db, stretch, true);
  const there = new Set(shifts.map((shift) => shift.shiftId));
  const others = shiftsByUid(
    db,
    [...former].filter((shiftId) => !there.has(shiftId)),
  );
  return planOf(db, stretch, [...shifts, ...others]);
}

function subjectOf(roster: Roster, of: ExportOf): { readonly of: CalendarOf; readonly name: string } | null {
  switch (of.kind) {
    case 'agent': {
      const agent = roster.agents.find((each) => each.agentId === of.agentId);
      return agent === undefined ? null : { of, name: agent.name };
    }
    case 'hub': {
      const hub = roster.hubs.find((each) => each.hubId === of.hubId);
      return hub === undefined ? null : { of, name: hub.name };
    }
    case 'requirement': {
      const requirement = roster.requirements.find((each) => each.requirementId === of.requirementId);
      return requirement === undefined ? null : { of: { kind: 'requirement', requirement }, name: requirement.name };
    }
  }
}
