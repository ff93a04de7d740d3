import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrive } from './arriving.ts';
import { body, drafted, HARUKA, LISBON, LUCIA, setUp, SINGAPORE, TOMAS } from './roster-team.ts';
import { op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { CaseRow } from '../../src/shared/contract/cases.contract.ts';
import type { ShiftChange } from '../../src/shared/domain/coverage/plan.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../src/shared/domain/time.ts';
import type { ViewId } from '../../src/shared/domain/views.ts';

/** A Wednesday morning at nine, in Lisbon and in UTC; tests move the clock by hand. */
const T0 = Date.UTC(2026, 10, 25, 9);
let nowMs = T0;
const clock = { now: () => instant(nowMs) };
let station: Workstation;

beforeEach(async () => {
  nowMs = T0;
  station = await startWorkstation({ clock });
  await setUp(station);
});
afterEach(() => station[Symbol.asyncDispose]());

async function publish(...changes: readonly ShiftChange[]): Promise<void> {
  await station.ask('plan.edit', { opId: op(), changes });
  await station.ask('plan.publish', { opId: op(), note: '' });
}
/** Time goes on, and the engine's timers ring. */
function moveTo(hours: number): void {
  nowMs = T0 + hours * HOUR_MS;
  station.engine.handleShellEvent({ type: 'power', state: 'resume' });
}
async function rows(view: ViewId = 'all'): Promise<readonly CaseRow[]> {
  return (await station.ask('cases.list', { view, sort: 'runway', limit: 100 })).rows;
}
async function subjects(view: ViewId = 'all'): Promise<readonly string[]> {
  return (await rows(view)).map((row) => row.subject);
}
/** Minutes of runway as the page works them out; null when it is not known. */
async function runwayOf(subject: string): Promise<number | null> {
  const row = (await rows()).find((each) => each.subject === subject);
  if (row === undefined) throw new Error(`no case ${subject}`);
  const { runway } = row;
  if (runway === null) return null;
  return Math.max(0, runway.staffedAtDue - runway.base - (runway.since === null ? 0 : nowMs - runway.since)) / MINUTE_MS;
}
async function runwayBecomes(subject: string, minutes: number | null): Promise<void> {
  await until(async () => (await runwayOf(subject)) === minutes, `the runway of ${subject} is ${String(minutes)} min`);
}

const MORNING = drafted('tomas', body(TOMAS.agentId, '2026-11-25T10:00', '2026-11-25T12:00'));

describe('the runway of a case', () => {
  test('is not known without a plan, and then cases go by due time', async () => {
    await arrive(station, clock, 'first');
    nowMs += MINUTE_MS;
    await arrive(station, clock, 'second');
    expect(await runwayOf('first')).toBeNull();
    expect(await subjects()).toEqual(['first', 'second']);
    expect(await subjects('unstaffed')).toEqual([]);
  });

  test('falls only while somebody is on who can take it', async () => {
    await publish(
      MORNING,
      // Who does not speak the customer's language is no help.
      drafted('haruka', body(HARUKA.agentId, '2026-11-25T17:00', '2026-11-25T23:00', { zone: SINGAPORE.zone, hubId: SINGAPORE.hubId })),
    );
    // Due after eight hours, at five in the afternoon.
    await arrive(station, clock, 'english');
    await runwayBecomes('english', 120);
    moveTo(0.5);
    expect(await runwayOf('english')).toBe(120);
    moveTo(1.5);
    expect(await runwayOf('english')).toBe(90);
    moveTo(2.75);
    expect(await runwayOf('english')).toBe(15);
    moveTo(4);
    expect(await runwayOf('english')).toBe(0);
    moveTo(9);
    expect(await runwayOf('english')).toBe(0);
  });

  test('names who is first with shift enough left for the work', async () => {
    // Ten minutes of a turn whose last half hour is for wrapping up are no time for a mail of a quarter of an hour.
    await publish(
      drafted('short', body(LUCIA.agentId, '2026-11-25T09:00', '2026-11-25T09:40')),
      drafted('long', body(TOMAS.agentId, '2026-11-25T11:00', '2026-11-25T13:00')),
    );
    const caseId = await arrive(station, clock, 'work');
    await runwayBecomes('work', 160);
    const { channels } = await station.ask('coverage.staffing', {});
    const effortMs = (channels.email?.handleSeconds ?? 0) * 1_000;
    expect(effortMs).toBeGreaterThan(10 * 60_000);
    const from = T0 + 2 * HOUR_MS;
    expect(await station.ask('coverage.nextAvailable', { caseId })).toEqual({
      agentId: TOMAS.agentId,
      from,
      doneAt: from + effortMs,
      effortMs,
      isInTime: true,
    });
  });

  test('counts who can do what its labels ask for, from the moment it has them', async () => {
    await publish(MORNING, drafted('lucia', body(LUCIA.agentId, '2026-11-25T14:00', '2026-11-25T15:00')));
    const caseId = await arrive(station, clock, 'second tier');
    await runwayBecomes('second tier', 180);
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'add-label', label: 'l2' } });
    expect(await runwayOf('second tier')).toBe(60);
    expect(await station.ask('coverage.runway', { caseId })).toMatchObject({
      runwayMs: HOUR_MS,
      leftMs: 8 * HOUR_MS,
      need: { selector: { tiers: ['L2'], languages: ['en'] }, unspoken: null },
      on: [{ agentId: LUCIA.agentId, from: T0 + 5 * HOUR_MS, to: T0 + 6 * HOUR_MS }],
    });
  });

  test('of a language that nobody speaks is anybody’s', async () => {
    await publish(MORNING);
    const caseId = await arrive(station, clock, 'finnish', { language: 'fi' });
    await runwayBecomes('finnish', 120);
    expect((await station.ask('coverage.runway', { caseId })).need.unspoken).toBe('fi');
  });

  test('is the same after a restart, also when shifts ended meanwhile', async () => {
    await publish(MORNING, drafted('late', body(TOMAS.agentId, '2026-11-25T15:00', '2026-11-25T16:00')));
    await arrive(station, clock, 'kept');
    await runwayBecomes('kept', 180);
    moveTo(1.5);
    expect(await runwayOf('kept')).toBe(150);
    const { folder } = station;
    await station.quit();
    nowMs = T0 + 4 * HOUR_MS;
    await using again = await startWorkstation({ clock, folder });
    station = again;
    await runwayBecomes('kept', 60);
  });
});

describe('the order of the list', () => {
  test('follows a publishing at once, and its being taken back', async () => {
    await arrive(station, clock, 'due first, ja', { language: 'ja', from: { address: 'a@customer.test', name: '' } });
    nowMs += MINUTE_MS;
    await arrive(station, clock, 'due second, en');
    expect(await subjects()).toEqual(['due first, ja', 'due second, en']);
    await station.ask('plan.edit', {
      opId: op(),
      changes: [
        MORNING,
        drafted('haruka', body(HARUKA.agentId, '2026-11-25T18:00', '2026-11-26T00:00', { zone: SINGAPORE.zone, hubId: SINGAPORE.hubId })),
      ],
    });
    // A draft is nobody's plan yet.
    expect(await runwayOf('due second, en')).toBeNull();
    const { publicationId } = await station.ask('plan.publish', { opId: op(), note: '' });
    // Six hours of Japanese, two of English.
    await until(async () => (await subjects())[0] === 'due second, en', 'the English case comes first');
    await station.ask('plan.revert', { opId: op(), publicationId });
    await until(async () => (await subjects())[0] === 'due first, ja', 'cases go by due time again');
    expect(await runwayOf('due second, en')).toBeNull();
  });

  test('has what breaches before anyone starts first, and that view fills and empties as time passes', async () => {
    await publish(MORNING, drafted('evening', body(TOMAS.agentId, '2026-11-25T18:00', '2026-11-25T20:00')));
    await arrive(station, clock, 'early');
    await runwayBecomes('early', 120);
    expect(await subjects('unstaffed')).toEqual([]);
    nowMs = T0 + 2.5 * HOUR_MS;
    await arrive(station, clock, 'later', { from: { address: 'b@customer.test', name: '' } });
    expect(await subjects('unassigned')).toEqual(['early', 'later']);
    // The morning shift has ended; the evening comes too late for one of them.
    moveTo(3);
    expect(await subjects('unstaffed')).toEqual(['early']);
    expect(await station.ask('cases.counts', {})).toMatchObject({ unstaffed: 1 });
    // Half past five: it is overdue, and that is another view.
    moveTo(8.5);
    expect(await subjects('unstaffed')).toEqual([]);
    expect(await subjects('overdue')).toEqual(['early']);
  });

  test('tells live lists of a change of shift', async () => {
    await publish(MORNING);
    await arrive(station, clock, 'live');
    await runwayBecomes('live', 120);
    const answers: unknown[] = [];
    station.engine.attachPage({
      post: (message: unknown) => answers.push(message),
      onMessage: (listener: (message: unknown) => void) => {
        listener({ t: 'subscribe', id: 1, name: 'cases.list', input: { view: 'unstaffed', sort: 'runway', limit: 10 } });
      },
      onClose: () => undefined,
    });
    await until(() => answers.length === 1, 'the first answer');
    moveTo(3);
    await until(() => answers.length === 2, 'an answer after the shift has ended');
    expect(JSON.stringify(answers.at(-1))).toContain('"subject":"live"');
  });
});

test('a hub shows who can take the cases of the view, its gaps and when cases fall due', async () => {
  await publish(MORNING, drafted('lucia', body(LUCIA.agentId, '2026-11-25T11:00', '2026-11-25T13:00')));
  const caseId = await arrive(station, clock, 'english');
  await runwayBecomes('english', 180);
  const stretch = { from: instant(T0 - 12 * HOUR_MS), to: instant(T0 + 12 * HOUR_MS) };
  const ribbon = await station.ask('coverage.ribbon', { ...stretch, view: 'all' });
  expect(ribbon.hasPlan).toBe(true);
  const lisbon = ribbon.lanes.find((lane) => lane.hubId === LISBON.hubId);
  expect(lisbon?.shifts).toEqual([
    { from: T0 + HOUR_MS, to: T0 + 2 * HOUR_MS, agentIds: [TOMAS.agentId] },
    { from: T0 + 2 * HOUR_MS, to: T0 + 3 * HOUR_MS, agentIds: [LUCIA.agentId, TOMAS.agentId].sort() },
    { from: T0 + 3 * HOUR_MS, to: T0 + 4 * HOUR_MS, agentIds: [LUCIA.agentId] },
  ]);
  expect(lisbon?.daylight).toHaveLength(1);
  expect(ribbon.due).toEqual([{ at: T0 + 8 * HOUR_MS, count: 1, unstaffed: 0, caseIds: [caseId] }]);
  // Only who speaks Japanese can take what is in this view.
  await arrive(station, clock, 'japanese', { language: 'ja', from: { address: 'b@customer.test', name: '' } });
  await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
  const unassigned = await station.ask('coverage.ribbon', { ...stretch, view: 'unassigned' });
  expect(unassigned.lanes.flatMap((lane) => lane.shifts)).toEqual([]);
  expect(unassigned.due).toMatchObject([{ count: 1, unstaffed: 1 }]);
});
