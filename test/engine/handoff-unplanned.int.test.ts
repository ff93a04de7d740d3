import { afterEach, beforeEach, expect, test } from 'vitest';
import { arrive } from './arriving.ts';
import { op, startWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { Output } from '../../src/shared/contract/contract.ts';
import { EMPTY_PACKET } from '../../src/shared/domain/handoff/packet.ts';
import type { Recipient } from '../../src/shared/domain/handoff/packet.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** A team that plans nothing and has no lead. */

let nowMs = Date.UTC(2026, 10, 24, 8);
const clock = { now: () => instant(nowMs) };
let station: Workstation;
let caseId: CaseId;

beforeEach(async () => {
  station = await startWorkstation({ clock });
  await station.ask('workspace.setProfile', { opId: op(), name: 'Zoe', zone: 'UTC', languages: ['en'] });
  caseId = await arrive(station, clock, 'Alone');
  await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
});
afterEach(() => station[Symbol.asyncDispose]());

async function offer(to: Recipient): Promise<Output<'handoffs.offer'>[number] | undefined> {
  const packet = { ...EMPTY_PACKET, severity: 'stable', goal: 'g', state: 's', actions: [{ what: 'a', dueAt: null }] } as const;
  return (await station.ask('handoffs.offer', { opId: op(), offers: [{ caseId, to, reason: 'absence', packet }] }))[0];
}
const states = (): readonly string[] =>
  station.engine.store.read((db) => station.engine.ledger.ownership(db, caseId)).handoffs.map((each) => each.state);

test('offers nothing to somebody who is not there, on whatever day', async () => {
  expect(await offer({ kind: 'agent', agentId: makeId('agt', 'nobody') })).toMatchObject({ refusal: { kind: 'not-on-shift' } });
  expect(await offer({ kind: 'hub', hubId: makeId('hub', 'nowhere') })).toMatchObject({ refusal: { kind: 'not-on-shift' } });
  expect(await offer({ kind: 'queue' })).toMatchObject({ ok: true });
});

test('offers again what has waited in vain', async () => {
  expect(await offer({ kind: 'queue' })).toMatchObject({ ok: true });
  expect(await offer({ kind: 'queue' })).toMatchObject({ refusal: { kind: 'already-offered' } });
  await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'no-reply-needed' } });
  nowMs += 9 * HOUR_MS;
  station.engine.handleShellEvent({ type: 'power', state: 'resume' });
  await station.engine.settled();
  expect(states()).toEqual(['expired']);
  expect(await station.ask('handoffs.prepare', { caseId })).toMatchObject({ refusal: null, standing: null });
  expect(await offer({ kind: 'queue' })).toMatchObject({ ok: true });
  expect(states()).toEqual(['superseded', 'offered']);
});
