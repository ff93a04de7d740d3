import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { IdSource } from '../../src/main/engine/identity.ts';
import { leavePending } from '../../src/main/engine/team/admission.ts';
import { createCaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import type { ListedMacro } from '../../src/shared/contract/macros.contract.ts';
import type { Input } from '../../src/shared/contract/contract.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import type { Macro } from '../../src/shared/domain/macro/macro.ts';
import type { SavedView } from '../../src/shared/domain/saved-view.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** Search, views, macros, many cases at once and undo, of two people on one hub, with the way to the hub cut for one of them. */

const clock = { now: () => instant(Date.now()) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

const MACRO: Macro = {
  macroId: makeId('mac', 'kyc'),
  name: 'Identity check',
  shortcut: 'kyc',
  texts: [{ language: 'en', text: 'Dear {{customer.firstName}}, please wait.' }],
  actions: [{ kind: 'status', to: 'pending' }],
  channels: [],
};
const VIEW: SavedView = {
  viewId: makeId('view', 'late'),
  name: 'Unsolved',
  conditions: [{ field: 'status', not: false, values: ['open', 'pending', 'hold'] }],
  text: '',
  sort: 'due',
  hiddenColumns: [],
  grouping: 'none',
};
const CUSTOMERS = ['Mei', 'Noa', 'Olu'] as const;

interface Pair {
  readonly hub: MemoryHub;
  readonly ana: TeamStation;
  readonly bo: TeamStation;
  readonly caseIds: readonly CaseId[];
}

/** Ana has the channel; three customers have written; both know it. */
async function pair(): Promise<Pair> {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock });
  open.push(bo);
  ana.channel.deliver(
    ...CUSTOMERS.map((name) =>
      customerMail(clock, { subject: `Question of ${name}`, text: 'My parcel is late.', from: { name, address: `${name}@customer.test` } }),
    ),
  );
  await until(async () => (await idsOf(ana)).length === 3, 'the mail is fetched');
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  await until(async () => (await idsOf(bo)).length === 3, 'Bo has the cases');
  await quiet({ hub, ana, bo });
  return { hub, ana, bo, caseIds: await idsOf(bo) };
}

async function idsOf(station: TeamStation): Promise<readonly CaseId[]> {
  return (await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 })).rows.map(({ caseId }) => caseId).toSorted();
}

/** Everything is said, and everybody has heard it. */
async function quiet({ hub, ana, bo }: Pick<Pair, 'ana' | 'bo' | 'hub'>): Promise<void> {
  await until(async () => {
    for (const station of [ana, bo]) await station.settled();
    return [ana, bo].every((station) => {
      const waiting = station.engine.store.read((db) => db.get('SELECT 1 FROM events WHERE sequence IS NULL AND void IS NULL LIMIT 1'));
      return waiting === undefined && station.engine.team.session()?.sync.status().cursor === hub.entries.length;
    });
  }, 'everybody has everything');
}

const statuses = async (station: TeamStation, caseIds: readonly CaseId[]) =>
  Promise.all(caseIds.map(async (caseId) => (await station.ask('cases.detail', { caseId }))?.status));
const macros = async (station: TeamStation): Promise<readonly ListedMacro[]> => station.ask('macros.list', {});
const conflicts = async (station: TeamStation) => (await station.ask('team.conflicts', { state: 'open' })).map(({ conflict }) => conflict);
const saveView = async (station: TeamStation, change: Partial<SavedView> = {}) =>
  station.ask('views.save', { opId: op(), view: { ...VIEW, ...change }, isShared: true });
const saveMacro = async (station: TeamStation, change: Partial<Macro> = {}) =>
  station.ask('macros.save', { opId: op(), macro: { ...MACRO, ...change }, isTeam: true });
/** What the page sends after a look at who gets what. */
async function looked(station: TeamStation, caseIds: readonly CaseId[]): Promise<Input<'macros.apply'>> {
  const rows = await station.ask('macros.preview', { macroId: MACRO.macroId, caseIds });
  const replies = rows.flatMap(({ caseId, text, problem }) => (text === null || problem !== null ? [] : [{ caseId, text }]));
  return { opId: op(), macroId: MACRO.macroId, caseIds, replies };
}

test('without a way to the hub everything is searched, listed, done and undone; what was done goes out when there is one', async () => {
  const { hub, ana, bo, caseIds } = await pair();
  await saveMacro(ana);
  await saveView(ana);
  await quiet({ hub, ana, bo });
  bo.link().setOnline(false);
  await until(async () => (await bo.ask('team.get', {}))?.link.state === 'offline', 'the window is told');

  // the index follows the log
  await until(async () => (await bo.ask('cases.search', { text: 'parc', limit: 10 })).scope.searched === 3, 'all is indexed');
  const searched = await bo.ask('cases.search', { text: 'parc', limit: 10 });
  expect(searched.hits).toHaveLength(3);
  expect(searched.scope).toMatchObject({ searched: 3, total: 3, next: null });
  expect((await bo.ask('views.list', {})).map(({ name }) => name)).toEqual(['Unsolved']);
  expect(await bo.ask('cases.countFilters', { filters: [VIEW.conditions], zone: 'UTC' })).toEqual([3]);
  expect(await bo.ask('cases.countGroups', { view: 'all', grouping: 'status', zone: 'UTC' })).toEqual([{ key: 'open', count: 3 }]);

  // many at once, and back
  const high = op();
  await bo.ask('cases.apply', { opId: high, caseIds, action: { kind: 'priority', to: 'high' } });
  await bo.ask('cases.undo', { opId: op(), undoes: high });
  await bo.ask('cases.apply', { opId: op(), caseIds, action: { kind: 'add-label', label: 'parcel' } });
  expect((await bo.ask('cases.search', { text: 'parcel', limit: 10, order: 'newest' })).hits[0]?.foundIn).toContain('label');
  // a macro with words, for two of them
  const two = caseIds.slice(0, 2);
  expect(await bo.ask('macros.apply', await looked(bo, two))).toMatchObject({ changed: 2, undoable: true });
  await bo.ask('views.save', { opId: op(), view: { ...VIEW, viewId: makeId('view', 'train'), name: 'Made on the train' }, isShared: true });
  expect(ana.channel.sent).toEqual([]);
  expect(await statuses(ana, two)).toEqual(['open', 'open']);

  bo.link().setOnline(true);
  await quiet({ hub, ana, bo });
  await until(() => ana.channel.sent.length === 2, 'both replies have left');
  expect(await statuses(ana, caseIds)).toEqual(['pending', 'pending', 'open']);
  const rows = await Promise.all(caseIds.map(async (caseId) => ana.ask('cases.detail', { caseId })));
  expect(rows.map((row) => [row?.priority, row?.labels])).toEqual(caseIds.map(() => ['normal', ['parcel']]));
  expect((await ana.ask('views.list', {})).map(({ name }) => name)).toContain('Made on the train');
  expect(await conflicts(bo)).toEqual([]);
});

test.each(['keep-theirs', 'apply-mine'] as const)(
  'a view and a macro that two have changed apart wait for who came later: %s',
  async (choice) => {
    const { hub, ana, bo } = await pair();
    await saveView(bo);
    await saveMacro(bo);
    await quiet({ hub, ana, bo });
    bo.link().setOnline(false);
    await saveView(bo, { name: 'Of Bo', sort: 'oldest' });
    await saveMacro(bo, { name: 'Check of Bo' });
    await saveView(ana, { name: 'Of Ana' });
    await saveMacro(ana, { name: 'Check of Ana' });
    bo.link().setOnline(true);
    await quiet({ hub, ana, bo });
    // the first in the log stands, and who came later is told, with both versions
    for (const station of [ana, bo]) {
      expect((await station.ask('views.list', {})).map(({ name }) => name)).toEqual(['Of Ana']);
      expect((await macros(station)).map(({ name }) => name)).toEqual(['Check of Ana']);
    }
    const waiting = await conflicts(bo);
    const told = waiting.map(({ reason, mine }) => [reason, ...mine.changes.map(({ field, part }) => `${field}.${part}`)].join(' '));
    expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual(['saved-by-other macro.name', 'saved-by-other view.name view.sort']);
    expect(await conflicts(ana)).toEqual([]);
    for (const { id } of waiting) await bo.ask('conflicts.resolve', { opId: op(), conflictId: id, choice });
    await quiet({ hub, ana, bo });
    const winner = choice === 'apply-mine' ? 'Bo' : 'Ana';
    for (const station of [ana, bo]) {
      expect((await station.ask('views.list', {})).map(({ name }) => name)).toEqual([`Of ${winner}`]);
      expect((await macros(station)).map(({ name }) => name)).toEqual([`Check of ${winner}`]);
    }
    expect(await conflicts(bo)).toEqual([]);
  },
);

test('a macro that is changed or removed while somebody looks at who gets what says what they saw, or nothing', async () => {
  const { hub, ana, bo, caseIds } = await pair();
  await saveMacro(ana);
  await quiet({ hub, ana, bo });
  expect(await macros(bo)).toMatchObject([{ name: MACRO.name, isTeam: true, uses: 0 }]);
  const [first, second] = caseIds.map((caseId) => [caseId]);
  if (first === undefined || second === undefined) throw new Error('no cases');
  // Bo reads the words; Ana changes them; Bo sends what Bo has read
  const read = await looked(bo, first);
  await saveMacro(ana, { texts: [{ language: 'en', text: 'Other words.' }], actions: [{ kind: 'status', to: 'hold' }] });
  await quiet({ hub, ana, bo });
  await bo.ask('macros.apply', read);
  await until(() => ana.channel.sent.length === 1, 'what Bo read has left');
  expect(JSON.stringify(ana.channel.sent[0])).toContain('please wait');
  expect(await statuses(bo, first)).toEqual(['hold']);
  // Ana removes it; nothing happens at Bo's
  const late = await looked(bo, second);
  await ana.ask('macros.remove', { opId: op(), macroId: MACRO.macroId });
  await quiet({ hub, ana, bo });
  expect(await bo.call('macros.apply', late)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await statuses(bo, second)).toEqual(['open']);
  expect(await macros(bo)).toEqual([]);
  // somebody without a way to the hub does not know yet, and what they did stands
  await saveMacro(ana);
  await quiet({ hub, ana, bo });
  bo.link().setOnline(false);
  await ana.ask('macros.remove', { opId: op(), macroId: MACRO.macroId });
  await bo.ask('macros.apply', await looked(bo, second));
  bo.link().setOnline(true);
  await quiet({ hub, ana, bo });
  await until(() => ana.channel.sent.length === 2, 'Bo’s reply has left');
  expect(await statuses(ana, second)).toEqual(['pending']);
  expect(await macros(bo)).toEqual([]);
});

test('a macro that somebody removes in their own name, whose it is not, stays', async () => {
  const { hub, ana, bo } = await pair();
  await saveMacro(ana);
  await quiet({ hub, ana, bo });
  const boId = (await bo.ask('workspace.get', {})).me?.agentId ?? makeId('agt', 'none');
  // as a changed program would, past the engine's own check
  const ledger = createCaseLedger({ log: leavePending, ids: new IdSource(clock), clock, node: 'forger' });
  bo.engine.store.write((tx) => {
    const { macroId } = MACRO;
    ledger.recordTeamEvent(tx, `macro.${macroId}`, 'macro.removed', { macroId, owner: boId }, { actor: boId });
  });
  // something behind it in the log
  await saveView(bo);
  await until(async () => (await ana.ask('views.list', {})).length === 1, 'Ana has heard it');
  expect((await macros(ana)).map(({ name }) => name)).toEqual([MACRO.name]);
});

test('how often a macro is used is told to colleagues now and then, and never taken back', async () => {
  let now = Date.now();
  const moving = { now: () => instant(now) };
  const hub = new MemoryHub(moving);
  const [ana, bo] = [await startStation(hub, 'Ana', { clock: moving, hasChannel: true }), await startStation(hub, 'Bo', { clock: moving })];
  open.push(ana, bo);
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  await until(async () => (await bo.ask('team.get', {}))?.phase === 'live', 'both have joined');
  await saveMacro(ana);
  await quiet({ hub, ana, bo });
  const uses = async (station: TeamStation) => (await macros(station))[0]?.uses;
  const use = async (station: TeamStation, times: number): Promise<void> => {
    for (let each = 0; each < times; each += 1) await station.ask('macros.used', { opId: op(), macroId: MACRO.macroId });
    await quiet({ hub, ana, bo });
  };
  const told = (): number => bo.engine.store.read((db) => db.all("SELECT 1 FROM events WHERE type = 'macro.counted'")).length;
  // the first one at once, the next nine wait
  await use(bo, 1);
  expect([await uses(ana), await uses(bo), told()]).toEqual([1, 1, 1]);
  await use(bo, 9);
  expect([await uses(ana), await uses(bo), told()]).toEqual([1, 10, 1]);
  await use(bo, 1);
  expect([await uses(ana), await uses(bo), told()]).toEqual([11, 11, 2]);
  // few ones are told with the first of another day
  await use(bo, 1);
  now += 25 * 3_600_000;
  await use(bo, 1);
  expect([await uses(ana), told()]).toEqual([13, 3]);
  // both count for both, also when the tables are made anew from the log
  await use(ana, 1);
  expect([await uses(ana), await uses(bo)]).toEqual([14, 14]);
  await saveMacro(ana, { name: 'Renamed' });
  await quiet({ hub, ana, bo });
  expect([await uses(ana), await uses(bo)]).toEqual([14, 14]);
  // of one's own nobody is told
  await bo.ask('macros.save', {
    opId: op(),
    macro: { ...MACRO, macroId: makeId('mac', 'own'), shortcut: 'own', name: 'Own' },
    isTeam: false,
  });
  await bo.ask('macros.used', { opId: op(), macroId: makeId('mac', 'own') });
  await quiet({ hub, ana, bo });
  expect(told()).toBe(4);
});
