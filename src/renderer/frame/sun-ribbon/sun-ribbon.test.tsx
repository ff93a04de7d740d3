// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { RosterView, Ribbon } from '../../../shared/contract/coverage.contract.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import { EMPTY_ROSTER, EVERYBODY } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { setRibbonOpen, useSession } from '../../state/session.ts';
import { RibbonTrack } from './ribbon-track.tsx';
import { SunRibbon } from './sun-ribbon.tsx';

// A Tuesday, 12:20 in London; Lisbon shows the same.
const NOW = Date.UTC(2026, 2, 3, 12, 20);
const at = (hours: number): ReturnType<typeof instant> => instant(Date.UTC(2026, 2, 3) + hours * HOUR_MS);
const REQUIREMENT = makeId('req', 'all');
const ANA = makeId('agt', 'ana');
const BINA = makeId('agt', 'bina');

const agent = (agentId: typeof ANA, name: string, zone: string): AgentProfile => ({
  agentId,
  name,
  hubId: null,
  zone,
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: [],
  pattern: {},
  isActive: true,
});
const requirements: RosterView['roster']['requirements'] = [
  {
    requirementId: REQUIREMENT,
    name: 'Around the clock',
    selector: EVERYBODY,
    window: null,
    minimum: 1,
    target: 1,
    severity: 'major',
    shortestMs: 0,
    isActive: true,
  },
];
const view: RosterView = {
  roster: {
    ...EMPTY_ROSTER,
    agents: [agent(ANA, 'Ana Sousa', 'Europe/Lisbon'), agent(BINA, 'Bina Gurung', 'Asia/Kathmandu')],
    requirements,
  },
  me: ANA,
  canPlan: true,
  zoneData: '2026c',
  zoneNotice: null,
};
const ribbon: Ribbon = {
  lanes: [
    {
      hubId: makeId('hub', 'lis'),
      name: 'Lisbon',
      zone: 'Europe/Lisbon',
      shifts: [{ from: at(9), to: at(17), agentIds: [ANA] }],
      daylight: [{ from: at(7), to: at(18.5) }],
    },
    {
      hubId: makeId('hub', 'ktm'),
      name: 'Kathmandu',
      zone: 'Asia/Kathmandu',
      shifts: [{ from: at(13.25), to: at(20), agentIds: [BINA] }],
      daylight: [{ from: at(0.75), to: at(12.5) }],
    },
  ],
  issues: [
    {
      kind: 'gap',
      requirementId: REQUIREMENT,
      severity: 'major',
      from: at(20),
      to: at(22),
      have: 0,
      want: 1,
      rivals: [],
      shiftId: null,
      isBrief: false,
    },
  ],
  due: [{ at: at(20.5), count: 3, caseIds: [], unstaffed: 2 }],
  promises: [],
  hasPlan: true,
};

const promised = (id: string, contactName: string, text: string, isInfeasible: boolean): PromiseRow => ({
  caseId: makeId('case', id),
  subject: 'Export stops',
  contactName,
  promise: {
    promiseId: makeId('prm', id),
    text,
    zone: 'Asia/Tokyo',
    dueAt: at(14),
    dueLocal: { year: 2026, month: 3, day: 3, hour: 23, minute: 0, second: 0 },
    madeAt: at(1),
    madeBy: ANA,
    messageId: null,
    source: 'typed',
    toldAt: at(1),
    ownerId: ANA,
    state: 'open',
    settlement: null,
  },
  feasibility: isInfeasible
    ? { kind: 'infeasible', unstaffed: { from: at(13.75), to: at(14) }, earlier: null, later: null }
    : { kind: 'feasible', staffed: [] },
});
const promises = [
  promised('one', 'Amara Okafor', 'back to you tonight', true),
  promised('two', 'Ben Carter', 'a fix by eleven', false),
  // Of a case that is not in the view: the ribbon's mark does not count it.
  promised('other', 'Somebody Else', 'something else', false),
];

let engine: FakeEngine;
let shown: Ribbon = ribbon;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: NOW });
  useSession.setState({ zone: 'Europe/London', locale: 'en', view: 'unassigned', route: 'inbox', isRibbonOpen: true, coverageAt: null });
  shown = ribbon;
  engine = new FakeEngine({
    'roster.get': () => ({ ok: true, value: view }),
    'coverage.ribbon': () => ({ ok: true, value: shown }),
    'promises.list': () => ({ ok: true, value: { rows: promises, total: promises.length } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

// Timers are moved by hand, so the library's own waiting would never end.
const isThere = async (): Promise<HTMLElement> => vi.waitFor(() => screen.getByRole('slider', { name: 'Time on the sun ribbon' }));
const text = async (words: string): Promise<HTMLElement> => vi.waitFor(() => screen.getByText(words));
const button = async (name: string): Promise<HTMLElement> => vi.waitFor(() => screen.getByRole('button', { name }));

describe('the sun ribbon', () => {
  test('says in words who is on and until when, and what is due with nobody on', async () => {
    render(<SunRibbon />);
    const slider = await isThere();
    const list = screen.getByRole('list', { name: 'Who is on now' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual(['Lisbon: 1 on shift until 17:00', 'Kathmandu: nobody on shift until 13:15']);
    fireEvent.keyDown(slider, { key: 'ArrowRight' });
    // Names come with the roster, which is asked for beside the ribbon.
    await vi.waitFor(() =>
      expect(slider.getAttribute('aria-valuetext')).toMatch(/^Tue 12:30\. Lisbon: 1 on shift until 17:00: Ana Sousa\. /u),
    );
    for (let step = 0; step < 5; step += 1) fireEvent.keyDown(slider, { key: 'ArrowRight', shiftKey: true });
    // 13:15, 17:00, 20:00, 20:30, 22:00: the fifth change is past the due cases.
    expect(slider.getAttribute('aria-valuetext')).toMatch(/^Tue 22:00/u);
    fireEvent.keyDown(slider, { key: 'ArrowLeft', shiftKey: true });
    expect(slider.getAttribute('aria-valuetext')).toContain(
      'Tue 20:30. Lisbon: nobody on shift. Kathmandu: nobody on shift. Around the clock: nobody until 22:00. 3 cases fall due. 2 of them breach before anybody who can take them starts',
    );
  });

  test('leaves out the hour that the time of now would lie on', async () => {
    render(<SunRibbon />);
    await isThere();
    const hours = (): (string | null)[] => [...document.querySelectorAll('.ribbon-hour')].map((each) => each.textContent);
    expect(hours()).toEqual(expect.arrayContaining(['08:00', '10:00', '14:00', '16:00']));
    expect(hours()).not.toContain('12:00');
    await act(async () => vi.advanceTimersByTimeAsync(2 * HOUR_MS));
    expect(hours()).toEqual(expect.arrayContaining(['10:00', '12:00', '16:00', '18:00']));
    expect(hours()).not.toContain('14:00');
  });

  test('shows a card with names and the clocks of each hub, and jumps to the time in Coverage', async () => {
    render(<SunRibbon />);
    const slider = await isThere();
    fireEvent.keyDown(slider, { key: 'ArrowRight', shiftKey: true });
    const card = (await text('Bina Gurung')).closest('.ribbon-card');
    expect(card?.textContent).toContain('Tue 13:15');
    // Kathmandu is a quarter to: 5:45 ahead.
    expect(card?.textContent).toContain('Tue 19:00');
    expect(card?.textContent).toContain('Ana Sousa until 17:00');
    fireEvent.keyDown(slider, { key: 'Enter' });
    expect(useSession.getState()).toMatchObject({ route: 'coverage', coverageTab: 'plan', coverageAt: at(13.25) });
  });

  test('marks promises, those that nobody can keep by more than colour, and tells which they are', async () => {
    shown = {
      ...ribbon,
      due: [],
      promises: [{ at: at(14), count: 2, caseIds: [makeId('case', 'one'), makeId('case', 'two')], infeasible: 1 }],
    };
    render(<SunRibbon />);
    const slider = await isThere();
    // What the test before has asked is shown for a moment.
    const mark = await vi.waitFor(() => document.querySelector('.ribbon-promise') ?? Promise.reject(new Error('no mark yet')));
    expect(mark.textContent).toBe('2');
    expect(mark.querySelectorAll('svg')).toHaveLength(2);
    // 13:15 somebody starts, then the promises.
    for (let step = 0; step < 2; step += 1) fireEvent.keyDown(slider, { key: 'ArrowRight', shiftKey: true });
    const card = (await text('Amara Okafor: back to you tonight')).closest('.ribbon-card');
    expect(card?.textContent).toContain('2 promises fall due');
    expect(card?.textContent).toContain('Ben Carter: a fix by eleven');
    expect(card?.textContent).not.toContain('Somebody Else');
    expect(slider.getAttribute('aria-valuetext')).toContain(
      '2 promises fall due. Amara Okafor: back to you tonight. Ben Carter: a fix by eleven. Nobody is on in time to keep 1 of them',
    );
  });

  test('never walks out of its twelve hours', async () => {
    render(<SunRibbon />);
    const slider = await isThere();
    fireEvent.keyDown(slider, { key: 'End' });
    fireEvent.keyDown(slider, { key: 'ArrowRight' });
    expect(Number(slider.getAttribute('aria-valuenow'))).toBe(720);
    fireEvent.keyDown(slider, { key: 'Home' });
    expect(Number(slider.getAttribute('aria-valuenow'))).toBe(-720);
  });

  test('a plan that is published is seen at once, without asking', async () => {
    render(<SunRibbon />);
    await isThere();
    shown = { ...ribbon, lanes: ribbon.lanes.map((lane) => ({ ...lane, shifts: [{ from: at(10), to: at(15), agentIds: [ANA, BINA] }] })) };
    await act(async () => engine.changed('coverage.ribbon'));
    expect((await text('Kathmandu: 2 on shift until 15:00')).isConnected).toBe(true);
  });

  test('without a plan it tells how to begin; folded it is one line, and stays folded', async () => {
    shown = { lanes: [], issues: [], due: [], promises: [], hasPlan: false };
    render(<SunRibbon />);
    fireEvent.click(await button('Plan shifts'));
    expect(useSession.getState()).toMatchObject({ route: 'coverage', coverageTab: 'plan' });
    shown = ribbon;
    await act(async () => engine.changed('coverage.ribbon'));
    fireEvent.click(await button('Fold the sun ribbon'));
    expect(screen.queryByRole('slider')).toBeNull();
    expect(JSON.parse(localStorage.getItem('meridian.session') ?? '')).toMatchObject({ state: { isRibbonOpen: false } });
    act(() => setRibbonOpen(true));
    await isThere();
  });
});

/** What changes below an element from now on. */
function changesOf(element: Element | null): readonly MutationRecord[] {
  const changes: MutationRecord[] = [];
  if (element === null) throw new Error('nothing to watch');
  new MutationObserver((records) => changes.push(...records)).observe(element, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  return changes;
}

describe('a quiet ribbon', () => {
  test('draws nothing anew while nothing changes: a minute costs one wake, which moves the sheet', async () => {
    let drawn = 0;
    render(
      <Profiler id="ribbon" onRender={() => (drawn += 1)}>
        <SunRibbon />
      </Profiler>,
    );
    await isThere();
    const sheet = document.querySelector<HTMLElement>('.ribbon-sheet');
    const drawing = document.querySelector('.ribbon-drawing');
    const changes = changesOf(drawing);
    const before = sheet?.style.transform;
    drawn = 0;
    for (let minute = 0; minute < 10; minute += 1) await act(async () => vi.advanceTimersByTime(MINUTE_MS));
    expect(sheet?.style.transform).not.toBe(before);
    expect(changes).toEqual([]);
    expect(drawn).toBe(10);
    // One timer for the whole page, however much on it tells the time.
    expect(vi.getTimerCount()).toBe(1);
  });

  test('only a lane that changed is drawn again', async () => {
    const window = { from: at(0), to: at(25) };
    const { rerender, container } = render(<RibbonTrack ribbon={ribbon} window={window} />);
    const [lisbon, kathmandu] = container.querySelectorAll('.ribbon-lane');
    const changes = changesOf(lisbon ?? null);
    const [first, second] = ribbon.lanes;
    if (first === undefined || second === undefined) throw new Error('two lanes');
    rerender(<RibbonTrack ribbon={{ ...ribbon, lanes: [first, { ...second, shifts: [] }] }} window={window} />);
    await Promise.resolve();
    expect(changes).toEqual([]);
    expect(kathmandu?.querySelectorAll('.ribbon-shift')).toHaveLength(0);
  });
});

describe('changes of the clocks', () => {
  test('are told within an hour of them, and marked where they are', async () => {
    // Lisbon: on 29 March 2026 at 01:00 UTC the clocks go forward; Kathmandu never changes.
    vi.setSystemTime(Date.UTC(2026, 2, 28, 20));
    const seamAt = instant(Date.UTC(2026, 2, 29, 1));
    shown = {
      ...ribbon,
      lanes: ribbon.lanes.map((lane) => ({ ...lane, shifts: [{ from: seamAt, to: instant(seamAt + HOUR_MS), agentIds: [ANA] }] })),
    };
    useSession.setState({ zone: 'UTC' });
    render(<SunRibbon />);
    const slider = await isThere();
    const [lisbon, kathmandu] = document.querySelectorAll('.ribbon-lane');
    expect(lisbon?.querySelectorAll('.ribbon-seam')).toHaveLength(1);
    expect(kathmandu?.querySelectorAll('.ribbon-seam')).toHaveLength(0);
    // The viewer's own clocks are UTC.
    expect(document.querySelectorAll('.ribbon-axis .ribbon-seam')).toHaveLength(0);
    fireEvent.keyDown(slider, { key: 'ArrowRight', shiftKey: true });
    expect(slider.getAttribute('aria-valuetext')).toContain('At 01:00 the clocks go forward by 1h');
    expect(slider.getAttribute('aria-valuetext')?.match(/clocks/gu)).toHaveLength(1);
    fireEvent.keyDown(slider, { key: 'Home' });
    expect(slider.getAttribute('aria-valuetext')).not.toContain('clocks');
  });
});
