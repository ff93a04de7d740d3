import { beforeEach, expect, test } from 'vitest';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { useSession } from '../../state/session.ts';
import { arriveInList, showRows, useInbox } from './inbox-store.ts';

const ids = Array.from({ length: 30 }, (_each, at) => makeId('case', `c${String(at)}`));
const rows = ids.map((caseId) => ({ caseId })) as CaseRow[];
const SEEN = { first: 5, last: 14 };

function cursor(): number {
  const { cursorCaseId } = useInbox.getState();
  return cursorCaseId === null ? -1 : ids.indexOf(cursorCaseId);
}
function arrive(cursorCaseId: (typeof ids)[number] | null, cursorIndex = 0): number {
  useInbox.setState({ cursorCaseId, cursorIndex });
  arriveInList(rows, SEEN);
  const arrived = cursor();
  // what the actions are told next changes nothing of it
  showRows(rows);
  expect(cursor()).toBe(arrived);
  return arrived;
}

beforeEach(() => {
  useInbox.setState({ order: [], cursorCaseId: null, cursorIndex: 0, cursorHeading: null });
  useSession.setState({ selectedCaseId: null });
});

test('the cursor stays on its case where that is seen, and goes to the first row that is seen where it is not', () => {
  expect(arrive(ids[7] ?? null)).toBe(7);
  expect(arrive(ids[20] ?? null)).toBe(5);
  expect(arrive(ids[0] ?? null)).toBe(5);
});

test('a cursor whose case is not in the list stays at its place, if that is seen', () => {
  const gone = makeId('case', 'gone');
  expect(arrive(gone, 9)).toBe(9);
  expect(arrive(gone, 25)).toBe(5);
  expect(arrive(null)).toBe(5);
});

test('an open case, and the heading that the cursor is on, are left alone', () => {
  useSession.setState({ selectedCaseId: ids[20] ?? null });
  expect(arrive(ids[20] ?? null)).toBe(20);
  useSession.setState({ selectedCaseId: null });
  useInbox.setState({ cursorCaseId: ids[20] ?? null, cursorHeading: 'today' });
  arriveInList(rows, SEEN);
  expect([cursor(), useInbox.getState().cursorHeading]).toEqual([20, 'today']);
});
