// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeRoster } from '../../../../../test/renderer/preview/fake-coverage.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { SlaBadge } from '../../../../shared/contract/sla.contract.ts';
import type { OnNow, StaffedRunway } from '../../../../shared/domain/coverage/coverage.ts';
import { EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { useSession } from '../../../state/session.ts';
import { RunwayBadge } from './runway-badge.tsx';
import { RunwayCard } from './runway-card.tsx';
import { compareShifts, shiftOf } from './shift-of.ts';

// A Friday, 16:00 in London.
const START = Date.UTC(2026, 10, 20, 16);
const after = (ms: number): Instant => instant(START + ms);
const CASE = makeId('case', 'c1');
const JIN = makeId('agt', 'jin');
const ANA = makeId('agt', 'ana');

function row(runway: CaseRow['runway'], dueIn: number): CaseRow {
  const sla: Partial<SlaBadge> = { metric: 'first-reply', dueAt: after(dueIn), endedAt: null, pausedAt: null, problem: null };
  return { caseId: CASE, runway, sla } as CaseRow;
}

let engine: FakeEngine;
let reasons: StaffedRunway;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: START });
  useSession.setState({ zone: 'Europe/London', locale: 'en' });
  engine = new FakeEngine({
    'roster.get': () => ({ ok: true, value: { roster: fakeRoster, me: null, canPlan: false, zoneData: '', zoneNotice: null } }),
    'coverage.runway': () => ({ ok: true, value: reasons }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

describe('the runway badge', () => {
  test('counts staffed time down, in the steps that its words have', async () => {
    let drawn = 0;
    render(
      <Profiler id="badge" onRender={() => (drawn += 1)}>
        <RunwayBadge row={row({ staffedAtDue: 2 * HOUR_MS, base: 0, since: after(0) }, 10 * HOUR_MS)} />
      </Profiler>,
    );
    expect(screen.getByRole('img', { name: '2h of the time left has somebody on shift who can take it' })).not.toBeNull();
    drawn = 0;
    for (let minute = 0; minute < 45; minute += 1) await act(async () => vi.advanceTimersByTime(MINUTE_MS));
    expect(screen.getByText('1h 15m')).not.toBeNull();
    // Below 2h, below 1h 45m and below 1h 30m: three times in 45 minutes.
    expect(drawn).toBe(3);
    await act(async () => vi.advanceTimersByTime(75 * MINUTE_MS));
    expect(screen.getByText('Nobody on')).not.toBeNull();
    expect(screen.getByRole('img', { name: 'Breaches before anyone who can take it starts' })).not.toBeNull();
  });

  test('says with names and local times who comes too late, when the pointer rests on it', async () => {
    reasons = {
      caseId: CASE,
      dueAt: after(2 * HOUR_MS + 5 * MINUTE_MS),
      runwayMs: 0,
      leftMs: 2 * HOUR_MS,
      need: { selector: { ...EVERYBODY, languages: ['ko'], tiers: ['L2'] }, unspoken: null },
      on: [],
      nextAfterDue: { agentId: JIN, from: after(8 * HOUR_MS) },
    };
    render(
      <>
        <RunwayBadge row={row({ staffedAtDue: 0, base: 0, since: null }, 2 * HOUR_MS)} />
        <RunwayCard />
      </>,
    );
    const badge = screen.getByText('Nobody on').closest('.ib-runway');
    if (badge === null) throw new Error('no badge');
    fireEvent.pointerEnter(badge);
    act(() => void vi.advanceTimersByTime(300));
    expect(screen.queryByText(/is the first to start/u)).toBeNull();
    act(() => void vi.advanceTimersByTime(100));
    await vi.waitFor(() => screen.getByText('Kim Min-jun is the first to start, 5h 55m too late'));
    const card = screen.getByText('Asks for L2 and Korean').closest('.m-point-card');
    expect(card?.textContent).toContain('0m of 2h 4m until it is due at 18:05');
    // Midnight in London is eight in the morning in Singapore.
    expect(card?.textContent).toContain('from Sat 00:00');
    expect(card?.textContent).toContain('Singapore · Sat 08:00 there');
    fireEvent.pointerLeave(badge);
    await vi.waitFor(() => expect(screen.queryByText(/is the first to start/u)).toBeNull());
  });

  test('names who is on until it is due, and no end where they stay on', async () => {
    reasons = {
      caseId: CASE,
      dueAt: after(4 * HOUR_MS),
      runwayMs: 3 * HOUR_MS,
      leftMs: 4 * HOUR_MS,
      need: { selector: EVERYBODY, unspoken: 'th' },
      on: [
        { agentId: ANA, from: after(0), to: after(2 * HOUR_MS) },
        { agentId: JIN, from: after(3 * HOUR_MS), to: after(4 * HOUR_MS) },
      ],
      nextAfterDue: null,
    };
    render(
      <>
        <RunwayBadge row={row({ staffedAtDue: 3 * HOUR_MS, base: 0, since: after(0) }, 4 * HOUR_MS)} />
        <RunwayCard />
      </>,
    );
    const badge = screen.getByText('3h').closest('.ib-runway');
    if (badge !== null) fireEvent.pointerEnter(badge);
    act(() => void vi.advanceTimersByTime(400));
    const ana = await vi.waitFor(() => screen.getByText('Ana Sousa'));
    expect(ana.closest('li')?.textContent).toContain('until 18:00');
    expect(screen.getByText('Kim Min-jun').closest('li')?.textContent).toContain('from 19:00');
    expect(screen.getByText('Kim Min-jun').closest('li')?.textContent).not.toContain('until');
    expect(screen.getByText(/Nobody in the team speaks Thai/u)).not.toBeNull();
  });
});

describe('whom to choose', () => {
  test('who is on and able comes first, then who comes next, then who is on but can not take it', () => {
    const on = (agentId: typeof JIN): OnNow['on'][number] => ({ agentId, until: after(HOUR_MS), shiftId: makeId('shf', 's') });
    const LI = makeId('agt', 'li');
    const THEO = makeId('agt', 'theo');
    const able: OnNow = {
      at: after(0),
      on: [on(JIN)],
      next: [
        { agentId: THEO, from: after(5 * HOUR_MS), until: after(9 * HOUR_MS), shiftId: makeId('shf', 't') },
        { agentId: LI, from: after(2 * HOUR_MS), until: after(9 * HOUR_MS), shiftId: makeId('shf', 'l') },
      ],
    };
    const all: OnNow = { ...able, on: [on(JIN), on(ANA)] };
    const team = [makeId('agt', 'nobody'), ANA, THEO, LI, JIN];
    const sorted = team
      .map((agentId) => ({ agentId, shift: shiftOf(agentId, able, all) }))
      .sort((a, b) => compareShifts(a.shift, b.shift))
      .map(({ agentId, shift }) => `${agentId} ${shift.kind}`);
    expect(sorted).toEqual(['agt_jin on', 'agt_li next', 'agt_theo next', 'agt_ana unable', 'agt_nobody unplanned']);
  });
});
