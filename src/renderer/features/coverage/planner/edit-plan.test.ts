import { beforeEach, expect, test, vi } from 'vitest';
import type { ShiftChange } from '../../../../shared/domain/coverage/plan.ts';
import { SAME } from '../../../../shared/domain/coverage/plan.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { editPlan, undoStep } from './edit-plan.ts';
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
