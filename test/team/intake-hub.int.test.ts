import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinHub, startRealStation, theCase } from './real-station.ts';
import type { RealStation } from './real-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { TestHub } from '../hub/hub-server.ts';
import { IdSource } from '../../src/main/engine/identity.ts';
import { leavePending } from '../../src/main/engine/team/admission.ts';
import { createCaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import type { CaseIntake } from '../../src/shared/contract/intake.contract.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, CaseId } from '../../src/shared/domain/ids.ts';
import { DEFAULT_RULES } from '../../src/shared/domain/intake/checklist.ts';
import type { IntakeRules } from '../../src/shared/domain/intake/checklist.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** The checklist of one case at two workstations on a real hub. Ana is the lead and has the channel. */

const clock = { now: () => instant(Date.now()) };
let hub: TestHub;
let ana: RealStation;
let bo: RealStation;
let caseId: CaseId;
beforeAll(async () => {
  hub = await TestHub.start({
    users: [
      { name: 'ana', role: 'lead' },
      { name: 'bo', role: 'agent' },
    ],
  });
  ana = await startRealStation('Ana', { hasChannel: true });
  const text = 'Hello, I sent 500 USDT yesterday and it is not in my account.';
  ana.channel.deliver(customerMail(clock, { subject: 'Deposit not credited', text, preview: text }));
  caseId = await theCase(ana);
  await joinHub(ana, hub, 'ana');
  await live(ana, 'Ana has joined');
  // without any lead everybody decides
  const { roster, me } = await ana.ask('roster.get', {});
  const agent = roster.agents.find((each) => each.agentId === me);
  if (agent === undefined) throw new Error('nobody sits here');
  await ana.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: { ...agent, tiers: ['lead'] } }] });
  bo = await startRealStation('Bo');
  await joinHub(bo, hub, 'bo');
  await live(bo, 'Bo has joined');
  await theCase(bo);
  await until(async () => !(await bo.ask('intake.rules', {})).canChange, 'Bo knows who leads');
});
afterAll(async () => {
  await bo[Symbol.asyncDispose]();
  await ana[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

async function live(station: RealStation, what: string): Promise<void> {
  await until(async () => (await station.ask('team.get', {}))?.phase === 'live', what);
}

async function intake(station: RealStation): Promise<CaseIntake> {
  const found = await station.ask('intake.ofCase', { caseId });
  if (found === null) throw new Error('no checklist');
  return found;
}
const fact = async (station: RealStation, field: string) => (await intake(station)).facts.find((each) => each.field === field);
const setKind = async (station: RealStation, kind: string) => station.ask('intake.setKind', { opId: op(), caseId, kind, isAsRead: false });
const setFact = async (station: RealStation, field: string, value: string | null) =>
  station.ask('intake.setFact', { opId: op(), caseId, field, value, isAsRead: false });

/** The hub is gone for both while they work, and comes back. */
async function whileOffline(work: () => Promise<void>): Promise<void> {
  await hub.crash();
  for (const each of [ana, bo]) await until(async () => (await each.ask('team.get', {}))?.link.state !== 'online', 'the hub is gone');
  await work();
  await hub.run();
  for (const each of [ana, bo]) await each.ask('team.nudge', { opId: op() });
  await until(async () => {
    const states = await Promise.all([ana, bo].map(async (each) => each.ask('team.get', {})));
    return states.every((state) => state?.link.state === 'online' && state.pending.count === 0);
  }, 'both have told everything');
}

const eventsOf = ({ engine: { store } }: RealStation): readonly unknown[] =>
  store.read((db) => db.all("SELECT id, sequence, void FROM events WHERE type LIKE 'intake.%' ORDER BY sequence"));

/** Both have the same events of it in one order, and find the same in them. */
async function theSame(): Promise<CaseIntake> {
  await until(() => JSON.stringify(eventsOf(ana)) === JSON.stringify(eventsOf(bo)), 'both have the same events');
  const [atAna, atBo] = [await intake(ana), await intake(bo)];
  expect(atBo).toEqual(atAna);
  for (const each of [ana, bo])
    await until(async () => {
      const row = await each.ask('intake.row', { caseId });
      return row?.kind?.id === atAna.kindId && row?.known === atAna.known && row.needed === atAna.needed;
    }, 'lists show the same');
  return atAna;
}

test('a kind that one says and a fact that the other corrects, both without the hub, are there for both', async () => {
  expect(await intake(ana)).toMatchObject({ kindId: 'deposit', kindBy: 'words' });
  expect(await fact(bo, 'amount')).toMatchObject({ value: '500 USDT' });
  await whileOffline(async () => {
    await setKind(ana, 'withdrawal');
    await setFact(bo, 'amount', '505 USDT');
    await setFact(bo, 'network', 'TRC20');
    // neither knows what the other does
    expect(await intake(bo)).toMatchObject({ kindId: 'deposit' });
    expect(await fact(ana, 'amount')).toMatchObject({ value: '500 USDT' });
  });
  const both = await theSame();
  expect(both).toMatchObject({ kindId: 'withdrawal', kindBy: 'agent' });
  const boId = (await bo.ask('workspace.get', {})).me?.agentId;
  expect(await fact(ana, 'amount')).toMatchObject({ value: '505 USDT', source: { kind: 'agent', agentId: boId } });
  expect(await fact(ana, 'network')).toMatchObject({ value: 'TRC20' });
  for (const each of [ana, bo]) expect(await each.ask('team.conflicts', { state: 'all' })).toEqual([]);
});

test('of one fact that both correct apart the later value stands for both, and what was said of others stays', async () => {
  await whileOffline(async () => {
    await setFact(ana, 'coin', 'USDC');
    await setFact(bo, 'coin', 'DAI');
    await setFact(bo, 'amount', null);
    await setKind(ana, 'deposit');
    await setKind(bo, 'deposit');
  });
  const both = await theSame();
  expect(both).toMatchObject({ kindId: 'deposit', kindBy: 'agent' });
  // what came last into the log stands, and nobody has to decide
  const last = ana.engine.store.read((db) =>
    db.get<{ value: string; actor: AgentId }>(
      `SELECT body ->> '$.value' AS value, actor FROM events WHERE type = 'intake.factSet' AND body ->> '$.field' = 'coin' ORDER BY sequence DESC LIMIT 1`,
    ),
  );
  expect(await fact(bo, 'coin')).toMatchObject({ value: last?.value, source: { kind: 'agent', agentId: last?.actor } });
  for (const each of [ana, bo]) expect(await each.ask('team.conflicts', { state: 'open' })).toEqual([]);
  // and the record tells both, in the same words, whose word gave way to it, whoever was first at the hub
  const [anaId, boId] = await Promise.all([ana, bo].map(async (each) => (await each.ask('workspace.get', {})).me?.agentId));
  const lost = last?.actor === boId ? { value: 'USDC', by: anaId } : { value: 'DAI', by: boId };
  for (const each of [ana, bo]) {
    const told = (await each.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'event' && item.overtaken !== undefined);
    expect(told).toMatchObject([{ agentId: last?.actor, body: { field: 'coin', value: last?.value }, overtaken: lost }]);
  }
  expect((await fact(ana, 'amount'))?.value ?? null).toBeNull();
  expect(await fact(ana, 'network')).toMatchObject({ value: 'TRC20' });
});

test('a lead’s checklist reaches the member, whose own is refused, and kept from the team also past that refusal', async () => {
  const [deposit, ...others] = DEFAULT_RULES.kinds;
  if (deposit === undefined) throw new Error('no kinds');
  const withBank = (name: string, text: string): IntakeRules => ({
    kinds: [{ ...deposit, items: [{ field: 'own-bank', isNeeded: true, name, questions: [{ language: 'en', text }] }] }, ...others],
  });
  const mine = withBank('Mine', 'Which of my banks?');
  expect(await bo.call('intake.save', { opId: op(), rules: mine })).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  expect(await bo.ask('intake.rules', {})).toMatchObject({ isDefault: true, canChange: false });

  const bank = withBank('Bank', 'Which bank did you send it from?');
  await ana.ask('intake.save', { opId: op(), rules: bank });
  await until(async () => !(await bo.ask('intake.rules', {})).isDefault, 'Bo has the checklist');
  expect(await bo.ask('intake.rules', {})).toEqual({ rules: bank, canChange: false, isDefault: false });
  expect((await intake(bo)).ask?.text).toContain('Which bank did you send it from?');
  expect(await theSame()).toMatchObject({ missing: ['own-bank'], needed: 1 });

  // as a command that forgot to ask would
  const boId = (await bo.ask('workspace.get', {})).me?.agentId ?? makeId('agt', 'none');
  const ledger = createCaseLedger({ log: leavePending, ids: new IdSource(clock), clock, node: 'forger' });
  bo.engine.store.write((tx) => ledger.recordTeamEvent(tx, 'intake', 'intakeRules.saved', mine, { actor: boId }));
  // something behind it in the log
  await bo.ask('cases.addNote', { opId: op(), caseId, text: 'Behind it.' });
  await until(async () => (await ana.ask('cases.timeline', { caseId })).some((item) => item.kind === 'note'), 'Ana has heard it');
  expect(await ana.ask('intake.rules', {})).toEqual({ rules: bank, canChange: true, isDefault: false });
  await until(async () => isDeepStrictEqual((await bo.ask('intake.rules', {})).rules, bank), 'Bo has what the team has');
  const refused = bo.engine.store.read((db) =>
    db.all("SELECT sequence, void FROM events WHERE type = 'intakeRules.saved' AND actor = @boId", { boId }),
  );
  expect(refused).toEqual([{ sequence: null, void: 'needs-you:not-permitted' }]);
});
