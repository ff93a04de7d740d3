import { expect, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import type { Macro } from '../../src/shared/domain/macro/macro.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.UTC(2026, 10, 29, 12)) };

const KYC: Macro = {
  macroId: makeId('mac', 'kyc'),
  name: 'Identity check',
  shortcut: 'kyc',
  texts: [
    { language: 'en', text: 'Dear {{customer.firstName}}, it is {{customer.localTime}} where you are.' },
    { language: 'zh-Hans', text: '{{customer.name}}，您好。' },
    { language: 'ja', text: '{{customer.name}}様、{{date}}' },
  ],
  actions: [
    { kind: 'status', to: 'pending' },
    { kind: 'priority', to: 'high' },
    { kind: 'add-label', label: 'kyc' },
  ],
  channels: [],
};

const PEOPLE = [
  { from: { address: 'anna@customer.test', name: 'Anna Smith' }, language: 'en', senderOffsetMinutes: 60 },
  { from: { address: 'wang@customer.test', name: '王小明' }, language: 'zh-Hans', senderOffsetMinutes: 480 },
  { from: { address: 'mei@customer.test', name: '田中 芽衣' }, language: 'ja', senderOffsetMinutes: 540 },
] as const;

/** Three cases of three languages, in the order of `PEOPLE`. */
async function threeCases() {
  const { station, channel } = await startWithChannel(clock);
  await introduce(station);
  const mails = PEOPLE.map((person) => customerMail(clock, person));
  channel.deliver(...mails);
  await until(() => mails.every((mail) => caseOfMessage(station, mail) !== null), 'three have written');
  const caseIds = mails.map((mail) => caseOfMessage(station, mail)).filter((each) => each !== null);
  const stateOf = async (caseId: CaseId) => {
    const detail = await station.ask('cases.detail', { caseId });
    return detail === null ? null : [detail.status, detail.priority, detail.labels, detail.queuedReplies, detail.hasDraft];
  };
  const states = async () => Promise.all(caseIds.map(stateOf));
  return { station, caseIds, states };
}

test('a macro answers three cases, each in its language, and one undo puts all of it back', async () => {
  const { station: started, caseIds, states } = await threeCases();
  await using station = started;
  await station.ask('macros.save', { opId: op(), macro: KYC, isTeam: true });
  const filled = await station.ask('macros.preview', { macroId: KYC.macroId, caseIds });
  expect(filled.map(({ language, text, problem }) => [language, text, problem])).toEqual([
    ['en', 'Dear Anna, it is 13:00 where you are.', null],
    ['zh-Hans', '王小明，您好。', null],
    ['ja', '田中 芽衣様、2026年11月29日', null],
  ]);
  const before = await states();
  const opId = op();
  const replies = filled.flatMap(({ caseId, text }) => (text === null ? [] : [{ caseId, text }]));
  const applied = await station.ask('macros.apply', { opId, macroId: KYC.macroId, caseIds, replies });
  expect(applied).toMatchObject({ changed: 3, undoable: true });
  expect(await states()).toEqual(caseIds.map(() => ['pending', 'high', ['kyc'], 1, false]));
  expect(await station.ask('macros.list', {})).toMatchObject([{ name: KYC.name, uses: 3, isTeam: true, canChange: true }]);

  // what the page does for its one undo
  for (const outboxId of applied.outboxIds) {
    const { draftId } = await station.ask('outbox.cancel', { opId: op(), outboxId });
    await station.ask('drafts.discard', { opId: op(), draftId });
  }
  expect(await station.ask('cases.undo', { opId: op(), undoes: opId })).toMatchObject({ changed: 3 });
  expect(await states()).toEqual(before);
});

test('a reply with a gap does not leave, nor does what a macro does with it', async () => {
  const { station: started, caseIds, states } = await threeCases();
  await using station = started;
  const macro = { ...KYC, texts: [{ language: 'en', text: 'About {{order.id}}' }] };
  await station.ask('macros.save', { opId: op(), macro, isTeam: false });
  const [caseId] = caseIds;
  if (caseId === undefined) throw new Error('no case');
  const [offered] = await station.ask('macros.forCase', { caseId });
  expect(offered?.filled).toMatchObject({ text: 'About ⟦order.id⟧', gaps: ['order.id'], problem: 'macro-gap' });
  const before = await states();
  const replies = [{ caseId, text: 'About ⟦order.id⟧' }];
  expect(await station.engine.call('macros.apply', { opId: op(), macroId: macro.macroId, caseIds, replies })).toMatchObject({
    ok: false,
    error: { code: 'macro-gap', detail: caseId },
  });
  // all or nothing
  expect(await states()).toEqual(before);
  const to = [{ address: 'anna@customer.test', name: '' }];
  const draft = { caseId, kind: 'reply' as const, to, cc: [] };
  const { draftId } = await station.ask('drafts.save', { opId: op(), ...draft, text: 'About ⟦order.id⟧' });
  const reply = { caseId, draftId, thenStatus: null, actions: macro.actions };
  expect(await station.engine.call('cases.reply', { opId: op(), ...reply })).toMatchObject({ ok: false, error: { code: 'macro-gap' } });
  await station.ask('drafts.save', { opId: op(), ...draft, text: 'About 12345' });
  const opId = op();
  await station.ask('cases.reply', { opId, ...reply });
  expect((await states())[0]).toEqual(['pending', 'high', ['kyc'], 1, false]);
  await station.ask('cases.undo', { opId: op(), undoes: opId });
  expect((await states())[0]?.slice(0, 3)).toEqual(before[0]?.slice(0, 3));
});

test('a macro that asks for a secret, or for a variable that nobody knows, is not kept', async () => {
  const { station: started } = await threeCases();
  await using station = started;
  const save = async (text: string, change: Partial<Macro> = {}) =>
    station.engine.call('macros.save', { opId: op(), macro: { ...KYC, texts: [{ language: 'en', text }], ...change }, isTeam: true });
  expect(await save('Please send us your recovery phrase.')).toMatchObject({ error: { code: 'asks-for-secret', detail: 'en' } });
  expect(await save('Dear {{customer.nam}}')).toMatchObject({ error: { code: 'unknown-variable', detail: 'customer.nam' } });
  expect(await save(' ', { actions: [] })).toMatchObject({ error: { code: 'nothing-in-it' } });
  expect(await station.ask('macros.list', {})).toEqual([]);
  expect(await save('Dear {{customer.name}}')).toMatchObject({ ok: true });
  expect(await save('Hello', { macroId: makeId('mac', 'other'), shortcut: 'KYC' })).toMatchObject({
    error: { code: 'shortcut-taken', detail: KYC.name },
  });
});

test('what somebody writes in a case is not written over, and then nothing is done to any case', async () => {
  const { station: started, caseIds, states } = await threeCases();
  await using station = started;
  await station.ask('macros.save', { opId: op(), macro: KYC, isTeam: true });
  const [caseId, other] = caseIds;
  if (caseId === undefined || other === undefined) throw new Error('no cases');
  await station.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text: 'Half a sentence', to: [], cc: [] });
  const rows = await station.ask('macros.preview', { macroId: KYC.macroId, caseIds });
  expect(rows.map(({ problem }) => problem)).toEqual(['has-draft', null, null]);
  const before = await states();
  const replies = rows.flatMap((row) => (row.text === null ? [] : [{ caseId: row.caseId, text: row.text }]));
  expect(await station.engine.call('macros.apply', { opId: op(), macroId: KYC.macroId, caseIds, replies })).toMatchObject({
    ok: false,
    error: { code: 'has-draft', detail: caseId },
  });
  expect(await states()).toEqual(before);
  expect((await station.ask('drafts.get', { caseId, kind: 'reply' }))?.text).toBe('Half a sentence');
});

test('what is used most stands first, then what comes first by name; one that is gone is not counted', async () => {
  const { station: started, caseIds } = await threeCases();
  await using station = started;
  const named = (name: string, isTeam: boolean): Parameters<typeof station.ask<'macros.save'>>[1] => ({
    opId: op(),
    macro: { ...KYC, macroId: makeId('mac', name), name, shortcut: name },
    isTeam,
  });
  for (const name of ['beta', 'alpha', 'gamma']) await station.ask('macros.save', named(name, name !== 'gamma'));
  const listed = async () => (await station.ask('macros.list', {})).map(({ name, uses }) => [name, uses]);
  expect(await listed()).toEqual([
    ['alpha', 0],
    ['beta', 0],
    ['gamma', 0],
  ]);
  await station.ask('macros.apply', { opId: op(), macroId: makeId('mac', 'gamma'), caseIds, replies: [] });
  await station.ask('macros.used', { opId: op(), macroId: makeId('mac', 'beta') });
  await station.ask('macros.used', { opId: op(), macroId: makeId('mac', 'gone') });
  expect(await listed()).toEqual([
    ['gamma', 3],
    ['beta', 1],
    ['alpha', 0],
  ]);
  // the same again, as after a lost answer, counts once
  const opId = op();
  for (let again = 0; again < 2; again += 1) await station.ask('macros.used', { opId, macroId: makeId('mac', 'beta') });
  expect((await listed())[1]).toEqual(['beta', 2]);
});
