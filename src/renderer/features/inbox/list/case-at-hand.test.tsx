// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeId } from '../../../../shared/domain/ids.ts';
import { transport } from '../../../bridge/client.ts';
import { useSession } from '../../../state/session.ts';
import { useInbox } from '../inbox-store.ts';
import { CaseAtHand } from './case-at-hand.ts';

const [FIRST, SECOND, THIRD] = [makeId('case', 'c1'), makeId('case', 'c2'), makeId('case', 'c3')];

let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.spyOn(transport, 'subscribe').mockImplementation((name, input) => {
    asked.push(`${name} ${JSON.stringify(input)}`);
    return () => undefined;
  });
  useInbox.setState({ order: [FIRST, SECOND, THIRD], cursorCaseId: FIRST });
  useSession.setState({ selectedCaseId: null });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function rest(): void {
  act(() => {
    vi.advanceTimersByTime(100);
  });
}

test('what the case under the cursor shows first is asked for once the cursor rests, and nothing of those it passed', () => {
  render(<CaseAtHand />);
  act(() => void useInbox.setState({ cursorCaseId: SECOND }));
  act(() => void useInbox.setState({ cursorCaseId: THIRD }));
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
