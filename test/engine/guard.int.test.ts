import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseOfMessage, customerMail, startWithChannel } from './hand-channel.ts';
import type { HandChannel } from './hand-channel.ts';
import { introduce, op, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { CaseId, MessageId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../src/shared/domain/message.ts';
import { instant } from '../../src/shared/domain/time.ts';

const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const CODE = '739416';

let station: Workstation;
let channel: HandChannel;
const time = { now: Date.UTC(2026, 10, 29, 12) };
const clock = { now: () => instant(time.now) };

beforeAll(async () => {
  ({ station, channel } = await startWithChannel(clock));
  await introduce(station);
});

afterAll(async () => station[Symbol.asyncDispose]());

async function receive(
  text: string,
  change: Partial<NormalizedMessage> = {},
): Promise<{ readonly caseId: CaseId; readonly messageId: MessageId }> {
  const message = customerMail(clock, { text, preview: text, ...change });
  channel.deliver(message);
  await until(() => caseOfMessage(station, message) !== null, 'it has come');
  const caseId = caseOfMessage(station, message);
  if (caseId === null) throw new Error('no case');
  const item = (await station.ask('cases.timeline', { caseId })).find((each) => each.kind === 'message');
  if (item?.kind !== 'message') throw new Error('no message');
  return { caseId, messageId: item.messageId };
}

async function draft(caseId: CaseId, text: string): Promise<Parameters<typeof reply>[1]> {
  const { draftId } = await station.ask('drafts.save', {
    opId: op(),
    caseId,
    kind: 'reply',
    text,
    to: [{ address: 'mei@customer.test', name: '' }],
    cc: [],
  });
  return draftId;
}

async function reply(
  caseId: CaseId,
  draftId: Awaited<ReturnType<typeof station.ask<'drafts.save'>>>['draftId'],
  overrideReason?: string,
): Promise<string> {
  const answer = await station.call('cases.reply', {
    opId: op(),
    caseId,
    draftId,
    thenStatus: null,
    ...(overrideReason === undefined ? {} : { overrideReason }),
  });
  return answer.ok ? 'sent' : answer.error.code;
}

test('what was taken out is shown with a reason, to whom may see it, after it is in the audit log', async () => {
  const { caseId, messageId } = await receive(`the phrase is ${PHRASE}`);
  expect(await station.ask('guard.sealed', { messageId })).toMatchObject({ kinds: ['recovery-phrase'], needsLead: true, mayReveal: true });
  expect(await station.call('guard.reveal', { opId: op(), messageId, reason: ' ' })).toMatchObject({
    ok: false,
    error: { code: 'invalid' },
  });
  const shown = await station.ask('guard.reveal', { opId: op(), messageId, reason: 'The customer asked what they sent.' });
  expect(shown.texts).toEqual([`the phrase is ${PHRASE}`]);
  const { rows } = await station.ask('audit.list', { action: 'secret.revealed', from: null, to: null, before: null, limit: 10 });
  expect(rows[0]).toMatchObject({ caseId, messageId, detail: 'recovery-phrase: The customer asked what they sent.' });
  const timeline = await station.ask('cases.timeline', { caseId });
  expect(timeline.flatMap((item) => (item.kind === 'event' ? [item.body.type] : []))).toContain('case.secretRevealed');
  // nothing remembers the answer
  const remembered = station.engine.store.read((db) => db.all<{ result: string }>('SELECT result FROM operations'));
  expect(JSON.stringify(remembered)).not.toContain('winner');
});

test('an agent who is no lead sees codes, and no phrases', async () => {
  const withPhrase = await receive(PHRASE);
  const withCode = await receive(`the verification code is ${CODE}`);
  const { me } = await station.ask('workspace.get', {});
  if (me === null) throw new Error('nobody');
  // somebody else leads
  station.engine.store.write((tx) => {
    tx.run(
      `INSERT INTO agents(uid, name, hub, zone, languages, is_me, profile) SELECT 'agt_lead', 'Bo', hub, zone, languages, 0,
       json_set(profile, '$.agentId', 'agt_lead', '$.tiers', json('["lead"]'), '$.isActive', json('true')) FROM agents WHERE is_me = 1`,
    );
    tx.run(`UPDATE agents SET profile = json_set(profile, '$.tiers', json('[]')) WHERE is_me = 1`);
  });
  expect(await station.call('guard.reveal', { opId: op(), messageId: withPhrase.messageId, reason: 'curious' })).toMatchObject({
    ok: false,
    error: { code: 'not-allowed' },
  });
  const shown = await station.ask('guard.reveal', { opId: op(), messageId: withCode.messageId, reason: 'Which code was it?' });
  expect(shown.texts).toEqual([`the verification code is ${CODE}`]);
  station.engine.store.write((tx) => tx.run("DELETE FROM agents WHERE uid = 'agt_lead'"));
});

test('originals run out, and their key goes with them', async () => {
  const { messageId } = await receive(PHRASE);
  const keys = (): string[] =>
    station.shell.asked.flatMap(({ name, input }) => (name === 'secret.delete' ? [(input as { ref: string }).ref] : []));
  time.now += 25 * 3_600_000;
  expect(await station.ask('guard.sealed', { messageId })).toMatchObject({ keptUntil: null, mayReveal: false });
  expect(await station.call('guard.reveal', { opId: op(), messageId, reason: 'too late' })).toMatchObject({
    ok: false,
    error: { code: 'not-kept' },
  });
  await station.engine.guard.erase();
  expect(station.engine.store.read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM sealed_originals'))?.count).toBe(0);
  expect(keys().some((ref) => ref.endsWith('seal:2026-11-29'))).toBe(true);
});

test('where nothing is to be kept only the placeholder is kept', async () => {
  await station.ask('guard.saveRetention', { opId: op(), hours: 0 });
  const { messageId } = await receive(PHRASE);
  expect(await station.ask('guard.sealed', { messageId })).toMatchObject({ kinds: ['recovery-phrase'], keptUntil: null });
  await station.ask('guard.saveRetention', { opId: op(), hours: 24 });
});

test('every change of the audit log is found, and so is a cut end', async () => {
  const { messageId } = await receive(`the verification code is ${CODE}`);
  const before = (await station.ask('audit.list', { action: null, from: null, to: null, before: null, limit: 1 })).rows[0]?.number ?? 0;
  for (let turn = 0; turn < 4; turn += 1) await station.ask('guard.reveal', { opId: op(), messageId, reason: `reason ${turn}` });
  expect(await station.ask('audit.verify', {})).toEqual({ outcome: 'whole', count: before + 4, anchored: before + 4, unkeyed: 0 });
  const { store } = station.engine;
  const tamper = async (sql: string): Promise<unknown> => {
    const kept = store.read((db) => db.all<Record<string, string | number | null>>('SELECT * FROM audit_log'));
    store.write((tx) => tx.run(sql));
    const verdict = await station.ask('audit.verify', {});
    store.write((tx) => {
      tx.run('DELETE FROM audit_log');
      for (const row of kept)
        tx.run(
          'INSERT INTO audit_log VALUES(@number, @at, @actor, @action, @case_uid, @message_uid, @detail, @is_keyed, @previous, @hash)',
          row,
        );
    });
    return verdict;
  };
  expect(await tamper("UPDATE audit_log SET detail = 'one-time-code: harmless' WHERE number = 2")).toEqual({ outcome: 'broken', at: 2 });
  expect(await tamper("UPDATE audit_log SET actor = 'agt_other' WHERE number = 4")).toEqual({ outcome: 'broken', at: 4 });
  expect(await tamper('UPDATE audit_log SET at = at + 1 WHERE number = 1')).toEqual({ outcome: 'broken', at: 1 });
  expect(await tamper('DELETE FROM audit_log WHERE number = 3')).toEqual({ outcome: 'broken', at: 3 });
  expect(await tamper('DELETE FROM audit_log WHERE number > 2')).toEqual({ outcome: 'cut', count: 2, anchored: before + 4 });
  expect(await tamper('DELETE FROM audit_log')).toEqual({ outcome: 'cut', count: 0, anchored: before + 4 });
  expect(await station.ask('audit.verify', {})).toMatchObject({ outcome: 'whole' });
});

test('the vault is asked for no key that it was not given', () => {
  const asked = station.shell.asked.flatMap(({ name, input }) =>
    name === 'secret.set' ? [(input as { ref: string }).ref.split(':').slice(2).join(':')] : [],
  );
  expect(asked).toEqual([...new Set(asked)]);
});

test('a reply that asks for a secret is refused, unless somebody says on record that it warns', async () => {
  const { caseId } = await receive('Help');
  expect(await reply(caseId, await draft(caseId, 'Please send me your recovery phrase so that I can check.'))).toBe('asks-for-secret');
  expect(await reply(caseId, await draft(caseId, 'Never send anybody your recovery phrase. We do not need it.'))).toBe('sent');
  const other = await receive('Help me, too');
  const asking = await draft(other.caseId, 'Please send me your recovery phrase so that I can check.');
  expect(await reply(other.caseId, asking, 'It quotes what the swindler wrote.')).toBe('sent');
  const { rows } = await station.ask('audit.list', { action: 'reply.overridden', from: null, to: null, before: null, limit: 10 });
  expect(rows[0]).toMatchObject({ caseId: other.caseId, detail: 'asks-for-secret (recovery-phrase): It quotes what the swindler wrote.' });
});

test('a draft and a note hold no phrase, and a reply that would echo one is refused', async () => {
  const { caseId } = await receive('Help');
  const saved = await draft(caseId, `You sent: ${PHRASE}`);
  expect((await station.ask('drafts.get', { caseId, kind: 'reply' }))?.text).toMatch(/⟦redacted:recovery-phrase(?::\d+)?⟧$/u);
  expect(await reply(caseId, saved)).toBe('echoes-secret');
  expect(await reply(caseId, await draft(caseId, `> ⟦redacted:recovery-phrase:12⟧\n\nWe took it out.`))).toBe('sent');
  await station.ask('cases.addNote', { opId: op(), caseId, text: `pasted ${PHRASE}` });
  const note = (await station.ask('cases.timeline', { caseId })).find((item) => item.kind === 'note');
  expect(note?.kind === 'note' ? note.text : '').toMatch(/⟦redacted:recovery-phrase(?::\d+)?⟧$/u);
  const number = await draft(caseId, 'my password is Qw7!falter-Zebra');
  expect((await station.ask('drafts.get', { caseId, kind: 'reply' }))?.text).toContain('Zebra');
  expect(await reply(caseId, number)).toBe('echoes-secret');
});

test('links to domains that look like ours are refused once the team has said which are ours', async () => {
  const { caseId } = await receive('Help');
  expect(await reply(caseId, await draft(caseId, 'See https://examp1e.com/login'))).toBe('sent');
  await station.ask('guard.saveRegistry', { opId: op(), registry: { accounts: [], domains: ['example.com'], brands: ['Example'] } });
  const other = await receive('Help me, too');
  expect(await reply(other.caseId, await draft(other.caseId, 'See https://examp1e.com/login'))).toBe('unofficial-link');
  expect(await station.ask('guard.checkDraft', { caseId: null, text: 'See https://www.example.com/help' })).toEqual([]);
});

test('a customer can find out whose code it is', async () => {
  const { caseId } = await receive('Are you really from support?');
  expect(await station.ask('authenticity.code', { caseId })).toMatchObject({ code: null });
  await station.ask('authenticity.renew', { opId: op() });
  const { code } = await station.ask('authenticity.code', { caseId });
  if (code === null) throw new Error('no code');
  const ask = async (asked: string): Promise<string> =>
    (await station.ask('authenticity.check', { opId: op(), code: asked, caseId: null })).outcome;
  expect(await ask(code.toLowerCase().replaceAll('-', ' '))).toBe('genuine');
  expect(await ask('7K2M-Q9XD')).toBe('mistyped');
  expect(station.engine.guard.checkCode(code)?.name).toBe('Ana Reis');
  expect(station.engine.guard.checkCode('7K2M-Q9XD-4T0*')).toBeNull();
  await until(
    async () =>
      (await station.ask('audit.list', { action: 'authenticity.checked', from: null, to: null, before: null, limit: 10 })).rows.length ===
      4,
    'customers who asked are on record',
  );
  await station.ask('authenticity.renew', { opId: op() });
  expect(await ask(code)).toBe('genuine');
  time.now += 2 * 24 * 3_600_000;
  expect(await ask(code)).toBe('unknown');
  expect(
    (await station.ask('audit.list', { action: 'authenticity.checked', from: null, to: null, before: null, limit: 10 })).rows,
  ).toHaveLength(6);
});

test('a customer who sent a phrase is told what to do, once a day, in their language, and only where a machine may answer', async () => {
  const warnings = (): readonly string[] =>
    channel.sent.filter(({ automatic }) => automatic !== undefined).map(({ text }) => text.slice(0, 12));
  const before = warnings().length;
  const first = await receive(PHRASE, { language: 'zh' });
  await until(() => warnings().length === before + 1, 'the warning was sent');
  expect(warnings().at(-1)).toBe('您的消息中包含助记词或私钥。'.slice(0, 12));
  expect(channel.sent.at(-1)).toMatchObject({
    to: [{ address: 'mei@customer.test' }],
    automatic: { headers: { 'Auto-Submitted': 'auto-replied' } },
  });
  const thread = station.engine.store.read((db) =>
    db.get<{ key: string }>('SELECT own_key AS key FROM messages WHERE uid = @uid', { uid: first.messageId }),
  );
  await receive(`once more: ${PHRASE}`, {
    thread: { tokens: [], ownKey: '<again@customer.test>', parentKeys: [`<${thread?.key ?? ''}>`] },
  });
  await receive(PHRASE, { auto: 'auto-reply' });
  await receive(`the verification code is ${CODE}`);
  const last = await receive(PHRASE, { language: 'pt-BR' });
  await until(() => warnings().length === before + 2, 'the next case was warned');
  expect(warnings().at(-1)).toBe('A sua mensag');
  await station.ask('guard.saveRules', { opId: op(), rules: { warnsCustomers: false, neverFirst: { isOn: false, texts: {} } } });
  await receive(PHRASE, { language: 'es' });
  expect(
    station.engine.store.read((db) => db.get<{ count: number }>("SELECT count(*) AS count FROM messages WHERE own_key LIKE 'w.%'"))?.count,
  ).toBeGreaterThan(0);
  expect(warnings()).toHaveLength(before + 2);
  expect(last.caseId).not.toBe(first.caseId);
});

test('who looks like us is marked, and so are links that look like ours', async () => {
  await station.ask('guard.saveRegistry', {
    opId: op(),
    registry: {
      accounts: [{ channel: 'telegram', nativeId: '4711', name: 'Example Support', handle: '@example_support' }],
      domains: ['example.com'],
      brands: ['Example'],
    },
  });
  const warningsOf = async (change: Partial<NormalizedMessage>, text = 'Hello'): Promise<readonly string[]> => {
    const { caseId } = await receive(text, change);
    const item = (await station.ask('cases.timeline', { caseId })).find((each) => each.kind === 'message');
    return item?.kind === 'message' ? item.warnings : [];
  };
  const origin = (nativeId: string, handle: string): Pick<NormalizedMessage, 'origin'> => ({
    origin: {
      conversation: `tg-${nativeId}-${handle}`,
      nativeKey: handle,
      author: { nativeId, handle, verification: 'platform', facts: {} },
      isPrivate: true,
    },
  });
  expect(
    await warningsOf({ channel: 'telegram', from: { address: '99@telegram', name: 'Examp1e Supp0rt' }, ...origin('99', '@helper') }),
  ).toEqual(['impostor-name']);
  expect(
    await warningsOf({
      channel: 'telegram',
      from: { address: '4711@telegram', name: 'Example Support' },
      ...origin('4711', '@example_support'),
    }),
  ).toEqual([]);
  expect(await warningsOf({ channel: 'telegram', from: { address: '99@telegram', name: 'Mei' }, ...origin('99', '@other') })).toEqual([
    'handle-changed',
  ]);
  expect(await warningsOf({ from: { address: 'help@examp1e.com', name: 'Mei' } })).toEqual(['lookalike-sender']);
  expect(await warningsOf({}, 'see https://examp1e.com/login')).toEqual(['lookalike-link']);
  expect(await warningsOf({ html: '<a href="https://evil.test/x">www.example.com</a>' })).toEqual(['link-mismatch']);
  expect(await warningsOf({}, 'see https://www.example.com/help')).toEqual([]);
});
