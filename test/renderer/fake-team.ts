import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import type { ConflictRow, InvitePreview, TeamPerson, TeamView } from '../../src/shared/contract/team.contract.ts';
import type { ConflictChoice } from '../../src/shared/domain/team/conflict.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { fakePeople, fakeConflicts } from './fake-team-data.ts';
import type { FakeEngine } from './fake-engine.ts';

const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
const NOW = Date.now();
const ago = (ms: number): Instant => instant(NOW - ms);

/** What `?team=` may be; none of them: the workspace belongs to no team. */
type Scenario =
  | 'live'
  | 'waiting'
  | 'behind'
  | 'joining'
  | 'catching-up'
  | 'connecting'
  | 'offline'
  | 'refused'
  | 'revoked'
  | 'read-only'
  | 'clock'
  | 'rewound';

const BASE: TeamView = {
  hub: { id: 'hub-lumen', name: 'Lumen Support' },
  user: { name: 'robin', role: 'lead', agentId: makeId('agt', 'me') },
  workstation: 'lisbon-desk-3',
  joinedAt: ago(40 * DAY_MS),
  phase: 'live',
  ended: null,
  link: {
    state: 'online',
    since: ago(3 * HOUR_MS),
    code: null,
    detail: '',
    server: 'hub-eu-1',
    version: '2.12.4',
    address: 'tls://eu.hub.lumen.example:4222',
    roundTripMs: 14.3,
    clockAheadMs: 120,
  },
  progress: null,
  cursor: 184_220,
  lastSequence: 184_220,
  pending: { count: 0, oldestAt: null },
  lastSyncAt: ago(1_000),
  rewound: null,
  regions: [
    { address: 'tls://eu.hub.lumen.example:4222', roundTripMs: 14.3 },
    { address: 'tls://ap.hub.lumen.example:4222', roundTripMs: 212 },
    { address: 'tls://us.hub.lumen.example:4222', roundTripMs: null },
  ],
  measuredAt: ago(4 * MINUTE_MS),
  channels: [
    {
      accountId: makeId('acc', 'support'),
      address: 'support@lumen.example',
      holder: { name: 'gateway-1', workstation: 'gateway-1', isMe: false, isGateway: true },
      canHold: true,
    },
    {
      accountId: makeId('acc', 'billing'),
      address: 'billing@lumen.example',
      holder: { name: 'Robin Vale', workstation: 'lisbon-desk-3', isMe: true, isGateway: false },
      canHold: true,
    },
    { accountId: makeId('acc', 'sales'), address: 'sales@lumen.example', holder: null, canHold: false },
  ],
  holdsChannels: true,
  mayHoldChannels: true,
  onLeave: 'keep',
  openConflicts: 0,
};

function viewOf(scenario: Scenario, openConflicts: number): TeamView {
  const base = { ...BASE, openConflicts };
  const offline = {
    ...BASE.link,
    state: 'offline',
    code: 'unreachable',
    since: ago(96 * MINUTE_MS),
    server: null,
    version: null,
    roundTripMs: null,
  } as const;
  switch (scenario) {
    case 'live':
      return base;
    case 'waiting':
      return { ...base, pending: { count: 3, oldestAt: ago(20_000) } };
    case 'behind':
      return { ...base, lastSequence: BASE.cursor + 1_284, lastSyncAt: ago(30_000) };
    case 'joining':
      return {
        ...base,
        phase: 'joining',
        joinedAt: ago(20_000),
        lastSyncAt: null,
        pending: { count: 2_114, oldestAt: ago(3 * DAY_MS) },
        progress: { what: 'uploading', done: 812, total: 2_926, startedAt: ago(20_000) },
      };
    case 'catching-up':
      return {
        ...base,
        phase: 'catching-up',
        lastSyncAt: null,
        cursor: 96_400,
        progress: { what: 'reading', done: 96_400, total: 184_220, startedAt: ago(150_000) },
      };
    case 'connecting':
      return { ...base, link: { ...offline, state: 'connecting', code: null } };
    case 'offline':
      return {
        ...base,
        link: { ...offline, detail: 'connect ECONNREFUSED 192.0.2.7:4222' },
        pending: { count: 3, oldestAt: ago(80 * MINUTE_MS) },
        lastSyncAt: ago(96 * MINUTE_MS),
        lastSequence: BASE.cursor,
      };
    case 'refused':
      return {
        ...base,
        link: {
          ...offline,
          state: 'refused',
          code: 'hub-too-old',
          server: 'old-hub',
          version: '2.9.10',
          detail: 'this hub runs nats-server 2.9.10',
        },
      };
    case 'revoked':
      return { ...base, link: { ...offline, state: 'refused', code: 'revoked' }, pending: { count: 2, oldestAt: ago(5 * MINUTE_MS) } };
    case 'read-only':
      return { ...base, phase: 'read-only', ended: { at: ago(2 * DAY_MS), why: 'left' }, link: { ...offline, code: null } };
    case 'clock':
      return { ...base, link: { ...BASE.link, clockAheadMs: -4 * MINUTE_MS - 12_000 } };
    case 'rewound':
      return { ...base, rewound: { at: ago(10 * MINUTE_MS), missing: 18 } };
  }
}

const SCENARIOS: readonly Scenario[] = [
  'live',
  'waiting',
  'behind',
  'joining',
  'catching-up',
  'connecting',
  'offline',
  'refused',
  'revoked',
  'read-only',
  'clock',
  'rewound',
];

/** A FAKE team, made up around now, for component tests and the preview: `team=live|offline|...`, see `Scenario`; `conflicts=0` for none to
 * decide; `join=CODE` for a failure of joining. */
export function fakeTeam(
  rows: readonly CaseRow[],
  query: URLSearchParams,
  engine: () => FakeEngine,
): Partial<ConstructorParameters<typeof FakeEngine>[0]> {
  const scenario = SCENARIOS.find((each) => each === query.get('team')) ?? null;
  let conflicts: readonly ConflictRow[] = scenario === null || query.get('conflicts') === '0' ? [] : fakeConflicts(rows, instant(NOW));
  const open = (): number => conflicts.filter((row) => row.conflict.kind === 'needs-you' && row.conflict.decision === null).length;
  let view: TeamView | null = scenario === null ? null : viewOf(scenario, open());
  const people: readonly TeamPerson[] =
    scenario === null || view?.phase === 'read-only' ? [] : fakePeople(rows, view?.link.state === 'online');
  const taken = new Set<string>();
  const changed = (): void => void engine().changed('team.get', 'team.conflicts', 'team.people');
  const decide = (conflictId: string, choice: ConflictChoice): void => {
    conflicts = conflicts.map((row) =>
      row.conflict.id === conflictId
        ? { ...row, conflict: { ...row.conflict, decision: { choice, at: instant(Date.now()), by: makeId('agt', 'me') } } }
        : row,
    );
    if (view !== null) view = { ...view, openConflicts: open() };
    changed();
  };
  return {
    'team.get': () => ok(view),
    'team.people': () => ok(people),
    'team.presence': ({ caseId }) =>
      ok(
        people
          .filter((person) => !person.isMe && person.viewing?.caseId === caseId)
          .map(({ user, agentId, name, writing, replying }) => ({ user, agentId, name: name ?? user, writing, replying })),
      ),
    'team.replyLock': ({ caseId }) => {
      const writer = people.find((person) => !person.isMe && person.replying && person.viewing?.caseId === caseId);
      if (writer === undefined || taken.has(caseId)) return ok({ holder: null, lost: null });
      return ok({
        holder: { user: writer.user, agentId: writer.agentId, name: writer.name ?? writer.user, writing: writer.writing },
        lost: null,
      });
    },
    'team.writers': ({ caseIds }) =>
      ok(
        caseIds.flatMap((caseId) => {
          const names = people
            .filter((person) => !person.isMe && person.replying && person.viewing?.caseId === caseId)
            .map(({ name, user }) => name ?? user);
          return names.length === 0 ? [] : [{ caseId, subject: rows.find((row) => row.caseId === caseId)?.subject ?? '', names }];
        }),
      ),
    'team.takeOverReply': ({ caseId }) => {
      taken.add(caseId);
      void engine().changed('team.replyLock');
      return ok(null);
    },
    'team.tellPresence': () => ok(null),
    'team.conflicts': ({ state }) => ok(state === 'all' ? conflicts : conflicts.filter((row) => row.conflict.decision === null)),
    'conflicts.resolve': ({ conflictId, choice }) => {
      decide(conflictId, choice);
      return ok(null);
    },
    'team.readInvite': ({ text }) => ok(preview(query, text, rows.length, view)),
    'team.join': async ({ isSamePerson }) => {
      const wait = Number(query.get('wait') ?? 0);
      if (wait > 0) {
        await new Promise((resolve) => {
          setTimeout(resolve, wait);
        });
      }
      if (query.get('join') !== null) return { ok: false, error: { code: query.get('join') ?? '', detail: 'as the preview was asked to' } };
      if (query.get('invite') === 'other-person' && !isSamePerson) return { ok: false, error: { code: 'other-person', detail: '' } };
      view = viewOf('joining', 0);
      changed();
      engine().tell({ type: 'team', what: 'joined', hubName: BASE.hub.name });
      return ok(null);
    },
    'team.leave': () => {
      view = viewOf('read-only', 0);
      changed();
      return ok(null);
    },
    'team.nudge': () => ok(null),
    'team.measure': () => ok(BASE.regions),
    'team.setHoldsChannels': ({ on }) => {
      if (view !== null) view = { ...view, holdsChannels: on };
      changed();
      return ok(null);
    },
    'team.dismissRewound': () => {
      if (view !== null) view = { ...view, rewound: null };
      changed();
      return ok(null);
    },
  };
}

/** FAKE: any link is an invite to the same team; `?invite=other-person|same-hub|malformed`. */
function preview(query: URLSearchParams, text: string, cases: number, view: TeamView | null): InvitePreview {
  const wanted = query.get('invite');
  if (!text.trim().startsWith('meridian://join/') || wanted === 'malformed')
    return { invite: null, problem: 'malformed', otherPerson: false, history: { cases: 0, events: 0 } };
  return {
    invite: {
      hubId: BASE.hub.id,
      hubName: BASE.hub.name,
      servers: BASE.regions.map((region) => region.address),
      user: 'robin',
      role: 'lead',
      agentId: makeId('agt', wanted === 'other-person' ? 'ana' : 'me'),
      agentName: wanted === 'other-person' ? 'Ana Castro' : 'Robin Vale',
    },
    problem: view !== null && view.phase !== 'read-only' ? 'same-hub' : null,
    otherPerson: wanted === 'other-person',
    history: { cases, events: cases * 9 },
  };
}
