import { expect, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import { markAllStale, writeIntakeRules } from '../../src/main/engine/store/intake.store.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { DEFAULT_RULES } from '../../src/shared/domain/intake/checklist.ts';
import type { CaseKind } from '../../src/shared/domain/intake/checklist.ts';
import { instant } from '../../src/shared/domain/time.ts';

const clock = { now: () => instant(Date.UTC(2026, 10, 29, 12)) };
const HASH = `0x${'7a'.repeat(32)}`;

/** A case of one mail, with ways to look at it and to go on with it. */
async function startCase(change: Partial<NormalizedMessage>) {
  const { station, channel } = await startWithChannel(clock);
  await introduce(station);
  const mail = customerMail(clock, change);
  channel.deliver(mail);
  await until(() => caseOfMessage(station, mail) !== null, 'somebody has written');
  const caseId = caseOfMessage(station, mail);
  if (caseId === null) throw new Error('no case');
  const intake = async (id: CaseId = caseId) => {
    const found = await station.ask('intake.ofCase', { caseId: id });
    if (found === null) throw new Error('no intake');
    return found;
  };
  const valueOf = async (field: string) => (await intake()).facts.find((each) => each.field === field)?.value ?? null;
  const send = async (text: string) => {
    const detail = await station.ask('cases.detail', { caseId });
    const draft = { caseId, kind: 'reply' as const, to: detail?.replyTo ?? [], cc: [], text };
    const { draftId } = await station.ask('drafts.save', { opId: op(), ...draft });
    return station.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
  };
  const answerWith = async (text: string, more: Partial<NormalizedMessage> = {}) => {
    const detail = await station.ask('cases.detail', { caseId });
    const answer = customerMail(clock, {
      thread: { ...mail.thread, ownKey: `<a-${String(detail?.messageCount)}@customer.test>`, parentKeys: [mail.thread.ownKey ?? ''] },
      text,
      preview: text.slice(0, 200),
      ...more,
    });
    channel.deliver(answer);
    await until(() => caseOfMessage(station, answer) !== null, 'the answer is here');
  };
  const told = () =>
    station.engine.store.read((db) =>
      db.all<{ type: string }>("SELECT type FROM events WHERE type LIKE 'intake%' ORDER BY local_id").map(({ type }) => type),
    );
  return { station, channel, caseId, intake, valueOf, send, answerWith, told };
}

const DEPOSIT = {
  subject: 'Deposit not credited',
  text: 'Hello, I sent 500 USDT yesterday and it is not in my account.',
  senderOffsetMinutes: 540,
};

test('one message asks for what is missing, is told when it goes, and its answer fills the facts; the second asks only for the rest', async () => {
  const { station: started, intake, valueOf, send, answerWith, told } = await startCase(DEPOSIT);
  await using _station = started;
  const first = await intake();
  expect(first).toMatchObject({ kindId: 'deposit', kindBy: 'words', known: 4, needed: 7, rounds: 0 });
  expect(first.missing).toEqual(['network', 'transaction', 'address']);
  expect(first.facts.find(({ field }) => field === 'when')).toMatchObject({ value: 'yesterday', meaning: '2026-11-28' });
  expect(first.ask?.fields).toEqual(['network', 'transaction', 'address']);
  expect(told()).toEqual([]);
  await send(first.ask?.text ?? '');
  expect(told()).toEqual(['intake.asked']);
  expect(await intake()).toMatchObject({ rounds: 1, openAsk: ['network', 'transaction', 'address'] });
  await answerWith(`1. TRC20\n2. ${HASH}\n3. I do not know\n\n> 1. Which network was used (for example TRC20 or ERC20)?`);
  const second = await intake();
  expect(await valueOf('network')).toBe('TRC20');
  expect(await valueOf('transaction')).toBe(HASH);
  expect(second).toMatchObject({ known: 6, needed: 7, missing: [], rounds: 1, openAsk: [], ask: null });
  expect(second.facts.find(({ field }) => field === 'address')?.state).toBe('not-known');
});

test('an ask that is taken back is no round, and what is asked again is only what is left', async () => {
  const { station: started, intake, send, answerWith } = await startCase(DEPOSIT);
  await using station = started;
  const { outboxId } = await send((await intake()).ask?.text ?? '');
  await station.ask('outbox.cancel', { opId: op(), outboxId });
  expect(await intake()).toMatchObject({ rounds: 0, openAsk: [] });
  await send((await intake()).ask?.text ?? '');
  await answerWith('It was on TRC20.');
  const next = await intake();
  expect(next.missing).toEqual(['transaction', 'address']);
  expect(next.ask?.text).toContain('Only this is still missing');
  expect(next.ask?.text).not.toContain('Which network');
  await send(next.ask?.text ?? '');
  expect(await intake()).toMatchObject({ rounds: 2 });
});

test('a colleague states, corrects and clears a fact, and each is one step back; a secret is refused', async () => {
  const { station: started, caseId, intake, valueOf, told } = await startCase(DEPOSIT);
  await using station = started;
  const set = async (field: string, value: string | null, isAsRead = false) => {
    const opId = op();
    await station.ask('intake.setFact', { opId, caseId, field, value, isAsRead });
    return opId;
  };
  const first = await set('amount', '505 USDT');
  expect((await intake()).facts.find(({ field }) => field === 'amount')).toMatchObject({
    value: '505 USDT',
    source: { kind: 'agent' },
    others: ['500 USDT'],
  });
  await station.ask('cases.undo', { opId: op(), undoes: first });
  expect(await valueOf('amount')).toBe('500 USDT');
  const cleared = await set('amount', null);
  expect((await intake()).missing).toContain('amount');
  await set('amount', '510 USDT');
  // what was said since stays
  await station.engine.call('cases.undo', { opId: op(), undoes: cleared });
  expect(await valueOf('amount')).toBe('510 USDT');
  await set('amount', null, true);
  expect(await valueOf('amount')).toBe('500 USDT');
  const before = told().length;
  const phrase = 'abandon ability able about above absent absorb abstract absurd abuse access accident';
  expect(await station.engine.call('intake.setFact', { opId: op(), caseId, field: 'did', value: phrase, isAsRead: false })).toMatchObject({
    ok: false,
    error: { code: 'is-secret' },
  });
  expect(told()).toHaveLength(before);
});

test('the kind that somebody says counts, and lists and filters know it', async () => {
  const { station: started, caseId, intake } = await startCase(DEPOSIT);
  await using station = started;
  const opId = op();
  await station.ask('intake.setKind', { opId, caseId, kind: 'security', isAsRead: false });
  expect(await intake()).toMatchObject({ kindId: 'security', kindBy: 'agent' });
  expect(await station.engine.call('intake.setKind', { opId: op(), caseId, kind: 'nonsense', isAsRead: false })).toMatchObject({
    error: { code: 'unknown-kind' },
  });
  const row = () =>
    station.engine.store.read((db) =>
      db.get<{ kind: string; known: number; missing: string }>('SELECT kind, known, missing FROM case_intake'),
    );
  await until(() => row()?.kind === 'security', 'the list knows it');
  await station.ask('cases.undo', { opId: op(), undoes: opId });
  await until(() => row()?.kind === 'deposit', 'and that it was taken back');
  expect(row()).toMatchObject({ known: 4, missing: ' network transaction address ' });
});

test('a lead changes a checklist: questions that ask for a secret are refused, the event is told, and cases follow', async () => {
  const { station: started, intake, told } = await startCase(DEPOSIT);
  await using station = started;
  const [deposit, ...others] = DEFAULT_RULES.kinds;
  if (deposit === undefined) throw new Error('no kinds');
  const bank = (text: string): CaseKind => ({
    ...deposit,
    items: [{ field: 'own-bank', isNeeded: true, name: 'Bank', questions: [{ language: 'en', text }] }],
  });
  const save = async (kind: CaseKind) => station.engine.call('intake.save', { opId: op(), rules: { kinds: [kind, ...others] } });
  expect(await save(bank('Please send us your password and the recovery phrase.'))).toMatchObject({
    error: { code: 'asks-for-secret', detail: 'deposit' },
  });
  expect(await save({ ...bank('x'), items: [{ field: 'own-bank', isNeeded: true }] })).toMatchObject({ error: { code: 'no-question' } });
  expect(await save(bank('Which bank did you send it from?'))).toMatchObject({ ok: true });
  expect(await intake()).toMatchObject({ missing: ['own-bank'], needed: 1 });
  expect((await intake()).ask?.text).toContain('1. Which bank did you send it from?');
  expect(told()).toEqual(['intakeRules.saved']);
  expect(await station.ask('intake.rules', {})).toMatchObject({ isDefault: false });
  const missing = () => station.engine.store.read((db) => db.get<{ missing: string }>('SELECT missing FROM case_intake')?.missing);
  await until(() => missing() === ' own-bank ', 'lists follow');
  await station.ask('intake.save', { opId: op(), rules: null });
  expect(await station.ask('intake.rules', {})).toMatchObject({ isDefault: true, rules: DEFAULT_RULES });
});

test('a question that came by another way than saving is judged when it leaves', async () => {
  const { station: started, intake, send, told } = await startCase(DEPOSIT);
  await using station = started;
  const [deposit, ...others] = DEFAULT_RULES.kinds;
  if (deposit === undefined) throw new Error('no kinds');
  const questions = [{ language: 'en', text: 'Please send us your recovery phrase.' }];
  const kind: CaseKind = { ...deposit, items: [{ field: 'own-bank', isNeeded: true, name: 'Bank', questions }] };
  // as a workstation of an older version, or a copied file, would bring it
  station.engine.store.write((tx) => {
    writeIntakeRules(tx, { kinds: [kind, ...others] });
    markAllStale(tx);
  });
  const { ask } = await intake();
  expect(ask?.text).toContain('recovery phrase');
  await expect(send(ask?.text ?? '')).rejects.toThrow('asks-for-secret');
  expect(told()).toEqual([]);
});
