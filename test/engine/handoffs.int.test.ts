import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LISBON, SINGAPORE } from './roster-team.ts';
import { ANA, at, KIM, LEA, MEI, SAM, startSunTeam, TOM } from './sun-team.ts';
import type { SunTeam } from './sun-team.ts';
import { op } from './workstation.ts';
import { rebuildProjections } from '../../src/main/engine/usecases/rebuild-projections.ts';
import type { LaneRow, Lanes } from '../../src/shared/contract/handoff.contract.ts';
import { EMPTY_PACKET } from '../../src/shared/domain/handoff/packet.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/shared/domain/time.ts';

let team: SunTeam;
beforeEach(async () => {
  team = await startSunTeam();
  await team.sit(MEI);
});
afterEach(() => team[Symbol.asyncDispose]());

const handoffNews = (): readonly string[] => team.told.flatMap((each) => (each.type === 'handoff' ? [each.what] : []));

async function lanes(): Promise<{ readonly [Lane in keyof Lanes]: readonly string[] }> {
  const { incoming, outgoing, accepted, escalated } = await team.station.ask('handoffs.lanes', {});
  const short = (rows: readonly LaneRow[]): readonly string[] => rows.map(({ row, handoff }) => `${row.subject} ${handoff.state}`);
  return { incoming: short(incoming), outgoing: short(outgoing), accepted: short(accepted), escalated: short(escalated) };
}

describe('an offer', () => {
  test('is prepared with a packet that may go as it is, and who could take it', async () => {
    const caseId = await team.claimed('Withdrawal is stuck');
    const prepared = await team.station.ask('handoffs.prepare', { caseId });
    expect(prepared).toMatchObject({
      ownerId: MEI.agentId,
      packet: { severity: 'stable', goal: 'Withdrawal is stuck' },
      missing: [],
      refusal: null,
      standing: null,
      // her turn ends at nine, and a quarter of an hour of grace
      expiry: { expiresAt: at(9.25), because: 'shift-end' },
      reason: 'expertise',
    });
    expect(prepared?.receivers.map((each) => each.agentId).toSorted()).toEqual([ANA, LEA, SAM, TOM].map((each) => each.agentId).toSorted());
    expect(prepared?.hubs).toEqual(
      expect.arrayContaining([
        { hubId: LISBON.hubId, people: 3, from: at(8) },
        { hubId: SINGAPORE.hubId, people: 1, from: at(8) },
      ]),
    );
  });

  test('keeps what was typed for its writer alone, until it goes', async () => {
    const caseId = await team.claimed('Typed');
    const draft = { packet: { ...EMPTY_PACKET, goal: 'Mine' }, to: { kind: 'queue' }, reason: 'absence' } as const;
    await team.station.ask('handoffs.saveDraft', { opId: op(), caseId, draft });
    expect(await team.station.ask('handoffs.prepare', { caseId })).toMatchObject({
      packet: { goal: 'Mine' },
      to: { kind: 'queue' },
      reason: 'absence',
    });
    await team.sit(LEA);
    expect(await team.station.ask('handoffs.prepare', { caseId })).toMatchObject({ packet: { goal: 'Typed' }, draftSavedAt: null });
    await team.sit(MEI);
    await team.offer(caseId, ANA, { severity: 'stable', goal: 'Goal', state: 'State', actions: [{ what: 'Ask', dueAt: null }] });
    expect(await team.station.ask('handoffs.prepare', { caseId })).toMatchObject({
      draftSavedAt: null,
      refusal: { kind: 'already-offered' },
    });
  });

  test('is taken with a read-back, and settled by the first thing that its receiver does', async () => {
    const caseId = await team.claimed('Stuck');
    await team.station.ask('drafts.save', { opId: op(), caseId, kind: 'note', text: 'half a note', to: [], cc: [] });
    const handoffId = await team.offer(caseId, ANA);
    expect(team.owner(caseId)).toBe(MEI.agentId);
    expect(await lanes()).toMatchObject({ incoming: [], outgoing: ['Stuck offered'] });

    await team.sit(ANA);
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ incoming: 1, answers: 0 });
    expect(await lanes()).toMatchObject({ incoming: ['Stuck offered'] });
    const wrong = await team.accept(handoffId, { readBack: { firstAction: 'Wait', nextPromise: null, contingency: null, question: null } });
    expect(wrong).toEqual({ outcome: 'accepted', mismatches: [{ kind: 'first-action', isListed: false }] });
    expect(team.owner(caseId)).toBe(ANA.agentId);
    expect(await team.station.ask('cases.detail', { caseId })).toMatchObject({
      ownerId: ANA.agentId,
      assigneeId: ANA.agentId,
      handoff: null,
    });
    expect((await team.handoff(handoffId)).acceptance).toMatchObject({ hubId: LISBON.hubId, isOnShift: true, packetVersion: 1 });
    // what the sender had begun to write is still there
    expect(await team.station.ask('drafts.get', { caseId, kind: 'note' })).toMatchObject({ text: 'half a note' });

    await team.station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'park', reason: 'tomorrow' } });
    expect((await team.handoff(handoffId)).state).toBe('accepted');
    await team.station.ask('cases.addNote', { opId: op(), caseId, text: 'Looked at it' });
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'settled', steps: [{ kind: 'settled', detail: 'action' }] });
    expect(await lanes()).toMatchObject({ incoming: [], accepted: ['Stuck settled'] });
    await team.sit(MEI);
    expect(await lanes()).toMatchObject({ outgoing: [] });
  });

  test('settles by itself after half an hour on shift', async () => {
    const caseId = await team.claimed('Quiet');
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(ANA);
    await team.accept(handoffId);
    await team.moveTo(8.49);
    expect((await team.handoff(handoffId)).state).toBe('accepted');
    await team.moveTo(8.5);
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'settled', steps: [{ detail: 'time', by: null }] });
  });

  test('is refused with who could take it instead, when its receiver comes too late', async () => {
    const caseId = await team.claimed('Late');
    const prepared = await team.station.ask('handoffs.prepare', { caseId });
    const to = { kind: 'agent', agentId: KIM.agentId } as const;
    const packet = prepared?.packet ?? EMPTY_PACKET;
    const check = await team.station.ask('handoffs.check', { caseId, to, packet });
    expect(check?.refusal).toMatchObject({ kind: 'not-on-shift', comesAt: at(15), next: { from: at(8) } });
    const [result] = await team.station.ask('handoffs.offer', { opId: op(), offers: [{ caseId, to, reason: 'shift-end', packet }] });
    expect(result).toMatchObject({ ok: false, refusal: { kind: 'not-on-shift' } });
    expect(team.ownership(caseId).handoffs).toEqual([]);
  });

  test('of several cases is made for those that may go, and tells of the others', async () => {
    const [one, two] = [await team.claimed('one'), await team.claimed('two')];
    const packet = { ...EMPTY_PACKET, severity: 'stable', goal: 'g', state: 's', actions: [{ what: 'a', dueAt: null }] } as const;
    const to = { kind: 'hub', hubId: LISBON.hubId } as const;
    const input = {
      opId: op(),
      offers: [one, two].map(
        (caseId, index) => ({ caseId, to, reason: 'shift-end', packet: { ...packet, goal: index === 0 ? ' ' : 'g' } }) as const,
      ),
    };
    const first = await team.station.ask('handoffs.offer', input);
    expect(first).toMatchObject([{ ok: false, refusal: null, missing: [{ part: 'patient', field: 'goal' }] }, { ok: true }]);
    expect(await team.station.ask('handoffs.offer', input)).toEqual(first);
    expect(team.ownership(two).handoffs).toHaveLength(1);
  });

  test('is made by a lead in the name of the owner, and by nobody else', async () => {
    const caseId = await team.claimed('Mine');
    await team.sit(SAM);
    expect((await team.station.ask('handoffs.prepare', { caseId }))?.refusal).toEqual({ kind: 'not-owner' });
    await team.sit(LEA);
    const handoffId = await team.offer(caseId, ANA);
    expect(await team.handoff(handoffId)).toMatchObject({ fromId: MEI.agentId, fromHubId: SINGAPORE.hubId });
    expect(await team.station.ask('handoffs.withdraw', { opId: op(), handoffIds: [handoffId] })).toEqual({ withdrawn: 1 });
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'withdrawn' });
  });

  test('is withdrawn once, and not when it was taken meanwhile', async () => {
    const [one, two] = [await team.claimed('one'), await team.claimed('two')];
    const ids = [await team.offer(one, ANA), await team.offer(two, ANA)];
    await team.sit(ANA);
    await team.accept(ids[1] ?? makeId('hnd', ''));
    await team.sit(MEI);
    expect(await team.station.ask('handoffs.withdraw', { opId: op(), handoffIds: ids })).toEqual({ withdrawn: 1 });
    expect(team.owner(two)).toBe(ANA.agentId);
  });

  test('ends when the case is solved, or turns out to be part of another', async () => {
    const solved = await team.claimed('solved');
    const handoffId = await team.offer(solved, ANA);
    await team.station.ask('cases.apply', { opId: op(), caseIds: [solved], action: { kind: 'status', to: 'solved' } });
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'superseded', steps: [{ detail: 'solved' }] });
    expect((await team.station.ask('handoffs.prepare', { caseId: solved }))?.refusal).toEqual({ kind: 'not-owner' });

    const [into, gone] = [await team.claimed('into'), await team.claimed('gone')];
    const merged = await team.offer(gone, ANA);
    await team.station.ask('handoffs.saveDraft', {
      opId: op(),
      caseId: gone,
      draft: { packet: EMPTY_PACKET, to: null, reason: 'absence' },
    });
    const { store, ledger } = team.station.engine;
    store.write((tx) => ledger.merge(tx, [gone], into));
    expect(await team.handoff(merged)).toMatchObject({ state: 'superseded', steps: [{ detail: 'merged' }] });
    expect(await team.station.ask('handoffs.prepare', { caseId: gone })).toMatchObject({ row: { caseId: into }, reason: 'absence' });
    await team.sit(ANA);
    expect(await lanes()).toMatchObject({ incoming: [] });
  });
});

describe('an answer', () => {
  let caseId: CaseId;
  beforeEach(async () => {
    caseId = await team.claimed('Case');
  });

  test('that is no leaves the case with a sender who is there', async () => {
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(TOM);
    const foreign = await team.station.call('handoffs.decline', { opId: op(), handoffId, reason: 'no' });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'not-recipient' } });
    await team.sit(ANA);
    expect(await team.station.ask('handoffs.decline', { opId: op(), handoffId, reason: 'No time' })).toEqual({ next: null });
    expect(team.owner(caseId)).toBe(MEI.agentId);
    await team.sit(MEI);
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ answers: 1 });
    expect(await lanes()).toMatchObject({ outgoing: ['Case declined'] });
    const next = await team.offer(caseId, TOM);
    expect(await lanes()).toMatchObject({ outgoing: ['Case offered'] });
    expect((await team.handoff(next)).to).toEqual({ kind: 'agent', agentId: TOM.agentId });
  });

  test('that is no goes on to the next who can, when the sender has gone', async () => {
    const handoffId = await team.offer(caseId, ANA);
    await team.moveTo(9.1);
    // she has gone, the offer stands, and the lead has the case meanwhile
    expect(team.owner(caseId)).toBe(LEA.agentId);
    await team.sit(ANA);
    const declined = await team.station.ask('handoffs.decline', { opId: op(), handoffId, reason: 'No time' });
    expect(declined).toEqual({ next: { kind: 'offered', to: { kind: 'agent', agentId: TOM.agentId } } });
    const second = team.ownership(caseId).handoffs.at(-1);
    // a first reply is due at four, and takes half an hour
    expect(second).toMatchObject({ state: 'offered', fromId: LEA.agentId, to: { agentId: TOM.agentId }, expiresAt: at(15.5) });
    await team.sit(TOM);
    const last = await team.station.ask('handoffs.decline', { opId: op(), handoffId: second?.handoffId ?? handoffId, reason: 'Nor me' });
    // twice is enough: a lead decides
    expect(last).toEqual({ next: { kind: 'lead', agentId: LEA.agentId } });
    expect(team.owner(caseId)).toBe(LEA.agentId);
    await team.sit(LEA);
    expect(await lanes()).toMatchObject({ escalated: ['Case escalated'] });
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ escalated: 1 });
    await team.station.ask('cases.addNote', { opId: op(), caseId, text: 'I have it' });
    expect(await lanes()).toMatchObject({ escalated: [] });
  });

  test('of one of a hub leaves it to the others', async () => {
    const handoffId = await team.offer(caseId, LISBON);
    await team.sit(ANA);
    expect(await lanes()).toMatchObject({ incoming: ['Case offered'] });
    expect(await team.station.ask('handoffs.decline', { opId: op(), handoffId, reason: 'No time' })).toEqual({ next: null });
    expect(await lanes()).toMatchObject({ incoming: [] });
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ incoming: 0 });
    await team.sit(KIM);
    expect(await lanes()).toMatchObject({ incoming: [] });
    await team.sit(TOM);
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ incoming: 1 });
    await team.accept(handoffId);
    expect(team.owner(caseId)).toBe(TOM.agentId);
  });

  test('twice no while the sender is there goes to the lead, too', async () => {
    for (const who of [ANA, TOM]) {
      await team.sit(MEI);
      const handoffId = await team.offer(caseId, who);
      await team.sit(who);
      const { next } = await team.station.ask('handoffs.decline', { opId: op(), handoffId, reason: 'No' });
      expect(next).toEqual(who === ANA ? null : { kind: 'lead', agentId: LEA.agentId });
    }
    expect(team.ownership(caseId)).toMatchObject({ ownerId: LEA.agentId, bounces: 0 });
  });

  test('is asked for by a question, which stops no clock', async () => {
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(ANA);
    await team.station.ask('handoffs.ask', { opId: op(), handoffId, text: 'Which bank?' });
    await team.sit(MEI);
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ answers: 1 });
    const [question] = (await team.handoff(handoffId)).questions;
    const answer = { handoffId, questionId: question?.questionId ?? '', text: 'The old one' };
    await team.station.ask('handoffs.answer', { opId: op(), ...answer });
    expect(await team.station.call('handoffs.answer', { opId: op(), ...answer })).toMatchObject({ error: { code: 'closed' } });
    expect(await team.station.ask('handoffs.counts', {})).toMatchObject({ answers: 0 });
    expect(await team.handoff(handoffId)).toMatchObject({
      state: 'offered',
      questions: [{ text: 'Which bank?', answer: { text: 'The old one' } }],
    });
  });

  test('is not given twice, to oneself, or to a version that nobody wrote', async () => {
    const handoffId = await team.offer(caseId, ANA);
    await expect(team.accept(handoffId)).rejects.toThrow('not-recipient');
    await team.sit(ANA);
    await expect(team.accept(handoffId, { packetVersion: 2 })).rejects.toThrow('closed');
    await team.accept(handoffId);
    await team.sit(TOM);
    await expect(team.accept(handoffId)).rejects.toThrow('closed');
    expect(await team.station.call('handoffs.decline', { opId: op(), handoffId, reason: 'no' })).toMatchObject({
      error: { code: 'closed' },
    });
    expect(team.ownership(caseId).outcomes.size).toBe(4);
    expect([...team.ownership(caseId).outcomes.values()].every((each) => each.kind === 'applied')).toBe(true);
  });

  test('that was yes comes back with a reason, and after the second time a lead decides', async () => {
    for (const [who, from] of [
      [ANA, MEI],
      [TOM, ANA],
    ] as const) {
      await team.sit(from);
      const handoffId = await team.offer(caseId, who);
      await team.sit(who);
      await team.accept(handoffId);
      await team.station.ask('handoffs.giveBack', { opId: op(), handoffId, reason: 'Wrong language' });
      expect((await team.handoff(handoffId)).steps[0]).toMatchObject({ kind: 'returned', detail: 'Wrong language' });
      const again = await team.station.call('handoffs.giveBack', { opId: op(), handoffId, reason: 'Again' });
      expect(again).toMatchObject({ error: { code: 'closed' } });
      expect(team.owner(caseId)).toBe(who === ANA ? ANA.agentId : LEA.agentId);
    }
    expect(
      team
        .ownership(caseId)
        .handoffs.at(-1)
        ?.steps.map((each) => [each.kind, each.detail]),
    ).toEqual([
      ['returned', 'Wrong language'],
      ['escalated', 'bounces'],
    ]);
  });

  test('for several at once is given only where the rules allow', async () => {
    const vip = await team.claimed('vip', { from: { address: 'vip@customer.test', name: '' } });
    const { contactId } = (await team.station.ask('cases.detail', { caseId: vip }))?.contact ?? { contactId: makeId('con', '') };
    await team.station.ask('contacts.setTier', { opId: op(), contactId, tier: 'vip', reason: 'big', until: null });
    const bad = await team.claimed('bad');
    const ids = {
      stable: await team.offer(caseId, ANA),
      vip: await team.offer(vip, ANA, { severity: 'stable' }),
      bad: await team.offer(bad, ANA, { severity: 'critical' }),
    };
    await team.sit(ANA);
    const read = await Promise.all(
      Object.values(ids).map(async (handoffId) => ({
        handoffId,
        packetVersion: 1,
        lastInboundId: (await team.row(handoffId)).lastInboundId,
      })),
    );
    expect((await team.row(ids.vip)).bulkRefusals).toEqual(['vip']);
    expect((await team.row(ids.stable)).bulkRefusals).toEqual([]);
    const result = await team.station.ask('handoffs.acceptMany', { opId: op(), read });
    expect(result).toEqual({
      accepted: [ids.stable],
      refused: [
        { handoffId: ids.vip, reasons: ['vip'] },
        { handoffId: ids.bad, reasons: ['not-stable'] },
      ],
    });
    expect((await team.handoff(ids.stable)).acceptance?.readBack).toBeNull();
    expect(team.owner(vip)).toBe(MEI.agentId);
    expect(await team.station.ask('handoffs.acceptMany', { opId: op(), read: read.slice(0, 1) })).toEqual({
      accepted: [],
      refused: [{ handoffId: ids.stable, reasons: ['closed'] }],
    });
  });

  test('for several at once does not take what has changed since it was read', async () => {
    const handoffId = await team.offer(caseId, ANA);
    const { lastInboundId } = await team.row(handoffId);
    await team.write(caseId, 'One more thing');
    await team.sit(ANA);
    const read = [{ handoffId, packetVersion: 1, lastInboundId }];
    expect(await team.station.ask('handoffs.acceptMany', { opId: op(), read })).toEqual({
      accepted: [],
      refused: [{ handoffId, reasons: ['changed'] }],
    });
  });
});

describe('what changes while an offer stands', () => {
  test('is a version of the packet, which is read back again', async () => {
    const caseId = await team.claimed('Case');
    const handoffId = await team.offer(caseId, ANA);
    const { packet } = await team.row(handoffId);
    const edit = (version: number, change: object): Promise<unknown> =>
      team.station.call('handoffs.edit', { opId: op(), handoffId, version, packet: { ...packet, ...change } });
    expect(await edit(1, { actions: [{ what: 'Call the bank', dueAt: null }] })).toMatchObject({ ok: true, value: { version: 2 } });
    expect(await edit(1, {})).toMatchObject({ error: { code: 'edited-meanwhile' } });
    expect(await edit(2, { goal: '' })).toMatchObject({ error: { code: 'incomplete' } });
    await team.sit(ANA);
    expect(await edit(2, {})).toMatchObject({ error: { code: 'not-owner' } });
    await team.accept(handoffId, { packetVersion: 1 });
    const readBack = { firstAction: 'Call the bank', nextPromise: null, contingency: null, question: null };
    const again = { opId: op(), handoffId, packetVersion: 2, readBack };
    expect(await team.station.ask('handoffs.readAgain', again)).toEqual({ mismatches: [] });
    expect((await team.handoff(handoffId)).acceptance).toMatchObject({ packetVersion: 2, readBack });
    await team.sit(MEI);
    expect(await edit(2, {})).toMatchObject({ error: { code: 'closed' } });
    expect(await team.station.call('handoffs.readAgain', { ...again, opId: op() })).toMatchObject({ error: { code: 'not-owner' } });
  });

  test('is what the customer writes', async () => {
    const caseId = await team.claimed('Case');
    const handoffId = await team.offer(caseId, ANA);
    await team.write(caseId, 'One more thing');
    await team.station.engine.settled();
    expect(handoffNews()).toEqual(['customer-wrote']);
    expect((await team.handoff(handoffId)).messagesSince).toHaveLength(1);
    expect((await team.row(handoffId)).lastInboundId).toBe((await team.handoff(handoffId)).messagesSince[0]);
  });

  test('is told to whom it concerns, and not to who did it', async () => {
    const caseId = await team.claimed('Case');
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(ANA);
    await team.accept(handoffId);
    await team.station.engine.settled();
    expect(handoffNews()).toEqual([]);
    // a workstation of somebody else: the same events by another author
    await team.sit(MEI);
    const { store, ledger } = team.station.engine;
    store.write((tx) => ledger.append(tx, caseId, [{ type: 'handoff.asked', handoffId, text: 'Which?' }], { actor: ANA.agentId }));
    store.write((tx) => ledger.append(tx, caseId, [{ type: 'handoff.returned', handoffId, reason: 'no' }], { actor: ANA.agentId }));
    await team.station.engine.settled();
    expect(handoffNews()).toEqual(['asked', 'returned']);
    expect(team.told.findLast((each) => each.type === 'handoff')).toMatchObject({ by: ANA.agentId, caseId, subject: 'Case', handoffId });
  });
});

describe('time', () => {
  test('warns at half, and gives what nobody took to the lead who is there', async () => {
    const caseId = await team.claimed('Case');
    // an hour and a quarter: half of it is over at 8:37
    const handoffId = await team.offer(caseId, ANA);
    await team.moveTo(8.6);
    expect(handoffNews()).toEqual([]);
    await team.moveTo(8.63);
    expect(handoffNews()).toEqual(['half']);
    await team.moveTo(9.24);
    expect(team.owner(caseId)).toBe(LEA.agentId);
    expect((await team.handoff(handoffId)).state).toBe('offered');
    await team.moveTo(9.25);
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'escalated' });
    expect((await team.handoff(handoffId)).steps.map((each) => [each.kind, each.by])).toEqual([
      ['escalated', null],
      ['expired', null],
      ['escalated', null],
    ]);
    expect(team.owner(caseId)).toBe(LEA.agentId);
    // the sender is told; that it has come to her, the lead hears at her own desk
    expect(handoffNews()).toEqual(['half', 'went-to-lead', 'expired', 'went-to-lead']);
    await team.sit(LEA);
    expect(await lanes()).toMatchObject({ escalated: ['Case escalated'] });
    expect(await team.station.ask('handoffs.ofCase', { caseId })).toMatchObject({
      ownerId: LEA.agentId,
      accountable: { agentId: LEA.agentId, insteadOfOwner: null },
      isAcceptPending: false,
      isInQueue: false,
    });
  });

  test('leaves the case with its sender until a lead comes, and tells who answers for it', async () => {
    await team.moveTo(1.5);
    const caseId = await team.claimed('Early');
    const handoffId = await team.offer(caseId, SAM, { promises: [], actions: [{ what: 'Go', dueAt: null }] });
    expect((await team.handoff(handoffId)).expiresAt).toBe(at(9.25));
    await team.sit(SAM);
    await team.station.ask('handoffs.decline', { opId: op(), handoffId, reason: 'No' });
    await team.moveTo(8.9);
    expect(team.owner(caseId)).toBe(MEI.agentId);
    await team.moveTo(9);
    // it came back, and she has gone
    expect(team.owner(caseId)).toBe(LEA.agentId);
  });

  test('leaves with its owner what came back and was parked', async () => {
    const caseId = await team.claimed('Parked');
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(ANA);
    await team.station.ask('handoffs.decline', { opId: op(), handoffId, reason: 'No' });
    await team.sit(MEI);
    await team.station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'park', reason: 'Nothing before Friday' } });
    await team.moveTo(10);
    expect(team.owner(caseId)).toBe(MEI.agentId);
    expect(await team.station.ask('handoffs.ofCase', { caseId })).toMatchObject({
      accountable: { agentId: MEI.agentId, insteadOfOwner: null },
    });
  });

  test('is caught up with after a sleep, and again when the plan changes', async () => {
    const caseId = await team.claimed('Slept');
    await team.offer(caseId, ANA);
    await team.moveTo(13);
    expect(team.owner(caseId)).toBe(LEA.agentId);
    expect(team.ownership(caseId).handoffs[0]?.state).toBe('escalated');
    expect(handoffNews()).not.toContain('half');
  });

  test('gives a case to a lead by hand, and not where there is none besides', async () => {
    const caseId = await team.claimed('Mine');
    expect(await team.station.ask('handoffs.toLead', { opId: op(), caseId })).toEqual({ leadId: LEA.agentId });
    expect(team.owner(caseId)).toBe(LEA.agentId);
    expect(await team.station.call('handoffs.toLead', { opId: op(), caseId })).toMatchObject({ error: { code: 'not-owner' } });
    await team.sit(LEA);
    expect(await team.station.call('handoffs.toLead', { opId: op(), caseId })).toMatchObject({ error: { code: 'no-lead' } });
  });
});

describe('a lead', () => {
  test('assigns a case whatever is going on', async () => {
    const caseId = await team.claimed('Case');
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(LEA);
    await team.station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'assign', agentId: TOM.agentId } });
    expect(team.owner(caseId)).toBe(TOM.agentId);
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'superseded' });
    const assigned = (await team.station.ask('cases.timeline', { caseId })).findLast((each) => each.kind === 'event');
    expect(assigned).toMatchObject({ body: { type: 'case.assigned', agentId: TOM.agentId, isForced: true } });
  });

  test('and everybody else: what is taken by hand passes the offer by', async () => {
    const caseId = await team.claimed('Case');
    const handoffId = await team.offer(caseId, ANA);
    await team.sit(TOM);
    await team.station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
    expect(team.owner(caseId)).toBe(TOM.agentId);
    expect(await team.handoff(handoffId)).toMatchObject({ state: 'superseded', steps: [{ detail: 'owner-changed' }] });
  });

  test('sets the rules that offers go by', async () => {
    const { rules, canChange } = await team.station.ask('handoffs.rules', {});
    expect(canChange).toBe(false);
    const saved = { ...rules, graceMs: 30 * MINUTE_MS, sweepLeadMs: 2 * HOUR_MS };
    expect(await team.station.call('handoffs.saveRules', { opId: op(), rules: saved })).toMatchObject({ error: { code: 'not-allowed' } });
    await team.sit(LEA);
    await team.station.ask('handoffs.saveRules', { opId: op(), rules: saved });
    await team.sit(MEI);
    const caseId = await team.claimed('Case');
    expect(await team.station.ask('handoffs.prepare', { caseId })).toMatchObject({ expiry: { expiresAt: at(9.5) }, reason: 'shift-end' });
  });
});

test('a restart keeps everything, and the projections are made again as they were', async () => {
  const [one, two] = [await team.claimed('one'), await team.claimed('two')];
  const first = await team.offer(one, ANA);
  await team.offer(two, LISBON);
  await team.sit(ANA);
  await team.accept(first);
  await team.station.ask('handoffs.ask', { opId: op(), handoffId: first, text: 'Which?' });
  await team.sit(MEI);
  const picture = (): unknown =>
    team.station.engine.store.read((db) => ({
      handoffs: db.all(
        'SELECT h.uid, h.state, h.live, h.receiver, h.owner, h.expires_at, h.body, c.uid AS of FROM handoffs h JOIN cases c ON c.id = h.case_id ORDER BY h.uid',
      ),
      cases: db.all('SELECT uid, owner, open_handoff, state FROM cases ORDER BY uid'),
    }));
  const before = picture();
  const { store, ledger } = team.station.engine;
  store.write((tx) => tx.run('DELETE FROM handoffs'));
  ledger.forget();
  rebuildProjections(store, ledger, () => {});
  expect(picture()).toEqual(before);
  await team.reopen();
  expect(picture()).toEqual(before);
  expect((await lanes()).outgoing.toSorted()).toEqual(['one accepted', 'two offered']);
  await team.moveTo(9.25);
  expect(team.owner(two)).toBe(LEA.agentId);
});
