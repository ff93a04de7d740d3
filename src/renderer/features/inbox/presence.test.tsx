// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { fakeCase } from '../../../../test/renderer/fake-lanes.ts';
import { fakeTeam } from '../../../../test/renderer/fake-team.ts';
import { transport } from '../../bridge/client.ts';
import { useTellPresence } from '../../frame/use-tell-presence.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useSession } from '../../state/session.ts';
import { HOLDING_MS, noteWriting, stopWriting, useWriting, WRITING_MS } from '../../state/writing.ts';
import { CollisionWarning, PresenceLine } from './conversation/presence-line.tsx';
import { AssigneeMark } from './list/case-marks.tsx';
import { PresenceMarks } from './list/presence-marks.tsx';

const [A, B, C] = [fakeCase('a'), fakeCase('b'), fakeCase('c')];
let engine: FakeEngine;

function Teller(): null {
  useTellPresence();
  return null;
}

const told = (): readonly unknown[] => engine.calls.filter((each) => each.name === 'team.tellPresence').map((each) => each.input);

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ route: 'inbox', selectedCaseId: null });
  engine = new FakeEngine(fakeTeam([A, B, C], new URLSearchParams('team=live'), () => engine));
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('presence', () => {
  test('a row shows who has its case on screen, those who write first, and nobody on other rows', async () => {
    const { container } = render(<PresenceMarks caseId={B.caseId} />);
    expect(await screen.findByTitle('Grace Adeyemi is writing a reply… 李雷 is viewing')).toBeTruthy();
    expect([...container.querySelectorAll('.m-avatar')].map((each) => each.textContent)).toEqual(['GA', '李']);
    const other = render(<PresenceMarks caseId={fakeCase('d').caseId} />);
    expect(other.container.textContent).toBe('');
  });

  test('the header says it politely, and the composer warns of who writes to the same customer', async () => {
    render(
      <>
        <PresenceLine caseId={A.caseId} />
        <CollisionWarning caseId={A.caseId} />
      </>,
    );
    expect(await screen.findByText('Ana Castro is writing a reply…')).toBeTruthy();
    expect(screen.getByRole('status', { name: 'Who else is here' })).toBeTruthy();
    expect(screen.getByText('Ana Castro is writing a reply to this customer right now.')).toBeTruthy();
  });

  test('of who only looks there is no warning', async () => {
    const { container } = render(
      <>
        <PresenceLine caseId={C.caseId} />
        <CollisionWarning caseId={C.caseId} />
      </>,
    );
    expect(await screen.findByText('Inês Duarte is viewing')).toBeTruthy();
    expect(container.querySelector('.ib-collision')).toBeNull();
  });

  test('an owner that the hub has not confirmed is marked, in words', () => {
    render(<AssigneeMark assigneeId={A.assigneeId} assigneeName="Robin Vale" me={A.assigneeId} isPending withName />);
    expect(screen.getByText('unconfirmed')).toBeTruthy();
    expect(screen.getByTitle('The hub has not confirmed who has this case')).toBeTruthy();
  });

  test('the team is told which case is on screen and while a reply is written, once for each change', async () => {
    render(<Teller />);
    await waitFor(() => expect(told()).toMatchObject([{ viewing: null, writing: false }]));
    act(() => {
      useSession.setState({ selectedCaseId: A.caseId });
    });
    act(() => noteWriting(A.caseId));
    act(() => noteWriting(A.caseId));
    act(() => stopWriting(A.caseId));
    act(() => {
      useSession.setState({ route: 'settings' });
    });
    await waitFor(() =>
      expect(told().slice(1)).toMatchObject([
        { viewing: A.caseId, writing: false },
        { viewing: A.caseId, writing: true, holds: true },
        { viewing: A.caseId, writing: false },
        { viewing: null, writing: false },
      ]),
    );
  });

  test('who stops typing is not writing any more, holds the reply a while longer, and begins both anew with the next key', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    noteWriting(A.caseId);
    vi.advanceTimersByTime(WRITING_MS - 1);
    expect(useWriting.getState()).toEqual({ caseId: A.caseId, heldCaseId: A.caseId });
    vi.advanceTimersByTime(1);
    expect(useWriting.getState()).toEqual({ caseId: null, heldCaseId: A.caseId });
    vi.advanceTimersByTime(HOLDING_MS - WRITING_MS - 1);
    noteWriting(A.caseId);
    vi.advanceTimersByTime(HOLDING_MS - 1);
    expect(useWriting.getState()).toEqual({ caseId: null, heldCaseId: A.caseId });
    vi.advanceTimersByTime(1);
    expect(useWriting.getState().heldCaseId).toBeNull();
  });

  test('who has begun a reply and looks elsewhere is still there; who only looked is not', async () => {
    const visible = vi.spyOn(document, 'visibilityState', 'get');
    const look = (state: DocumentVisibilityState): void => {
      visible.mockReturnValue(state);
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
    };
    look('visible');
    useSession.setState({ selectedCaseId: A.caseId });
    render(<Teller />);
    await waitFor(() => expect(told().at(-1)).toMatchObject({ viewing: A.caseId, holds: false }));
    look('hidden');
    await waitFor(() => expect(told().at(-1)).toMatchObject({ viewing: null, holds: false }));
    look('visible');
    act(() => noteWriting(A.caseId));
    look('hidden');
    await waitFor(() => expect(told().at(-1)).toMatchObject({ viewing: A.caseId, holds: true }));
    act(() => stopWriting(A.caseId));
    await waitFor(() => expect(told().at(-1)).toMatchObject({ viewing: null, holds: false }));
    visible.mockRestore();
  });
});
