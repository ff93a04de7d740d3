import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import type { ConflictRow, TeamPerson } from '../../src/shared/contract/team.contract.ts';
import { choicesFor } from '../../src/shared/domain/team/conflict.ts';
import type { ConflictChange, TeamConflict } from '../../src/shared/domain/team/conflict.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { after, HOUR_MS, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

/** FAKE people and conflicts, for component tests and the preview. */

const ME = makeId('agt', 'me');
const LI = makeId('agt', 'li');

const AWAY = {
  agentId: null,
  isMe: false,
  isRevoked: false,
  online: false,
  onShift: false,
  viewing: null,
  writing: false,
  replying: false,
  address: null,
  roundTripMs: null,
  workstations: [],
} as const;

/** FAKE: who is in the team, some of them with a case of the list on screen. */
export function fakePeople(rows: readonly CaseRow[], isOnline: boolean): readonly TeamPerson[] {
  const viewing = (index: number): TeamPerson['viewing'] => {
    const row = rows[index];
    return row === undefined ? null : { caseId: row.caseId, subject: row.subject };
  };
  const eu = { address: 'tls://eu.hub.lumen.example:4222', workstations: ['desk'] };
  const ap = { address: 'tls://ap.hub.lumen.example:4222', workstations: ['shanghai-1', 'laptop-li'] };
  const people: readonly TeamPerson[] = [
    {
      ...AWAY,
      user: 'robin',
      role: 'lead',
      agentId: ME,
      name: 'Robin Vale',
      isMe: true,
      online: true,
      onShift: true,
      ...eu,
      roundTripMs: 14.3,
    },
    {
      ...AWAY,
      user: 'ana',
      role: 'agent',
      name: 'Ana Castro',
      online: true,
      onShift: true,
      viewing: viewing(0),
      writing: true,
      replying: true,
      ...eu,
      roundTripMs: 21,
    },
    {
      ...AWAY,
      user: 'li',
      role: 'lead',
      agentId: LI,
      name: '李雷',
      online: true,
      onShift: true,
      viewing: viewing(1),
      ...ap,
      roundTripMs: 9.6,
    },
    {
      ...AWAY,
      user: 'grace',
      role: 'agent',
      name: 'Grace Adeyemi',
      online: true,
      viewing: viewing(1),
      writing: true,
      replying: true,
      ...eu,
      roundTripMs: 38,
    },
    {
      ...AWAY,
      user: 'gateway-1',
      role: 'gateway',
      name: null,
      online: true,
      address: eu.address,
      roundTripMs: 1.2,
      workstations: ['gateway-1'],
    },
    { ...AWAY, user: 'ines', role: 'agent', name: 'Inês Duarte', online: true, viewing: viewing(2), ...eu, roundTripMs: 17 },
    { ...AWAY, user: 'tomas', role: 'agent', name: 'Tomás Pereira' },
    { ...AWAY, user: 'sato', role: 'agent', name: '佐藤 健' },
    { ...AWAY, user: 'kim', role: 'agent', name: 'Kim Brandt', isRevoked: true },
  ];
  return isOnline
    ? people
    : people.map((person) =>
        person.isMe
          ? { ...person, ...AWAY, isMe: true, role: person.role, agentId: person.agentId, name: person.name, onShift: true }
          : { ...person, ...AWAY, name: person.name, isRevoked: person.isRevoked },
      );
}

interface Side {
  readonly type: string;
  readonly actor: typeof ME | null;
  readonly changes: readonly ConflictChange[];
}

/** A FAKE conflict; `needs-you` and open unless told otherwise. */
export function fakeConflict(
  id: string,
  row: CaseRow | null,
  at: Instant,
  sides: { readonly reason: TeamConflict['reason']; readonly mine: Side; readonly theirs: Side | null },
  change: Partial<TeamConflict> = {},
): ConflictRow {
  const kind = change.kind ?? 'needs-you';
  return {
    conflict: {
      id,
      caseId: row?.caseId ?? null,
      stream: row === null ? 'template.tpl_1' : `case.${row.caseId}`,
      at,
      kind,
      reason: sides.reason,
      mine: { ...sides.mine, at: after(at, -9 * MINUTE_MS) },
      theirs: sides.theirs === null ? null : { ...sides.theirs, eventId: `evt_of_${id}`, at: after(at, -14 * MINUTE_MS) },
      alsoMine: [],
      choices: choicesFor(kind, sides.reason, sides.mine.type),
      decision: null,
      ...change,
    },
    case: row === null ? null : { caseId: row.caseId, subject: row.subject, contactName: row.contactName },
    subjects: {},
    alsoMineTypes: (change.alsoMine ?? []).map(() => 'case.noteAdded'),
  };
}

const one = (
  field: ConflictChange['field'],
  from: ConflictChange['from'],
  to: ConflictChange['to'],
  part: string | null = null,
): ConflictChange => ({
  field,
  part,
  from,
  to,
});

/** FAKE: one of each look, the newest first. */
export function fakeConflicts(rows: readonly CaseRow[], now: Instant): readonly ConflictRow[] {
  const [first, second, third] = rows;
  if (first === undefined || second === undefined || third === undefined) return [];
  const nobody = { kind: 'nobody' } as const;
  const solved = { kind: 'status', status: 'solved' } as const;
  const opened = { kind: 'status', status: 'open' } as const;
  return [
    fakeConflict(
      'evt_a',
      first,
      after(now, -4 * MINUTE_MS),
      {
        reason: 'claimed-by-other',
        mine: { type: 'case.claimed', actor: ME, changes: [one('owner', nobody, { kind: 'agent', agentId: ME })] },
        theirs: { type: 'case.claimed', actor: LI, changes: [one('owner', nobody, { kind: 'agent', agentId: LI })] },
      },
      { alsoMine: ['evt_a2'] },
    ),
    fakeConflict('evt_b', second, after(now, -6 * MINUTE_MS), {
      reason: 'customer-wrote',
      mine: { type: 'case.statusChanged', actor: ME, changes: [one('status', opened, solved)] },
      theirs: {
        type: 'case.messageReceived',
        actor: null,
        changes: [one('message', null, { kind: 'text', text: '还有一个问题：新发票什么时候能收到？月底要报销，比较急。' })],
      },
    }),
    fakeConflict('evt_c', first, after(now, -8 * MINUTE_MS), {
      reason: 'priority-changed-by-other',
      mine: {
        type: 'case.priorityChanged',
        actor: ME,
        changes: [one('priority', { kind: 'priority', priority: 'normal' }, { kind: 'priority', priority: 'low' })],
      },
      theirs: {
        type: 'case.priorityChanged',
        actor: LI,
        changes: [one('priority', { kind: 'priority', priority: 'normal' }, { kind: 'priority', priority: 'urgent' })],
      },
    }),
    fakeConflict('evt_d', null, after(now, -20 * MINUTE_MS), {
      reason: 'saved-by-other',
      mine: {
        type: 'template.saved',
        actor: ME,
        changes: [
          one('template', null, { kind: 'text', text: 'Early Lisbon' }, 'name'),
          one('template', null, { kind: 'text', text: '420' }, 'startMinute'),
        ],
      },
      theirs: {
        type: 'template.saved',
        actor: LI,
        changes: [
          one('template', null, { kind: 'text', text: 'Morning' }, 'name'),
          one('template', null, { kind: 'text', text: '480' }, 'startMinute'),
        ],
      },
    }),
    fakeConflict('evt_e', third, after(now, -40 * MINUTE_MS), {
      reason: 'too-large',
      mine: { type: 'case.noteAdded', actor: ME, changes: [one('note', null, { kind: 'code', code: 'case.noteAdded' })] },
      theirs: null,
    }),
    fakeConflict(
      'evt_f',
      third,
      after(now, -2 * HOUR_MS),
      {
        reason: 'both-kept',
        mine: { type: 'case.labelAdded', actor: ME, changes: [one('labels', null, { kind: 'text', text: 'export' })] },
        theirs: { type: 'case.labelAdded', actor: LI, changes: [one('labels', null, { kind: 'text', text: 'bug' })] },
      },
      { kind: 'merged', choices: [] },
    ),
    fakeConflict(
      'evt_g',
      second,
      after(now, -5 * HOUR_MS),
      {
        reason: 'status-changed-by-other',
        mine: { type: 'case.statusChanged', actor: ME, changes: [one('status', opened, { kind: 'status', status: 'hold' })] },
        theirs: { type: 'case.statusChanged', actor: LI, changes: [one('status', opened, { kind: 'status', status: 'pending' })] },
      },
      { decision: { choice: 'keep-theirs', at: after(now, -4 * HOUR_MS), by: ME } },
    ),
    fakeConflict(
      'evt_h',
      second,
      after(now, -26 * HOUR_MS),
      {
        reason: 'already-done',
        mine: { type: 'case.woken', actor: null, changes: [one('snooze', { kind: 'instant', at: after(now, -26 * HOUR_MS) }, null)] },
        theirs: { type: 'case.woken', actor: null, changes: [one('snooze', { kind: 'instant', at: after(now, -26 * HOUR_MS) }, null)] },
      },
      { kind: 'dropped', choices: [] },
    ),
  ];
}
