import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { body, drafted, setUp, TOMAS } from './roster-team.ts';
import { op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import { nextSnoozeAt } from '../../src/main/engine/store/cases.store.ts';
import { lastEventKey } from '../../src/main/engine/store/handoff-news.store.ts';
import type { EngineToPage } from '../../src/shared/contract/define.ts';
import type { EngineEvent } from '../../src/shared/contract/workspace.contract.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import { instant } from '../../src/shared/domain/time.ts';

/** What the engine begins by itself after the first page has been answered: parts of it that can not begin, and an end before. */

let station: Workstation;
let logged: string[];
let answered: () => void;
let firstAnswers: Promise<void>;
const log = (_level: string, message: string): void => void logged.push(message);

beforeEach(() => {
  logged = [];
  firstAnswers = new Promise((resolve) => {
    answered = resolve;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await station[Symbol.asyncDispose]();
});

/** A window, and what of the engine's own work it has been told can not begin. */
function openWindow(): () => readonly string[] | null {
  const told: Extract<EngineEvent, { type: 'not-begun' }>[] = [];
  station.engine.attachPage({
    post: (message: EngineToPage) => {
      if (message.t !== 'event') return;
      const event = message.event as EngineEvent;
      if (event.type === 'not-begun') told.push(event);
    },
    onMessage: () => undefined,
    onClose: () => undefined,
  });
  return () => told.at(-1)?.what ?? null;
}

test('a part that can not begin is told, the others begin, and the database is checked at the next start', async () => {
  station = await startWorkstation({ beforeChores: firstAnswers, log });
  const { store } = station.engine;
  const read = store.read.bind(store);
  const asked: unknown[] = [];
  vi.spyOn(store, 'read').mockImplementation((work) => {
    asked.push(work);
    // the first thing that who looks after handoffs asks
    if ((work as unknown) === lastEventKey) throw Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT' });
    return read(work);
  });
  const toldOf = openWindow();
  answered();
  await station.engine.started;
  await until(async () => Promise.resolve(toldOf() !== null), 'the window has been told');
  expect(toldOf()).toEqual(['handoffs']);
  expect(openWindow()()).toEqual(['handoffs']);
  expect(logged).toContain('handoffs could not be begun');
  // who ends snoozes looks for the next one by itself
  expect(asked).toContain(nextSnoozeAt);
  // the machine wakes up: what can not begin is in nobody's way
  station.engine.handleShellEvent({ type: 'power', state: 'resume' });
  await station.quit();
  // the copies are what begins last
  expect(existsSync(join(station.folder, 'backup.db'))).toBe(true);
  expect(existsSync(join(station.folder, 'running'))).toBe(true);
});

test('a workspace that does not start is told', async () => {
  station = await startWorkstation({ prepare: async () => Promise.reject(new Error('no sample')), log });
  expect(logged).toContain('the workspace did not start');
  expect(openWindow()()).toEqual(['channels']);
});

test('who is on follows a plan that is published before anything begins by itself', async () => {
  station = await startWorkstation({ beforeChores: firstAnswers, log, clock: { now: () => instant(Date.UTC(2026, 10, 25, 9)) } });
  await setUp(station);
  const question = { selector: EVERYBODY, at: null };
  let told: unknown = null;
  let ask: (message: unknown) => void = () => undefined;
  station.engine.attachPage({
    post: (message) => {
      if (message.t === 'data') told = message.result;
    },
    onMessage: (listener) => (ask = listener),
    onClose: () => undefined,
  });
  ask({ t: 'subscribe', id: 1, name: 'coverage.onNow', input: question, isShown: true });
  await until(async () => Promise.resolve(told !== null), 'the window knows who is on');
  expect(told).toMatchObject({ value: { on: [] } });
  const change = drafted('tomas', body(TOMAS.agentId, '2026-11-25T08:00', '2026-11-25T12:00'));
  await station.ask('plan.edit', { opId: op(), changes: [change] });
  await station.ask('plan.publish', { opId: op(), note: '' });
  const on = [expect.objectContaining({ agentId: TOMAS.agentId })];
  expect(await station.ask('coverage.onNow', question)).toMatchObject({ on });
  await until(async () => Promise.resolve(JSON.stringify(told).includes(TOMAS.agentId)), 'the window is told');
  expect(told).toMatchObject({ value: { on } });
  answered();
});

test('who closes before the first page has been answered does not wait for it, and nothing begins', async () => {
  station = await startWorkstation({ beforeChores: firstAnswers, log });
  await station.quit();
  answered();
  await firstAnswers;
  expect(logged).toEqual([]);
  expect(existsSync(join(station.folder, 'running'))).toBe(false);
  expect(existsSync(join(station.folder, 'backup.db'))).toBe(false);
});
