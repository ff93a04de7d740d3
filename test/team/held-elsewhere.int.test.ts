import { afterEach, expect, test } from 'vitest';
import { MemoryHub } from './memory-hub.ts';
import { join, startStation } from './team-station.ts';
import type { TeamStation } from './team-station.ts';
import { customerMail } from '../engine/hand-channel.ts';
import { op, until } from '../engine/workstation.ts';
import { systemTimers } from '../../src/main/engine/team/machine-clock.ts';
import type { Timers } from '../../src/main/engine/team/machine-clock.ts';
import type { CaseId, OutboxId } from '../../src/shared/domain/ids.ts';
import { instant } from '../../src/shared/domain/time.ts';

let aheadMs = 0;
const clock = { now: () => instant(Date.now() + aheadMs) };
/** Where nothing is sent, nobody needs to wait as long as people do. */
const quickTimers: Timers = { after: (ms, work) => systemTimers.after(ms / 50, work) };
const open: TeamStation[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station[Symbol.asyncDispose]();
});

async function stateOf(station: TeamStation, outboxId: OutboxId): Promise<string | null> {
  return (await station.ask('outbox.list', {})).find((each) => each.outboxId === outboxId)?.state ?? null;
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

/** Ana holds the channel, and Bo has queued a reply to the customer. */
async function reply(
  undoSendSeconds: number,
): Promise<{ readonly ana: TeamStation; readonly bo: TeamStation; readonly caseId: CaseId; readonly send: () => Promise<OutboxId> }> {
  const hub = new MemoryHub(clock);
  const ana = await startStation(hub, 'Ana', { clock, hasChannel: true });
  open.push(ana);
  const bo = await startStation(hub, 'Bo', { clock, timers: quickTimers });
  open.push(bo);
  ana.channel.deliver(customerMail(clock, { subject: 'My coins are gone', text: 'Please help me, I see nothing.' }));
  await theCase(ana);
  await join(ana, hub, 'ana', 'lead');
  await join(bo, hub, 'bo');
  const caseId = await theCase(bo);
  await bo.ask('settings.set', { opId: op(), patch: { undoSendSeconds } });
  const to = [{ address: 'mei@customer.test', name: '' }];
  const { draftId } = await bo.ask('drafts.save', { opId: op(), caseId, kind: 'reply', text: 'They are here.', to, cc: [] });
  const send = async (): Promise<OutboxId> => (await bo.ask('cases.reply', { opId: op(), caseId, draftId, thenStatus: null })).outboxId;
  return { ana, bo, caseId, send };
}

// at Ana's it may be on its way still, or held, too: what Bo says counts there
test.each(['perhaps not', 'surely'])(
  'what the holder of the channel (%s) holds back is held for its writer, too, and leaves when they say so',
  async (held) => {
    const { ana, bo, caseId, send } = await reply(60);
    const outboxId = await send();
    await until(async () => (await stateOf(ana, outboxId)) === 'queued', 'Ana has it');

    await ana.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'status', to: 'solved' } });
    await until(async () => (await bo.ask('cases.detail', { caseId }))?.status === 'solved', 'Bo sees it');
    expect(await stateOf(bo, outboxId)).toBe('queued');
    aheadMs += 120_000;
    await until(async () => (await stateOf(bo, outboxId)) === 'held', 'Bo is told');
    expect(ana.channel.sent).toEqual([]);

    if (held === 'surely') {
      ana.engine.handleShellEvent({ type: 'power', state: 'resume' });
      await until(async () => (await stateOf(ana, outboxId)) === 'held', 'Ana holds it');
    }
    await bo.ask('outbox.sendNow', { opId: op(), outboxId });
    await until(() => ana.channel.sent.length === 1, 'it leaves');
    await until(async () => (await stateOf(bo, outboxId)) === null, 'Bo sees that it left');
  },
);

test('what the customer may have is taken back by nobody, and sent anew by nobody', async () => {
  const { ana, bo, send } = await reply(0);
  ana.channel.answer = async (_message, hooks) => {
    hooks.onHandover();
    return Promise.reject(new Error('the line is dead'));
  };
  const outboxId = await send();
  await until(async () => (await stateOf(ana, outboxId)) === 'unknown', 'nobody knows whether it arrived');
  await bo.settled();
  for (const name of ['outbox.cancel', 'outbox.sendNow'] as const) {
    const answer = await bo.call(name, { opId: op(), outboxId });
    expect(answer).toMatchObject({ ok: false, error: { code: 'too-late', detail: 'underway' } });
  }
});
