// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeId } from '../../../../shared/domain/ids.ts';
import { liveQueries, transport } from '../../../bridge/client.ts';
import { useSession } from '../../../state/session.ts';
import { useInbox } from '../inbox-store.ts';
import { CaseAtHand } from './case-at-hand.ts';

const [FIRST, SECOND, THIRD] = [makeId('case', 'c1'), makeId('case', 'c2'), makeId('case', 'c3')];

let asked: string[];
let ended: number;

beforeEach(() => {
  vi.useFakeTimers();
  // what the test before has kept is not known any more
  liveQueries.forgetUnused();
  asked = [];
  ended = 0;
  vi.spyOn(transport, 'subscribe').mockImplementation((name, input) => {
    asked.push(`${name} ${JSON.stringify(input)}`);
    return { attend: () => undefined, stop: () => void (ended += 1) };
  });
  useInbox.setState({ order: [FIRST, SECOND, THIRD], cursorCaseId: FIRST });
  useSession.setState({ selectedCaseId: null });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function rest(ms = 100): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

test('what the case under the cursor shows first is asked for once the cursor rests, and nothing of those it passed', () => {
  render(<CaseAtHand />);
  // as fast as a held key repeats
  for (const cursorCaseId of [SECOND, THIRD]) {
    rest(50);
    act(() => void useInbox.setState({ cursorCaseId }));
  }
  expect(asked).toEqual([]);
  rest();
  expect(asked).toEqual([
    `cases.detail {"caseId":"${THIRD}"}`,
    `cases.timeline {"caseId":"${THIRD}"}`,
    `drafts.get {"caseId":"${THIRD}","kind":"reply"}`,
  ]);
});

test('while a case is open, the one below it is kept at hand; below the last one there is none', () => {
  useSession.setState({ selectedCaseId: FIRST });
  render(<CaseAtHand />);
  rest();
  expect(asked.every((each) => each.includes(SECOND))).toBe(true);
  expect(asked).toHaveLength(3);
  act(() => void useSession.setState({ selectedCaseId: THIRD }));
  rest();
  expect(asked).toHaveLength(3);
});

test('what was kept of a case is let go of a while after the cursor has left it', () => {
  render(<CaseAtHand />);
  rest();
  expect([asked.length, ended]).toEqual([3, 0]);
  act(() => void useInbox.setState({ cursorCaseId: null }));
  rest(10_000);
  expect([asked.length, ended]).toEqual([3, 3]);
});

test('below a case that is open and not in the list there is none', () => {
  useSession.setState({ selectedCaseId: makeId('case', 'elsewhere') });
  render(<CaseAtHand />);
  rest();
  expect(asked).toEqual([]);
});
