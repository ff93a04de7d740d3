import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { ANYBODY, date, EARLY, HARUKA, LISBON, LUCIA, person, setUp, SINGAPORE, TEAM, TOMAS, TURNS } from './roster-team.ts';
import type { RosterChange, RosterView } from '../../src/shared/contract/coverage.contract.ts';
import type { Rotation } from '../../src/shared/domain/coverage/roster.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** A Tuesday noon in Lisbon. */
const NOW = instant(Date.UTC(2026, 10, 24, 12));

let station: Workstation;
let me: AgentId;
beforeEach(async () => {
  station = await startWorkstation({ clock: { now: () => NOW } });
  me = await setUp(station);
});
afterEach(() => station[Symbol.asyncDispose]());

async function save(...changes: readonly RosterChange[]): Promise<readonly RosterChange[]> {
  return (await station.ask('roster.save', { opId: op(), changes })).inverse;
}
async function failure(...changes: readonly RosterChange[]): Promise<string> {
  const answer = await station.call('roster.save', { opId: op(), changes });
  return answer.ok ? 'ok' : answer.error.code;
}
async function view(): Promise<RosterView> {
  return station.ask('roster.get', {});
}
function events(): number {
  return station.engine.store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM events')?.count ?? 0);
}

describe('the team', () => {
  test('is what was saved, with the person at this desk in it', async () => {
    const { roster, me: mine, canPlan, zoneNotice } = await view();
    expect(roster.hubs).toEqual([LISBON, SINGAPORE]);
    expect(roster.agents.filter((agent) => agent.agentId !== me)).toEqual([LUCIA, TOMAS, HARUKA]);
    expect([roster.templates, roster.rotations, roster.requirements]).toEqual([[EARLY], [TURNS], [ANYBODY]]);
    expect(mine).toBe(me);
    expect(roster.agents.find((agent) => agent.agentId === me)).toEqual({
      ...person('x', null),
      agentId: me,
      name: 'Ana Reis',
      zone: 'Europe/Lisbon',
      languages: [{ name: 'en', level: 'good', from: null, until: null }],
    });
    expect([canPlan, zoneNotice]).toEqual([true, null]);
  });

  test('is known to the rest of the app, and renaming a hub renames it there', async () => {
    const cards = async (): Promise<unknown> => (await station.ask('workspace.get', {})).agents;
    expect(await cards()).toContainEqual({
      agentId: TOMAS.agentId,
      name: 'tomas',
      hub: 'Lisbon',
      zone: 'Europe/Lisbon',
      languages: ['en'],
      isMe: false,
    });
    await save({ kind: 'hub', hub: { ...LISBON, name: 'Porto' } });
    expect(await cards()).toContainEqual(expect.objectContaining({ agentId: TOMAS.agentId, hub: 'Porto' }));
    await save({ kind: 'agent', agent: { ...TOMAS, hubId: SINGAPORE.hubId, languages: [...TOMAS.languages, ...HARUKA.languages] } });
    expect(await cards()).toContainEqual(expect.objectContaining({ agentId: TOMAS.agentId, hub: 'Singapore', languages: ['en', 'ja'] }));
  });

  test('keeps what leads know of a person when that person changes their own profile, and the other way round', async () => {
    const skilled = {
      ...person('x', LISBON),
      agentId: me,
      name: 'Ana',
      skills: [{ name: 'kyc', level: 'expert' as const, from: null, until: null }],
    };
    await save({ kind: 'agent', agent: skilled });
    expect((await station.ask('workspace.get', {})).me).toMatchObject({ name: 'Ana', hub: 'Lisbon', isMe: true });
    const card = await station.ask('workspace.setProfile', { opId: op(), name: 'Ana R.', zone: 'Asia/Tokyo', languages: ['ja', 'en'] });
    expect(card).toMatchObject({ agentId: me, hub: 'Lisbon', languages: ['ja', 'en'] });
    expect((await view()).roster.agents.find((agent) => agent.agentId === me)).toEqual({
      ...skilled,
      name: 'Ana R.',
      zone: 'Asia/Tokyo',
      languages: [
        { name: 'ja', level: 'good', from: null, until: null },
        { name: 'en', level: 'expert', from: null, until: null },
      ],
    });
  });

  test('is saved once, all or nothing, and what is the same is no event', async () => {
    const count = events();
    expect(await save(...TEAM)).toEqual([]);
    expect(events()).toBe(count);
    const opId = op();
    const changes: RosterChange[] = [{ kind: 'hub', hub: { ...LISBON, name: 'Porto' } }];
    const first = await station.ask('roster.save', { opId, changes });
    expect(await station.ask('roster.save', { opId, changes: [{ kind: 'hub', hub: { ...LISBON, name: 'Faro' } }] })).toEqual(first);
    expect((await view()).roster.hubs[0]?.name).toBe('Porto');
    await failure({ kind: 'hub', hub: { ...LISBON, name: 'Braga' } }, { kind: 'agent', agent: { ...TOMAS, zone: 'Europe/Atlantis' } });
    expect((await view()).roster.hubs[0]?.name).toBe('Porto');
  });

  test('is brought back by the inverse', async () => {
    const before = await view();
    const inverse = await save(
      { kind: 'agent', agent: { ...TOMAS, contract: { ...TOMAS.contract, hoursPerWeek: 20 } } },
      { kind: 'hub', hub: { ...SINGAPORE, holidays: [{ date: date('2026-08-09'), name: 'National Day' }] } },
      { kind: 'template', template: { ...EARLY, startMinute: 0 } },
      { kind: 'requirement', requirement: { ...ANYBODY, minimum: 2 } },
    );
    const after = await view();
    expect(after).not.toEqual(before);
    const again = await save(...inverse);
    expect(await view()).toEqual(before);
    await save(...again);
    expect(await view()).toEqual(after);
  });

  test('is brought back by the inverse of a save that changes one thing twice', async () => {
    const before = await view();
    const inverse = await save(
      { kind: 'agent', agent: { ...TOMAS, name: 'first' } },
      { kind: 'agent', agent: { ...TOMAS, name: 'second' } },
    );
    await save(...inverse);
    expect(await view()).toEqual(before);
  });

  test('what is new is taken out of use by the inverse, also things that name each other', async () => {
    const porto = { ...LISBON, hubId: makeId('hub', 'porto'), name: 'Porto' };
    const inverse = await save({ kind: 'agent', agent: person('rui', porto) }, { kind: 'hub', hub: porto });
    await save(...inverse);
    const { roster } = await view();
    expect(roster.hubs.find((hub) => hub.hubId === porto.hubId)?.isActive).toBe(false);
    expect(roster.agents.find((agent) => agent.name === 'rui')?.isActive).toBe(false);
  });
});

describe('a rotation', () => {
  const rotations = async (): Promise<readonly Rotation[]> => (await view()).roster.rotations;

  test('that has begun is closed, and a new version goes on', async () => {
    const inverse = await save({
      kind: 'rotation',
      rotation: { ...TURNS, agentIds: [TOMAS.agentId, HARUKA.agentId], from: date('2026-12-07') },
    });
    const [closed, opened] = await rotations();
    expect(closed).toEqual({ ...TURNS, until: date('2026-12-06') });
    // Two people take turns as before, so the turns are counted on.
    expect(opened).toMatchObject({
      version: 2,
      supersedes: TURNS.rotationId,
      agentIds: [TOMAS.agentId, HARUKA.agentId],
      from: date('2026-12-07'),
      anchorDate: TURNS.anchorDate,
      until: null,
      isActive: true,
    });
    expect(opened?.rotationId).not.toBe(TURNS.rotationId);
    const redo = await save(...inverse);
    expect(await rotations()).toMatchObject([
      { rotationId: TURNS.rotationId, until: null, isActive: true },
      { version: 2, isActive: false },
    ]);
    await save(...redo);
    expect(await rotations()).toEqual([closed, opened]);
  });

  test('that says no new date goes on anew from tomorrow, and from today where it says an earlier one', async () => {
    await save({ kind: 'rotation', rotation: { ...TURNS, seats: 2 } });
    expect((await rotations()).map((each) => [each.from, each.until])).toEqual([
      [TURNS.from, date('2026-11-24')],
      [date('2026-11-25'), null],
    ]);
    const other = { ...TURNS, rotationId: makeId('rot', 'other') };
    await save({ kind: 'rotation', rotation: other });
    await save({ kind: 'rotation', rotation: { ...other, seats: 2, from: date('2026-10-01') } });
    expect((await rotations()).at(-2)?.until).toEqual(date('2026-11-23'));
  });

  test('is changed in its place where that changes nothing of what was, or before it begins', async () => {
    await save({ kind: 'rotation', rotation: { ...TURNS, name: 'Lisbon', until: date('2026-12-31') } });
    expect(await rotations()).toEqual([{ ...TURNS, name: 'Lisbon', until: date('2026-12-31') }]);
    const later = { ...TURNS, rotationId: makeId('rot', 'later'), from: date('2026-11-25') };
    await save({ kind: 'rotation', rotation: later });
    await save({ kind: 'rotation', rotation: { ...later, seats: 2, version: 7 } });
    expect(await rotations()).toMatchObject([{}, { seats: 2, version: 1 }]);
  });
});

describe('what is wrong is refused', () => {
  test.each<[string, RosterChange]>([
    ['unknown-zone', { kind: 'hub', hub: { ...LISBON, zone: 'Europe/Atlantis' } }],
    ['name-taken', { kind: 'hub', hub: { ...LISBON, hubId: makeId('hub', 'two'), name: 'LISBON' } }],
    ['invalid', { kind: 'hub', hub: { ...LISBON, holidays: [{ date: { year: 2026, month: 2, day: 30 }, name: '' }] } }],
    ['unknown-zone', { kind: 'agent', agent: { ...TOMAS, zone: 'Mars/Base' } }],
    ['unknown-hub', { kind: 'agent', agent: { ...TOMAS, hubId: makeId('hub', 'none') } }],
    [
      'invalid',
      { kind: 'agent', agent: { ...TOMAS, contract: { hoursPerWeek: 40, from: { year: 2026, month: 4, day: 31 }, until: null } } },
    ],
    ['unknown-zone', { kind: 'template', template: { ...EARLY, zone: 'Mars/Base' } }],
    ['unknown-hub', { kind: 'template', template: { ...EARLY, needs: { ...EVERYBODY, hubs: [makeId('hub', 'none')] } } }],
    ['unknown-agent', { kind: 'rotation', rotation: { ...TURNS, agentIds: [makeId('agt', 'none')] } }],
    ['not-found', { kind: 'rotation', rotation: { ...TURNS, templateIds: [makeId('tpl', 'none')] } }],
    ['unknown-hub', { kind: 'requirement', requirement: { ...ANYBODY, selector: { ...EVERYBODY, hubs: [makeId('hub', 'none')] } } }],
    ['target-below-minimum', { kind: 'requirement', requirement: { ...ANYBODY, minimum: 3 } }],
    ['never-opens', { kind: 'requirement', requirement: { ...ANYBODY, window: { zone: 'UTC', week: { mon: [] } } } }],
    ['unknown-zone', { kind: 'requirement', requirement: { ...ANYBODY, window: { zone: 'Mars/Base', week: {} } } }],
  ])('%s', async (code, change) => {
    const count = events();
    expect(await failure(change)).toBe(code);
    expect(events()).toBe(count);
  });

  test('a name is free again when its hub is out of use', async () => {
    await save({ kind: 'hub', hub: { ...SINGAPORE, isActive: false } });
    expect(await failure({ kind: 'hub', hub: { ...SINGAPORE, hubId: makeId('hub', 'new') } })).toBe('ok');
    expect(await failure({ kind: 'hub', hub: SINGAPORE })).toBe('name-taken');
  });

  test('from who is no lead, while there is one who is active', async () => {
    await save({ kind: 'agent', agent: { ...LUCIA, tiers: ['lead'] } });
    expect(await failure({ kind: 'hub', hub: { ...LISBON, name: 'Porto' } })).toBe('not-a-lead');
    expect((await view()).canPlan).toBe(false);
    station.engine.store.write((tx) => tx.run('UPDATE agents SET is_me = (uid = @uid)', { uid: LUCIA.agentId }));
    expect((await view()).canPlan).toBe(true);
    await save({ kind: 'agent', agent: { ...LUCIA, tiers: ['lead'], isActive: false } });
    station.engine.store.write((tx) => tx.run('UPDATE agents SET is_me = (uid = @uid)', { uid: me }));
    expect((await view()).canPlan).toBe(true);
  });
});
