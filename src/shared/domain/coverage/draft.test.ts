import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZONE_DATA, bodies, body, breakAt, shift, wall } from '../../../../test/coverage/plan.ts';
import { agent, at } from '../../../../test/coverage/team.ts';
import { makeId } from '../ids.ts';
import type { ShiftId } from '../ids.ts';
import { applyChanges, bodyIn, draftedChanges, publish, revert, sameBody, sameIntent, toldAgents } from './draft.ts';
import { SAME } from './plan.ts';
import type { DraftState, Shift, ShiftBody, ShiftChange } from './plan.ts';

const ANN = agent('ann');
const BEN = agent('ben');
const DAY = body(ANN, '2026-06-01T09:00', '2026-06-01T17:00');
const LATE = body(ANN, '2026-06-01T12:00', '2026-06-01T20:00');
const changed = (to: ShiftBody): DraftState => ({ kind: 'changed', body: to });
const REMOVED: DraftState = { kind: 'removed' };

function change(of: Shift | string, draft: DraftState): ShiftChange {
  return { shiftId: typeof of === 'string' ? makeId('shf', of) : of.shiftId, draft };
}

describe('a draft', () => {
  test('is seen by who plans, and by nobody else', () => {
    const [seen, gone, same] = [shift('a', DAY, changed(LATE)), shift('b', DAY, REMOVED), shift('c', DAY)];
    expect([seen, gone, same].map((each) => bodyIn(each, 'published'))).toEqual([DAY, DAY, DAY]);
    expect([seen, gone, same].map((each) => bodyIn(each, 'draft'))).toEqual([LATE, null, DAY]);
  });

  test('has an inverse that is a change', () => {
    const before = shift('a', DAY);
    const { shifts, inverse } = applyChanges([before], [change(before, changed(LATE))]);
    expect(shifts).toEqual([{ ...before, draft: changed(LATE) }]);
    expect(inverse).toEqual([change(before, SAME)]);
    expect(applyChanges(shifts, inverse)).toEqual({ shifts: [before], inverse: [change(before, changed(LATE))] });
  });

  test('of what is published anyway is none', () => {
    const before = shift('a', DAY, changed(LATE));
    const again = { ...DAY, zoneData: 'another', breaks: [], needs: { ...DAY.needs } };
    expect(applyChanges([before], [change(before, changed(again))]).shifts).toEqual([shift('a', DAY)]);
  });

  test('makes a shift, and lets one that was never published vanish', () => {
    const { shifts, inverse } = applyChanges([], [change('new', changed(DAY))]);
    expect(shifts).toEqual([shift('new', null, changed(DAY))]);
    expect(inverse).toEqual([change('new', SAME)]);
    const removal = applyChanges(shifts, [change('new', REMOVED)]);
    expect(removal.shifts).toEqual([]);
    expect(applyChanges(removal.shifts, removal.inverse).shifts).toEqual(shifts);
    expect(applyChanges([], [change('x', REMOVED)]).shifts).toEqual([]);
  });

  test('keeps the tombstone of a shift that was taken back', () => {
    const tombstone: Shift = { ...shift('a', null), revision: 2, cancelled: DAY };
    expect(applyChanges([tombstone], [change(tombstone, REMOVED)]).shifts).toEqual([tombstone]);
    const again = applyChanges([tombstone], [change(tombstone, changed(DAY))]).shifts;
    expect(publish(again).shifts).toEqual([{ ...tombstone, revision: 3, published: DAY, cancelled: null }]);
  });
});

describe('publishing', () => {
  test('counts the revisions of what changes, and of nothing else', () => {
    const all = [shift('a', DAY, changed(LATE)), shift('b', DAY), shift('c', null, changed(DAY)), shift('d', DAY, REMOVED)];
    const { shifts, changes } = publish(all);
    expect(shifts).toEqual([
      { ...shift('a', LATE), revision: 2 },
      shift('b', DAY),
      shift('c', DAY),
      { ...shift('d', null), revision: 2, cancelled: DAY },
    ]);
    expect(changes).toEqual([
      { shiftId: 'shf_a', before: DAY, after: LATE },
      { shiftId: 'shf_c', before: null, after: DAY },
      { shiftId: 'shf_d', before: DAY, after: null },
    ]);
    expect(draftedChanges(all)).toEqual(changes);
    expect(publish(shifts)).toEqual({ shifts, changes: [] });
  });

  test('does nothing for a draft that says what is published', () => {
    expect(publish([shift('a', DAY, changed({ ...DAY, zoneData: 'another' }))])).toEqual({ shifts: [shift('a', DAY)], changes: [] });
  });
});

describe('taking back', () => {
  test('leaves alone what was changed since', () => {
    const first = publish([shift('a', DAY, changed(LATE)), shift('b', DAY, changed(LATE))]);
    const later = publish(applyChanges(first.shifts, [change('a', changed({ ...LATE, note: 'swapped' }))]).shifts);
    const { shifts, changes, conflicts } = revert(later.shifts, { changes: first.changes });
    expect(conflicts).toEqual(['shf_a']);
    expect(changes).toEqual([{ shiftId: 'shf_b', before: LATE, after: DAY }]);
    expect(shifts.map((each) => each.published)).toEqual([{ ...LATE, note: 'swapped' }, DAY]);
  });

  test('keeps drafts on top, as long as they say something else', () => {
    const first = publish([shift('a', DAY, changed(LATE)), shift('b', null, changed(DAY)), shift('c', DAY, changed(LATE))]);
    const note = { ...LATE, note: 'draft' };
    const drafted = applyChanges(first.shifts, [change('a', changed(note)), change('b', REMOVED), change('c', changed(DAY))]).shifts;
    expect(revert(drafted, { changes: first.changes }).shifts.map((each) => each.draft)).toEqual([changed(note), SAME, SAME]);
  });

  test('goes by what was meant: times that a law has moved are no change', () => {
    const first = publish([shift('a', DAY, changed(LATE))]);
    const moved = { ...LATE, startAt: at('2026-06-01T11:00Z'), endAt: at('2026-06-01T19:00Z'), zoneData: 'another' };
    const rows = first.shifts.map((each) => ({ ...each, published: moved }));
    expect(revert(rows, { changes: first.changes })).toMatchObject({ conflicts: [], changes: [{ before: moved, after: DAY }] });
  });

  test('of taking back is to publish again', () => {
    const first = publish([shift('a', DAY, REMOVED)]);
    const back = revert(first.shifts, { changes: first.changes });
    expect(back.shifts).toEqual([{ ...shift('a', DAY), revision: 3 }]);
    expect(revert(back.shifts, { changes: back.changes }).shifts).toEqual([{ ...shift('a', null), revision: 4, cancelled: DAY }]);
  });
});

describe('equal bodies', () => {
  const lunch = breakAt('UTC', '2026-06-01T12:00', '2026-06-01T13:00');
  test.each([
    ['person', { agentId: BEN.agentId }],
    ['hub', { hubId: makeId('hub', 'x') }],
    ['zone', { zone: 'Europe/London' }],
    ['start', { startLocal: wall('2026-06-01T08:00') }],
    ['end', { endLocal: wall('2026-06-01T18:00') }],
    ['break', { breaks: [lunch] }],
    ['skills', { needs: { ...DAY.needs, skills: ['x'] } }],
    ['languages', { needs: { ...DAY.needs, languages: ['x'] } }],
    ['tiers', { needs: { ...DAY.needs, tiers: ['L2'] } }],
    ['hubs', { needs: { ...DAY.needs, hubs: [makeId('hub', 'x')] } }],
    ['source', { source: 'ics' }],
    ['template', { templateId: makeId('tpl', 'x') }],
    ['rotation', { rotationId: makeId('rot', 'x') }],
    ['note', { note: 'x' }],
  ] as readonly (readonly [string, Partial<ShiftBody>])[])('have the same %s', (_what, part) => {
    expect(sameIntent(DAY, { ...DAY, ...part })).toBe(false);
    expect(sameBody(DAY, { ...DAY, ...part })).toBe(false);
  });

  test('have the same instants, or at least the same intent', () => {
    const moved = { ...DAY, startAt: at('2026-06-01T08:00Z') };
    expect(sameBody(DAY, moved)).toBe(false);
    expect(sameIntent(DAY, moved)).toBe(true);
    const [one, other] = [lunch, { ...lunch, endAt: at('2026-06-01T13:01Z') }].map((each) => ({ ...DAY, breaks: [each] }));
    expect(sameBody(one ?? null, other ?? null)).toBe(false);
    expect(sameBody(DAY, { ...DAY, zoneData: 'another' })).toBe(true);
    expect([sameBody(null, null), sameBody(DAY, null), sameIntent(null, DAY)]).toEqual([true, false, false]);
  });
});

describe('who is told', () => {
  const now = at('2026-05-30T09:00Z');
  const id = makeId('shf', 'a');
  const told = (before: ShiftBody | null, after: ShiftBody | null) =>
    toldAgents([{ shiftId: id, before, after }], now).map(
      ({ agentId, shifts }) => `${agentId.slice(4)} ${shifts.map((each) => `${each.kind}${each.isLate ? ' late' : ''}`).join()}`,
    );

  test('the person of a shift, what became of it', () => {
    expect(told(null, DAY)).toEqual(['ann added']);
    expect(told(DAY, null)).toEqual(['ann removed']);
    expect(told(DAY, LATE)).toEqual(['ann moved']);
    expect(told(DAY, { ...DAY, note: 'x' })).toEqual(['ann changed']);
    expect(told(DAY, { ...DAY, agentId: BEN.agentId })).toEqual(['ann removed', 'ben added']);
    expect(told(DAY, { ...DAY, agentId: null })).toEqual(['ann removed']);
    expect(told(DAY, { ...DAY, zoneData: 'x' })).toEqual([]);
    expect(told(null, { ...DAY, agentId: null })).toEqual([]);
    // who loses a shift does not learn when another works it
    expect(
      toldAgents([{ shiftId: id, before: DAY, after: { ...LATE, agentId: BEN.agentId } }], now).map(({ shifts }) => shifts[0]),
    ).toMatchObject([
      { before: { from: DAY.startAt }, after: null },
      { before: null, after: { from: LATE.startAt } },
    ]);
  });

  test('less than 48 hours before is late, by the earlier of two starts', () => {
    const early = body(ANN, '2026-06-01T08:59', '2026-06-01T17:00');
    expect(told(null, early)).toEqual(['ann added late']);
    expect(told(early, null)).toEqual(['ann removed late']);
    expect(told(early, LATE)).toEqual(['ann moved late']);
    expect(told(LATE, early)).toEqual(['ann moved late']);
    expect(told(early, { ...LATE, agentId: BEN.agentId })).toEqual(['ann removed late', 'ben added']);
  });

  test('everybody once, in order of time', () => {
    const changes = [LATE, DAY].map((each, index) => ({ shiftId: makeId('shf', String(index)), before: null, after: each }));
    expect(toldAgents(changes, now)).toEqual([
      {
        agentId: ANN.agentId,
        shifts: [
          { shiftId: 'shf_1', kind: 'added', isLate: false, before: null, after: { from: DAY.startAt, to: DAY.endAt } },
          { shiftId: 'shf_0', kind: 'added', isLate: false, before: null, after: { from: LATE.startAt, to: LATE.endAt } },
        ],
      },
    ]);
  });
});

const IDS: readonly ShiftId[] = ['a', 'b', 'c', 'd', 'e'].map((name) => makeId('shf', name));
const drafts: fc.Arbitrary<DraftState> = fc.oneof(
  { weight: 4, arbitrary: bodies([ANN.agentId, BEN.agentId]).map(changed) },
  { weight: 2, arbitrary: fc.constant(REMOVED) },
  { weight: 1, arbitrary: fc.constant(SAME) },
);
const edits = fc.array(
  fc.record({ shiftId: fc.constantFrom(...IDS), draft: drafts }).map((each): ShiftChange => each),
  { maxLength: 8 },
);
/** Sequences of edits; each is published, taken back at once, or left as a draft. */
const histories = fc.array(fc.tuple(edits, fc.constantFrom('publish', 'draft', 'revert')), { maxLength: 4 });

function played(history: readonly (readonly [readonly ShiftChange[], string])[]): readonly Shift[] {
  let shifts: readonly Shift[] = [];
  for (const [changes, then] of history) {
    ({ shifts } = applyChanges(shifts, changes));
    if (then === 'draft') continue;
    const publication = publish(shifts);
    shifts = then === 'publish' ? publication.shifts : revert(publication.shifts, publication).shifts;
  }
  return shifts;
}
const byId = (shifts: readonly Shift[]) => shifts.toSorted((a, b) => (a.shiftId < b.shiftId ? -1 : 1));
const published = (shifts: readonly Shift[]) =>
  byId(shifts)
    .filter((each) => each.published !== null)
    .map(({ shiftId, published: is }) => ({ shiftId, is }));

describe('any history', () => {
  test('is undone exactly, and done again', () => {
    fc.assert(
      fc.property(histories, edits, (history, changes) => {
        const before = played(history);
        const done = applyChanges(before, changes);
        const undone = applyChanges(done.shifts, done.inverse);
        expect(byId(undone.shifts)).toEqual(byId(before));
        expect(byId(applyChanges(undone.shifts, undone.inverse).shifts)).toEqual(byId(done.shifts));
      }),
    );
  });

  test('published and taken back is what was published', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const before = played(history);
        const publication = publish(before);
        const back = revert(publication.shifts, publication);
        expect(back.conflicts).toEqual([]);
        expect(published(back.shifts)).toEqual(published(before));
        const again = revert(back.shifts, back);
        expect(published(again.shifts)).toEqual(published(publication.shifts));
      }),
    );
  });

  test('counts a revision for each real change, and leaves a tombstone for what is gone', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const before = new Map(played(history).map((each) => [each.shiftId, each]));
        const after = publish([...before.values()]);
        const real = new Set(after.changes.map((each) => each.shiftId));
        for (const each of after.shifts) {
          const was = before.get(each.shiftId);
          expect(each.draft).toEqual(SAME);
          expect(each.revision).toBe((was?.revision ?? 0) + (real.has(each.shiftId) ? 1 : 0));
          expect(real.has(each.shiftId)).toBe(!sameBody(was?.published ?? null, each.published));
          expect(each.published === null).toBe(each.cancelled !== null);
        }
      }),
    );
  });

  test('has no row that says nothing', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const each of played(history)) {
          expect(each.published !== null || each.cancelled !== null || each.draft.kind === 'changed').toBe(true);
          expect(each.draft.kind === 'removed' && each.published === null).toBe(false);
          expect(each.draft.kind === 'changed' && sameBody(each.draft.body, each.published)).toBe(false);
        }
      }),
    );
  });
});

test('bodies of tests are derived as the program derives them', () => {
  expect(DAY).toMatchObject({ startAt: at('2026-06-01T09:00Z'), zoneData: ZONE_DATA });
});
