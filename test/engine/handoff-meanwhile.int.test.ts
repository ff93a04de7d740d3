import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANA, at, LEA, MEI, SAM, startSunTeam, TOM } from './sun-team.ts';
import type { SunTeam } from './sun-team.ts';
import { arrive } from './arriving.ts';
import { op } from './workstation.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { toLocal } from '../../src/shared/domain/time/zone.ts';

/** What happens to a case while its offer stands, or after it was taken. */

let team: SunTeam;
beforeEach(async () => {
  team = await startSunTeam();
  await team.sit(MEI);
});
afterEach(() => team[Symbol.asyncDispose]());

async function undo(undoes: ReturnType<typeof op>): Promise<unknown> {
  const result = await team.station.engine.call('cases.undo', { opId: op(), undoes });
  return result.ok ? (result.value as { readonly changed: number }).changed : result.error.code;
}

async function promise(caseId: CaseId, hours: number): Promise<void> {
  const zone = 'Asia/Tokyo';
  await team.station.ask('promises.make', {
    opId: op(),
    caseId,
    promise: { text: 'We call you back', zone, dueLocal: toLocal(zone, at(hours)), source: 'typed' },
  });
}

describe('undoing', () => {
  test('a claim does not put back what a colleague has accepted since', async () => {
    const caseId = await arrive(team.station, { now: () => team.now() }, 'Undone');
    const claim = op();
    await team.station.ask('cases.apply', { opId: claim, caseIds: [caseId], action: { kind: 'claim' } });
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(ANA);
    await team.accept(handoffId);
    await team.sit(MEI);
    expect(await undo(claim)).toBe('changed-since');
    expect(team.ownership(caseId)).toMatchObject({ ownerId: ANA.agentId, isInQueue: false });
    expect((await team.handoff(handoffId)).state).toBe('accepted');
  });

  test("a lead's assignment does not either, but what nobody has taken since is given back", async () => {
    const [taken, left] = [await team.claimed('Taken'), await team.claimed('Left')];
    await team.sit(LEA);
    const assign = op();
    await team.station.ask('cases.apply', { opId: assign, caseIds: [taken, left], action: { kind: 'assign', agentId: SAM.agentId } });
    await team.sit(SAM);
    const handoffId = await team.offer(taken, ANA);
    await team.sit(ANA);
    await team.accept(handoffId);
    await team.sit(LEA);
    expect(await undo(assign)).toBe(1);
    expect([team.owner(taken), team.owner(left)]).toEqual([ANA.agentId, MEI.agentId]);
  });

  test('one step after the other still leads back to where it began', async () => {
    const caseId = await arrive(team.station, { now: () => team.now() }, 'Steps');
    const [taking, giving] = [op(), op()];
    await team.station.ask('cases.apply', { opId: taking, caseIds: [caseId], action: { kind: 'claim' } });
    await team.station.ask('cases.apply', { opId: giving, caseIds: [caseId], action: { kind: 'assign', agentId: SAM.agentId } });
    expect([await undo(giving), await undo(taking)]).toEqual([1, 1]);
    expect(await team.station.ask('cases.detail', { caseId })).toMatchObject({ assigneeId: null });
  });
});

describe('a promise that is made while an offer stands', () => {
  test('goes into its packet, brings its end nearer, and has to be read', async () => {
    const caseId = await team.claimed('Quiet');
    const handoffId = await team.offer(caseId, ANA, { severity: 'stable' });
    await promise(caseId, 9);
    const { packet, handoff, bulkRefusals, lastInboundId } = await team.row(handoffId);
    expect(packet.promises).toMatchObject([{ dueAt: at(9), text: 'We call you back' }]);
    expect(handoff).toMatchObject({ state: 'offered', expiresAt: at(8.75), versions: [{ version: 1 }, { version: 2 }] });
    expect(bulkRefusals).toEqual(['promise-soon']);
    await team.sit(ANA);
    const read = [{ handoffId, packetVersion: 1, lastInboundId }];
    expect(await team.station.ask('handoffs.acceptMany', { opId: op(), read })).toEqual({
      accepted: [],
      refused: [{ handoffId, reasons: ['promise-soon', 'changed'] }],
    });
  });

  test('of a colleague keeps it from being taken unread, too', async () => {
    const caseId = await team.claimed('Quiet');
    const handoffId = await team.offer(caseId, ANA, { severity: 'stable' });
    await team.sit(TOM);
    await promise(caseId, 9.5);
    await team.sit(ANA);
    const { handoff, lastInboundId } = await team.row(handoffId);
    expect(handoff.versions).toHaveLength(1);
    const read = [{ handoffId, packetVersion: 1, lastInboundId }];
    expect(await team.station.ask('handoffs.acceptMany', { opId: op(), read })).toMatchObject({ accepted: [] });
  });

  test('ends no offer when it is too near for anybody else', async () => {
    const caseId = await team.claimed('Near');
    const handoffId = await team.offer(caseId, ANA, { severity: 'stable' });
    await promise(caseId, 8.1);
    await team.moveTo(8.05);
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'offered', expiresAt: at(9.25) });
    expect(team.owner(caseId)).toBe(MEI.agentId);
  });
});
