import { expect, onTestFinished, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';

let now = instant(Date.UTC(2026, 10, 29, 12));
const clock = { now: () => now };

/** A desk with cases of these subjects. */
async function desk(...subjects: readonly string[]) {
  const { station, channel } = await startWithChannel(clock);
  onTestFinished(async () => station[Symbol.asyncDispose]());
  await introduce(station);
  const mails = subjects.map((subject) =>
    customerMail(clock, { from: { address: `${subject.toLowerCase()}@customer.test`, name: subject }, subject }),
  );
  channel.deliver(...mails);
  await until(() => mails.every((mail) => caseOfMessage(station, mail) !== null), 'all have written');
  const cases = mails.map((mail) => caseOfMessage(station, mail) ?? makeId('case', 'none'));
  const visit = async (kind: 'case' | 'view' | 'person' | 'command', target: string): Promise<void> => {
    now = instant(now + HOUR_MS);
    await station.ask('desk.visit', { opId: op(), kind, target });
  };
  const visits = async (): Promise<readonly string[]> =>
    (await station.ask('desk.visits', {})).map(({ kind, target, title, times }) => `${kind} ${title === '' ? target : title} ${times}`);
  return { station, cases, visit, visits };
}

test('where somebody was is there with what it is called now, the newest first, counted, until they forget it', async () => {
  const { station, cases, visit, visits } = await desk('Anna', 'Bo');
  const [anna = makeId('case', 'none'), bo = makeId('case', 'none')] = cases;
  for (const [kind, target] of [
    ['case', anna],
    ['view', 'mine'],
    ['case', bo],
    ['case', 'case_gone'],
    ['person', 'con_gone'],
    ['command', 'case.claim'],
    ['case', anna],
  ] as const)
    await visit(kind, target);
  expect(await visits()).toEqual(['case Anna 2', 'command case.claim 1', 'case Bo 1', 'view mine 1']);
  const contactId = (await station.ask('cases.detail', { caseId: bo }))?.contactId ?? '';
  await visit('person', contactId);
  expect((await visits())[0]).toBe('person Bo 1');
  await station.ask('desk.forgetVisits', { opId: op() });
  expect(await visits()).toEqual([]);
});

test('visits of one kind never grow beyond what is kept, and do not push out those of another', async () => {
  const { station, visit, visits } = await desk();
  await visit('view', 'mine');
  for (let index = 0; index < 230; index += 1) await station.ask('desk.visit', { opId: op(), kind: 'command', target: `command.${index}` });
  const all = await visits();
  expect(all.filter((each) => each.startsWith('command'))).toHaveLength(200);
  expect(all).toContain('view mine 1');
});

test('keys are kept for who sits here; what is no key is refused, and what was kept wrong is left out', async () => {
  const { station } = await desk();
  expect(await station.ask('desk.keys', {})).toEqual({ keys: {}, isWithoutCharacterKeys: false });
  const keyMap = { keys: { 'case.claim': ['b', 'g c'], 'case.hold': [] }, isWithoutCharacterKeys: true };
  await station.ask('desk.setKeys', { opId: op(), keyMap });
  expect(await station.ask('desk.keys', {})).toEqual(keyMap);
  for (const wrong of [{ keys: { a: 'b' } }, { keys: { a: ['b', 'c', 'd', 'e', 'f'] } }, { keys: { '': [] } }, { keys: {}, more: 1 }])
    expect(await station.call('desk.setKeys', { opId: op(), keyMap: { isWithoutCharacterKeys: false, ...wrong } } as never)).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
  await station.ask('desk.setKeys', { opId: op(), keyMap: { keys: { 'case.claim': ['B', 'b'] }, isWithoutCharacterKeys: false } });
  expect(await station.ask('desk.keys', {})).toEqual({ keys: { 'case.claim': ['b'] }, isWithoutCharacterKeys: false });
});

test('undo and redo go back and forth over one operation, and the clocks with them', async () => {
  const { station, cases } = await desk('Anna');
  const [caseId = makeId('case', 'none')] = cases;
  const status = async (): Promise<string | undefined> => (await station.ask('cases.detail', { caseId }))?.status;
  const clocks = async (): Promise<readonly string[] | undefined> =>
    (await station.ask('sla.clocks', { caseId }))?.instances.map(({ metric, state, dueAt }) => `${metric} ${state} ${String(dueAt)}`);
  const before = await clocks();
  const solve = op();
  await station.ask('cases.apply', { opId: solve, caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
  const solved = await clocks();
  expect(solved).not.toEqual(before);
  let last = solve;
  for (const [expected, looks] of [
    ['open', before],
    ['solved', solved],
    ['open', before],
    ['solved', solved],
  ] as const) {
    const next = op();
    expect(await station.ask('cases.undo', { opId: next, undoes: last })).toMatchObject({ changed: 1, kept: 0, undoable: true });
    expect(await status()).toBe(expected);
    expect(await clocks()).toEqual(looks);
    expect(await station.call('cases.undo', { opId: op(), undoes: last })).toMatchObject({ ok: false, error: { code: 'nothing-to-undo' } });
    last = next;
  }
});

test('an undo never overwrites what came after it, and takes back the rest', async () => {
  const { station, cases } = await desk('Anna', 'Bo');
  const [anna = makeId('case', 'none'), bo = makeId('case', 'none')] = cases;
  const apply = async (caseIds: readonly CaseId[], action: Parameters<typeof station.ask<'cases.apply'>>[1]['action']) => {
    const opId = op();
    await station.ask('cases.apply', { opId, caseIds, action });
    return opId;
  };
  const undo = async (undoes: ReturnType<typeof op>) => station.call('cases.undo', { opId: op(), undoes });
  const both = await apply([anna, bo], { kind: 'priority', to: 'high' });
  const label = await apply([anna], { kind: 'add-label', label: 'vip' });
  const pending = await apply([anna], { kind: 'status', to: 'pending' });
  await apply([anna], { kind: 'priority', to: 'urgent' });
  await apply([anna], { kind: 'status', to: 'solved' });
  const me = (await station.ask('workspace.get', {})).me?.agentId;
  // out of order, each where nobody changed the same
  expect(await undo(label)).toMatchObject({ ok: true, value: { changed: 1, kept: 0 } });
  expect(await undo(both)).toMatchObject({ ok: true, value: { changed: 1, kept: 1, keptBy: [me] } });
  expect(await undo(pending)).toMatchObject({ ok: false, error: { code: 'changed-since', detail: me } });
  expect(await station.ask('cases.detail', { caseId: anna })).toMatchObject({ priority: 'urgent', status: 'solved', labels: [] });
  expect(await station.ask('cases.detail', { caseId: bo })).toMatchObject({ priority: 'normal' });
});
