import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import type { Answer } from '../../src/shared/contract/contract.ts';
import type { TimelineItem } from '../../src/shared/contract/cases.contract.ts';
import type { OutboxRow } from '../../src/shared/contract/outbox.contract.ts';
import type { CaseId, OutboxId } from '../../src/shared/domain/ids.ts';
import { stateAt } from '../../src/shared/domain/team/send-settling.ts';
import type { SettledAs } from '../../src/shared/domain/team/send-settling.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** A reply of unknown fate, which is decided about at another workstation than the one that holds the channel. */

let aheadMs = 0;
const clock = { now: () => instant(Date.now() + aheadMs) };
/** Where her key of the team is while she sleeps. */
const ANAS_SECRETS = new Map<string, string>();
const open: TeamStation[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function rowOf(station: TeamStation, outboxId: OutboxId): Promise<OutboxRow | null> {
  return (await station.ask('outbox.list', {})).find((each) => each.outboxId === outboxId) ?? null;
}

/** As the page shows it. */
async function shownAt(station: TeamStation, outboxId: OutboxId): Promise<string | null> {
  const row = await rowOf(station, outboxId);
  return row === null ? null : stateAt(row, clock.now());
}

async function theCase(station: TeamStation): Promise<CaseId> {
  const found: CaseId[] = [];
  await until(async () => {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    const caseId = rows[0]?.caseId;
    if (caseId === undefined || !(await station.ask('cases.timeline', { caseId })).some((item) => item.kind === 'message')) return false;
    found.push(caseId);
    return true;
  }, 'the customer has written');
  const [caseId] = found;
  if (caseId === undefined) throw new Error('no case');
  return caseId;
}

const deadLine = async (_message: unknown, hooks: { readonly onHandover: () => void }): Promise<never> => {
  hooks.onHandover();
  return Promise.reject(new Error('the line is dead'));
};

interface Scene {
  readonly hub: MemoryHub;
  readonly ana: TeamStation;
  readonly bo: TeamStation;
  readonly caseId: CaseId;
  readonly outboxId: OutboxId;
  readonly anasFolder: string;
}

/** Ana holds the channel. Bo's reply was handed over there, and the line died. */
async function unknownFate(): Promise<Scene> {
  const hub = new MemoryHub(clock);
  const anasFolder = mkdtempSync(joinPath(tmpdir(), 'meridian-settle-'));
  folders.push(anasFolder);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true, folder: anasFolder, secrets: ANAS_SECRETS });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock });
  open.push(bo);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone', text: 'Please help me, I see nothing.' }));
  await theCase(ana);
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  const caseId = await theCase(bo);
  ana.channel.answer = deadLine;
  const to = [{ address: 'mei@customer.test', name: '' }];
  const { draftId } = await bo.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text: 'They are here.', to, cc: [] });
  const { outboxId } = await bo.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null });
  await until(async () => (await shownAt(ana, outboxId)) === 'unknown', 'nobody knows whether it arrived');
  await until(async () => ((await rowOf(bo, outboxId))?.underwaySince ?? null) !== null, 'Bo knows that it was begun');
  expect(ana.channel.sent).toHaveLength(1);
  return { hub, ana, bo, caseId, outboxId, anasFolder };
}

async function settle(station: TeamStation, outboxId: OutboxId, as: SettledAs): Promise<Answer<'outbox.settle'>> {
  return station.call('outbox.settle', { opId: op(), outboxId, as, attempt: (await rowOf(station, outboxId))?.attempt ?? 0 });
}

async function decisions(station: TeamStation, caseId: CaseId): Promise<readonly (readonly [string, string | undefined])[]> {
  const items: readonly TimelineItem[] = await station.ask('cases.timeline', { caseId });
  return items.flatMap((item) =>
    item.kind === 'event' && item.body.type === 'case.replySettled' ? [[item.body.as, item.outcome] as const] : [],
  );
}

test('for two minutes it is on its way; then anybody may say that it arrived, and that is so for all', async () => {
  const { ana, bo, caseId, outboxId } = await unknownFate();
  expect(await shownAt(bo, outboxId)).toBe('sending');
  expect(await settle(bo, outboxId, 'sent')).toMatchObject({ ok: false, error: { code: 'too-late', detail: 'sending' } });
  aheadMs += 121_000;
  expect(await shownAt(bo, outboxId)).toBe('unknown');
  expect((await settle(bo, outboxId, 'sent')).ok).toBe(true);
  for (const station of [ana, bo]) await until(async () => (await rowOf(station, outboxId)) === null, 'it is settled');
  await until(async () => (await decisions(bo, caseId)).join() === 'sent,counts', 'Bo is told');
  expect(ana.channel.sent).toHaveLength(1);
});

test('sent again it leaves once more, and the decision of a colleague that came second has no effect', async () => {
  const { ana, bo, caseId, outboxId } = await unknownFate();
  aheadMs += 121_000;
  ana.channel.answer = ana.channel.accept;
  const [one, two] = await Promise.all([settle(bo, outboxId, 'again'), settle(ana, outboxId, 'sent')]);
  expect([one.ok, two.ok]).toEqual([true, true]);
  for (const station of [ana, bo]) await until(async () => (await rowOf(station, outboxId)) === null, 'it is settled');
  await until(async () => (await decisions(bo, caseId)).filter(([, outcome]) => outcome === 'counts').length === 1, 'one of them counts');
  const told = await decisions(bo, caseId);
  const counted = told.find(([, outcome]) => outcome === 'counts')?.[0];
  expect(told.filter(([, outcome]) => outcome === 'late')).toHaveLength(1);
  expect(ana.channel.sent).toHaveLength(counted === 'again' ? 2 : 1);
});

test('dropped it is sent no more, and stays in the conversation because it may have arrived', async () => {
  const { ana, bo, caseId, outboxId } = await unknownFate();
  aheadMs += 121_000;
  ana.channel.answer = ana.channel.accept;
  expect((await settle(bo, outboxId, 'dropped')).ok).toBe(true);
  for (const station of [ana, bo]) {
    await until(async () => (await rowOf(station, outboxId)) === null, 'it is settled');
    const shown = (await station.ask('cases.timeline', { caseId })).filter((item) => item.kind === 'message' && item.direction === 'out');
    expect(shown).toMatchObject([{ text: 'They are here.', delivery: { state: 'cancelled', code: 'dropped' } }]);
  }
  expect(ana.channel.sent).toHaveLength(1);
});

test('while the holder sleeps the decision waits, is shown as that, and is carried out when they wake', async () => {
  const { hub, ana, bo, outboxId, anasFolder } = await unknownFate();
  aheadMs += 121_000;
  open.splice(open.indexOf(ana), 1);
  await ana[Symbol.asyncDispose]();
  expect((await settle(bo, outboxId, 'again')).ok).toBe(true);
  await bo.settled();
  expect(await rowOf(bo, outboxId)).toMatchObject({ state: 'sending', settling: { as: 'again' } });
  expect(await settle(bo, outboxId, 'sent')).toMatchObject({ ok: false, error: { detail: 'settled' } });
  const awake = await startStation(hub, 'Ana', { clock, hasChannel: true, folder: anasFolder, secrets: ANAS_SECRETS });
  open.push(awake);
  await until(() => awake.channel.sent.length === 1, 'it leaves');
  await until(async () => (await rowOf(bo, outboxId)) === null, 'Bo sees that it left');
});
