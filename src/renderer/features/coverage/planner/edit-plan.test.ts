import { beforeEach, expect, test, vi } from 'vitest';
import type { Shift, ShiftChange } from '../../../../shared/domain/coverage/plan.ts';
import { SAME } from '../../../../shared/domain/coverage/plan.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { editPlan, forgetAnswered, undoStep, withPending } from './edit-plan.ts';
import { usePlanner } from './planner.store.ts';

interface Sent {
  readonly changes: readonly ShiftChange[];
  readonly answer: () => void;
}
const engine = vi.hoisted(() => ({ sent: [] as Sent[] }));

vi.mock(import('../../../bridge/client.ts'), async (original) => {
  const real = await original();
  const call = ((_name: string, { changes }: { changes: readonly ShiftChange[] }) =>
    new Promise((resolve) => {
      const answer = (): void => resolve({ ok: true, value: { inverse: changes } });
      engine.sent.push({ changes, answer });
    })) as unknown as typeof real.call;
  return { ...real, call };
});

const change = (name: string): ShiftChange => ({ shiftId: makeId('shf', name), draft: SAME });
const names = (): readonly string[] => engine.sent.map(({ changes }) => changes[0]?.shiftId ?? '');

beforeEach(() => {
  engine.sent.length = 0;
  usePlanner.setState({ done: [], undone: [], pending: new Map() });
});

test('an undo that is pressed before an edit is answered takes that edit back, and a second one the edit before', async () => {
  const first = editPlan([change('first')], 'first');
  const second = editPlan([change('second')], 'second');
  const undone = Promise.all([undoStep(), undoStep()]);
  // Both edits leave at once; the steps back wait until they are steps.
  expect(names()).toEqual(['shf_first', 'shf_second']);
  for (const each of engine.sent) each.answer();
  await Promise.all([first, second]);
  await vi.waitFor(() => expect(names()).toEqual(['shf_first', 'shf_second', 'shf_second']));
  engine.sent[2]?.answer();
  await vi.waitFor(() => expect(names()).toEqual(['shf_first', 'shf_second', 'shf_second', 'shf_first']));
  engine.sent[3]?.answer();
  await undone;
  expect(usePlanner.getState().done).toEqual([]);
  expect(usePlanner.getState().undone.map((step) => step.label)).toEqual(['second', 'first']);
});

test('a plan that was on its way before an edit was answered does not show the shift as it was', async () => {
  const shiftId = makeId('shf', 'moved');
  const planWith = (draft: Shift['draft']): readonly Shift[] => [{ shiftId, revision: 1, published: null, cancelled: null, draft }];
  const shown = (plan: readonly Shift[]) => withPending(plan, usePlanner.getState().pending)[0]?.draft;
  const removed = { shiftId, draft: { kind: 'removed' } } as const;
  const edit = editPlan([removed], 'removed');
  engine.sent[0]?.answer();
  await edit;
  const [before, after] = [planWith(SAME), planWith(removed.draft)];
  forgetAnswered(before);
  expect(shown(before)).toEqual(removed.draft);
  forgetAnswered(after);
  expect(usePlanner.getState().pending.size).toBe(0);
  // what the engine has made something else of is believed with the second plan
  const again = editPlan([removed], 'removed');
  engine.sent[1]?.answer();
  await again;
  forgetAnswered(before);
  forgetAnswered(before);
  expect(shown(before)).toEqual(SAME);
});

test('a shift that was only drafted is gone with its draft', async () => {
  const undone = editPlan([change('drafted')], 'undone');
  engine.sent[0]?.answer();
  await undone;
  forgetAnswered([]);
  expect(usePlanner.getState().pending.size).toBe(0);
});
