import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinHub, startRealStation, theCase } from './real-station.ts';
import type { RealStation } from './real-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { TestHub } from '../hub/hub-server.ts';
import type { ThreadNews } from '../../src/shared/contract/cases.contract.ts';
import type { ReplyLock } from '../../src/shared/contract/team.contract.ts';
import type { CaseId, DraftId, OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** Two engines on a real hub. Ana has the channel. */
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
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone' }));
  caseId = await theCase(ana);
  await joinHub(ana, hub, 'ana');
  await until(async () => (await ana.ask('team.get', {}))?.phase === 'live', 'Ana has joined');
  bo = await startRealStation('Bo');
  await joinHub(bo, hub, 'bo');
  await theCase(bo);
  await until(async () => (await bo.ask('team.get', {}))?.phase === 'live', 'Bo has joined');
});
afterAll(async () => {
  await bo[Symbol.asyncDispose]();
  await ana[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

async function tell(station: RealStation, doing: 'away' | 'looks' | 'writes' | 'pauses'): Promise<void> {
  const [writing, holds] = [doing === 'writes', doing === 'writes' || doing === 'pauses'];
  await station.ask('team.tellPresence', { opId: op(), viewing: doing === 'away' ? null : caseId, writing, holds });
}

async function takeOver(station: RealStation): Promise<void> {
  await station.ask('team.takeOverReply', { opId: op(), caseId });
}

async function lockOf(station: RealStation): Promise<ReplyLock> {
  return station.ask('team.replyLock', { caseId });
}

async function holderOf(station: RealStation): Promise<string | null> {
  return (await lockOf(station)).holder?.name ?? null;
}

/** Both have left, and both know it. */
async function bothAway(): Promise<void> {
  for (const each of [ana, bo]) await tell(each, 'away');
  for (const each of [ana, bo]) await until(async () => (await each.ask('team.presence', { caseId })).length === 0, 'nobody is there');
}

describe('who writes to the customer', () => {
  test('is seen by colleagues, locks their reply and no note of theirs, over a pause, until it is left', async () => {
    await tell(bo, 'looks');
    await tell(ana, 'writes');
    await until(async () => (await holderOf(bo)) === 'Ana', 'Bo sees that Ana writes');
    expect((await lockOf(bo)).holder).toMatchObject({ user: 'ana', writing: true });
    expect(await bo.ask('team.presence', { caseId })).toMatchObject([{ name: 'Ana', writing: true, replying: true }]);
    expect(await bo.ask('team.writers', { caseIds: [caseId] })).toEqual([{ caseId, subject: 'My coins are gone', names: ['Ana'] }]);
    expect(await ana.ask('team.writers', { caseIds: [caseId] })).toEqual([]);
    expect(await lockOf(ana)).toEqual({ holder: null, lost: null });
    await tell(ana, 'pauses');
    await until(async () => (await lockOf(bo)).holder?.writing === false, 'Bo sees that Ana pauses');
    expect(await bo.ask('team.presence', { caseId })).toMatchObject([{ name: 'Ana', writing: false, replying: true }]);
    // whose page has not heard of the lock yet claims nothing
    await tell(bo, 'writes');
    await until(async () => (await ana.ask('team.presence', { caseId })).length === 1, 'Ana sees Bo');
    expect(await lockOf(ana)).toEqual({ holder: null, lost: null });
    expect(await ana.ask('team.presence', { caseId })).toMatchObject([{ name: 'Bo', writing: false, replying: false }]);
    await tell(ana, 'looks');
    await until(async () => (await holderOf(bo)) === null, 'it is free');
    await bothAway();
  });

  test('may be taken over, is told by whom and when, and may take it back', async () => {
    await tell(ana, 'writes');
    await until(async () => (await holderOf(bo)) === 'Ana', 'Bo sees that Ana writes');
    const before = Date.now();
    await takeOver(bo);
    expect(await lockOf(bo)).toEqual({ holder: null, lost: null });
    await until(async () => (await holderOf(ana)) === 'Bo', 'Ana is told');
    const { lost } = await lockOf(ana);
    expect(lost).toMatchObject({ name: 'Bo', how: 'taken' });
    expect(lost?.at).toBeGreaterThanOrEqual(before);
    // her claim is withdrawn: what Bo sees is that she looks
    await until(async () => (await bo.ask('team.presence', { caseId }))[0]?.replying === false, 'Ana has let go');
    await takeOver(ana);
    await until(async () => (await holderOf(bo)) === 'Ana', 'Bo is told');
    expect(await lockOf(ana)).toEqual({ holder: null, lost: null });
    expect((await lockOf(bo)).lost).toMatchObject({ name: 'Ana', how: 'taken' });
    await bothAway();
    // it is free, and it is still known who had it
    expect(await lockOf(bo)).toMatchObject({ holder: null, lost: { name: 'Ana' } });
    await tell(bo, 'writes');
    expect((await lockOf(bo)).lost).toBeNull();
    await bothAway();
  });

  test('when both press at once both find the same one', async () => {
    for (const each of [ana, bo]) await tell(each, 'looks');
    await Promise.all([takeOver(ana), takeOver(bo)]);
    await until(async () => {
      const holders = [await holderOf(ana), await holderOf(bo)];
      return holders.filter((holder) => holder !== null).length === 1;
    }, 'one of them has it');
    const [atAna, atBo] = [await lockOf(ana), await lockOf(bo)];
    expect([atAna.holder?.name ?? 'Ana', atBo.holder?.name ?? 'Bo'].every((name, _at, all) => name === all[0])).toBe(true);
    // who lost it is told, and nobody else
    expect([atAna, atBo].map(({ holder, lost }) => [holder !== null, lost !== null])).toContainEqual([false, false]);
    expect([atAna, atBo].map(({ holder, lost }) => [holder !== null, lost !== null])).toContainEqual([true, true]);
    await bothAway();
  });

  test('without the hub nobody is locked; when it is back, who began first has it', async () => {
    await tell(bo, 'writes');
    await until(async () => (await holderOf(ana)) === 'Bo', 'Ana is locked');
    await hub.crash();
    for (const each of [ana, bo]) await until(async () => (await each.ask('team.get', {}))?.link.state !== 'online', 'the hub is gone');
    expect(await lockOf(ana)).toEqual({ holder: null, lost: null });
    expect(await ana.ask('team.presence', { caseId })).toEqual([]);
    await tell(ana, 'writes');
    expect(await lockOf(ana)).toEqual({ holder: null, lost: null });
    await hub.run();
    for (const each of [ana, bo]) await each.ask('team.nudge', { opId: op() });
    await until(async () => (await holderOf(ana)) === 'Bo', 'Bo had begun first');
    expect((await lockOf(ana)).lost).toMatchObject({ name: 'Bo', how: 'earlier' });
    expect((await lockOf(bo)).holder).toBeNull();
    await bothAway();
  });
});

async function write(station: RealStation, text: string): Promise<DraftId> {
  const to = [{ address: 'mei@customer.test', name: 'Mei' }];
  return (await station.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text, to, cc: [] })).draftId;
}

async function news(station: RealStation, outboxId: OutboxId | null = null): Promise<ThreadNews> {
  return station.ask('drafts.news', { caseId, outboxId });
}

/** What is new, in a word each. */
function words({ items }: ThreadNews): readonly string[] {
  return items.map((item) => (item.kind === 'event' ? item.body.type : item.text.trim()));
}

describe('what is new since a reply was begun', () => {
  test('is what others did, as it came to be known here; what was looked at is not new again', async () => {
    expect(words(await news(ana))).toEqual([]);
    await write(ana, 'Which wallet');
    await ana.ask('cases.addNote', { opId: op(), caseId, text: 'I look into it.' });
    await bo.ask('cases.addNote', { opId: op(), caseId, text: 'She called.' });
    await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
    await until(async () => (await news(ana)).items.length === 2, 'Ana has what Bo did');
    expect(words(await news(ana))).toEqual(['She called.', 'case.claimed']);
    // going on with the draft does not make it older
    await write(ana, 'Which wallet do you use?');
    const seen = await news(ana);
    expect(words(seen)).toHaveLength(2);
    await ana.ask('drafts.sawNews', { opId: op(), caseId, upTo: seen.upTo });
    expect(words(await news(ana))).toEqual([]);
    await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'add-label', label: 'wallet' } });
    await bo.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'pending' } });
    await until(async () => (await news(ana)).items.length === 1, 'Ana has the status');
    expect(words(await news(ana))).toEqual(['case.statusChanged']);
    // looking at what was new before does not bring it back
    await ana.ask('drafts.sawNews', { opId: op(), caseId, upTo: seen.upTo });
    expect(words(await news(ana))).toEqual(['case.statusChanged']);
    // Bo has begun nothing
    expect(words(await news(bo))).toEqual([]);
  });

  test('of a reply that is on its way it is what came after', async () => {
    await ana.ask('settings.set', { opId: op(), patch: { undoSendSeconds: 30 } });
    const draftId = await write(ana, 'Which wallet do you use?');
    const { outboxId } = await ana.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
    expect(words(await news(ana, outboxId))).toEqual([]);
    await bo.ask('cases.addNote', { opId: op(), caseId, text: 'It is the blue one.' });
    await until(async () => (await news(ana, outboxId)).items.length === 1, 'Ana has the note');
    expect(words(await news(ana, outboxId))).toEqual(['It is the blue one.']);
    await ana.ask('outbox.cancel', { opId: op(), outboxId });
  });
});
