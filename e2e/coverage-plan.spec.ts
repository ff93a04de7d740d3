import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { EVERYBODY } from '../src/shared/domain/coverage/roster.ts';
import type { AgentProfile, Hub, Requirement, Rotation, ShiftTemplate } from '../src/shared/domain/coverage/roster.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import { DAY_MS, instant } from '../src/shared/domain/time.ts';
import { addDays, dateOfEpochDay, formatLocalDate, WEEKDAYS, weekdayOf } from '../src/shared/domain/time/local-time.ts';
import type { LocalDate } from '../src/shared/domain/time/local-time.ts';
import { epochDayAt, zoneTransitions } from '../src/shared/domain/time/zone.ts';
import { accessibilityProblems } from './axe.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { callEngine } from './engine-port.ts';
import { picture } from './look.ts';
import { runCommand } from './palette.ts';

/**
 * A lead plans with three hubs that work nine to five. When the clocks of New York change, an hour of every day is left
 * to nobody: the lead sees it, closes it, publishes, and takes the publishing back. Once with the mouse, once with keys.
 */
test.describe.configure({ mode: 'serial' });

const HUBS = [
  ['Singapore', 'Asia/Singapore', ['Tan Wei Ling', 'Nadia Rahman']],
  ['Berlin', 'Europe/Berlin', ['Jonas Weber', 'Miriam Koch']],
  ['New York', 'America/New_York', ['Ruth Alvarez', 'Sam Carter']],
] as const;

let meridian: RunningApp;
let page: Page;
let userData: string;

/** The Monday after the next time that New York's clocks change in a direction. */
function mondayAfterChange(direction: 'forward' | 'back'): LocalDate {
  const now = instant(Date.now());
  const found = zoneTransitions('America/New_York', instant(now + 8 * DAY_MS), instant(now + 500 * DAY_MS)).find(
    ({ beforeMs, afterMs }) => afterMs > beforeMs === (direction === 'forward'),
  );
  const sunday = dateOfEpochDay(epochDayAt('America/New_York', found?.at ?? now));
  return addDays(sunday, (7 - WEEKDAYS.indexOf(weekdayOf(sunday))) % 7);
}

async function setUpTeam(): Promise<void> {
  const opId = (name: string): ReturnType<typeof makeId<'op'>> => makeId('op', `plan-${name}-0000`);
  const me = await callEngine(page, 'workspace.setProfile', {
    opId: opId('profile'),
    name: 'Tan Wei Ling',
    zone: 'UTC',
    languages: ['en'],
  });
  const lead = me.agentId;
  const hubs = HUBS.map(([name, zone], index): Hub => ({
    hubId: makeId('hub', `h${index}`),
    name,
    zone,
    position: null,
    weekend: ['sat', 'sun'],
    holidays: [],
    isActive: true,
  }));
  const people = HUBS.map(([, zone, names], index) =>
    names.map((name, place): AgentProfile => ({
      agentId: index === 0 && place === 0 ? lead : makeId('agt', `a${index}${place}`),
      name,
      hubId: hubs[index]?.hubId ?? null,
      zone: index === 0 && place === 0 ? 'UTC' : zone,
      contract: { hoursPerWeek: 40, from: null, until: null },
      skills: [],
      languages: [],
      tiers: index === 0 && place === 0 ? ['L1', 'lead'] : ['L1'],
      pattern: {},
      isActive: true,
    })),
  );
  const start: LocalDate = { year: 2026, month: 1, day: 5 };
  const templates = hubs.map((hub, index): ShiftTemplate => ({
    templateId: makeId('tpl', `t${index}`),
    name: `${hub.name} day`,
    hubId: hub.hubId,
    zone: hub.zone,
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    startMinute: 9 * 60,
    endMinute: 17 * 60,
    cycleWeeks: 1,
    activeWeeks: [0],
    anchorDate: start,
    validFrom: null,
    validUntil: null,
    breaks: [],
    needs: EVERYBODY,
    onHolidays: 'skip',
    isActive: true,
  }));
  const rotations = templates.map((template, index): Rotation => ({
    rotationId: makeId('rot', `r${index}`),
    name: template.name,
    version: 1,
    supersedes: null,
    templateIds: [template.templateId],
    agentIds: (people[index] ?? []).map((person) => person.agentId),
    seats: 1,
    step: 'week',
    anchorDate: start,
    from: start,
    until: null,
    isActive: true,
  }));
  const hours = [{ openMinute: 60, closeMinute: 22 * 60 }];
  const requirement: Requirement = {
    requirementId: makeId('req', 'someone'),
    name: 'Somebody on',
    selector: EVERYBODY,
    window: { zone: 'UTC', week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } },
    minimum: 1,
    target: 1,
    severity: 'critical',
    shortestMs: 5 * 60_000,
    isActive: true,
  };
  await callEngine(page, 'roster.save', {
    opId: opId('roster'),
    changes: [
      ...hubs.map((hub) => ({ kind: 'hub' as const, hub })),
      ...people.flat().map((agent) => ({ kind: 'agent' as const, agent })),
      ...templates.map((template) => ({ kind: 'template' as const, template })),
      ...rotations.map((rotation) => ({ kind: 'rotation' as const, rotation })),
      { kind: 'requirement' as const, requirement },
    ],
  });
}

async function goToDate(date: LocalDate): Promise<void> {
  await page.getByRole('button', { name: /Go to a date$/u }).click();
  await page.getByLabel('Go to a date', { exact: true }).last().fill(formatLocalDate(date));
  await page.keyboard.press('Enter');
}

const plan = (): Locator => page.getByRole('grid', { name: 'Plan' });
const strip = (): Locator => page.getByRole('group', { name: 'Requirements' });
const bars = (person: string): Locator => plan().getByRole('button', { name: new RegExp(`^${person},`, 'u') });

test.beforeAll(async () => {
  userData = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-plan-'));
  meridian = await launchMeridian({ userData });
  ({ page } = meridian);
  await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1_400, 900));
  await expect(page.getByRole('textbox').first()).toBeVisible();
  await setUpTeam();
  await expect(page.getByRole('navigation').getByRole('button', { name: /^Coverage/u })).toBeVisible();
});
test.afterAll(async () => {
  await meridian.close();
  fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
});

test('with the mouse: plan a week for three hubs, see the hole, close it, publish, take it back', async () => {
  const monday = mondayAfterChange('forward');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Coverage/u })
    .click();
  await goToDate(monday);
  await page.getByRole('button', { name: 'Generate …' }).first().click();
  await expect(page.locator('.m-dialog').getByRole('checkbox')).toHaveCount(3);
  await page.locator('.m-dialog').getByRole('button', { name: 'Draft the shifts' }).click();
  await expect(page.getByText('15 drafted changes')).toBeVisible();
  await expect(plan().getByRole('button', { name: /09:00 to 17:00 New York, draft, new/u })).toHaveCount(5);
  // Nine to five in New York is an hour earlier by UTC from this week on: nobody is on from 21:00 to 22:00.
  await expect(strip()).toContainText('5 gaps');
  await picture(page, 'hole');

  await page.getByRole('button', { name: 'Day', exact: true }).click();
  await goToDate(monday);
  const bar = plan().getByRole('button', { name: /09:00 to 17:00 New York/u });
  await expect(bar).toBeVisible();
  const box = await bar.boundingBox();
  const track = await plan().getByRole('gridcell', { name: 'Hours of New York' }).boundingBox();
  if (box === null || track === null) throw new Error('the plan is not laid out');
  const hour = track.width / 24;
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2 + hour / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.move(box.x + box.width - 2 + hour, box.y + box.height / 2, { steps: 4 });
  await expect(page.locator('.plan-drag-label')).toContainText('9h');
  await expect(page.locator('.plan-drag-label')).toContainText('09:00–18:00 New York');
  await picture(page, 'drag');
  await page.mouse.up();
  await expect(plan().getByRole('button', { name: /09:00 to 18:00 New York/u })).toBeVisible();

  // A second shift by dragging on an empty row, moved to a colleague, and taken back step by step.
  const row = plan()
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: 'Miriam Koch' }) });
  const target = (await bars('Miriam Koch').count()) === 0 ? 'Miriam Koch' : 'Jonas Weber';
  const empty =
    target === 'Miriam Koch'
      ? row
      : plan()
          .getByRole('row')
          .filter({ has: page.getByRole('rowheader', { name: target }) });
  const cell = await empty.getByRole('gridcell').first().boundingBox();
  if (cell === null) throw new Error('the row is not laid out');
  const middle = cell.y + cell.height / 2;
  await page.mouse.move(cell.x + hour * 2, middle);
  await page.mouse.down();
  await page.mouse.move(cell.x + hour * 4, middle, { steps: 5 });
  await page.mouse.up();
  await expect(bars(target)).toHaveCount(1);
  await expect(bars(target)).toHaveAttribute('aria-label', /03:00 to 05:00 Berlin, draft, new/u);
  await page.keyboard.press('Control+z');
  await expect(bars(target)).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(bars(target)).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(bars(target)).toHaveCount(0);

  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await expect(strip()).toContainText('4 gaps');
  await page.getByRole('button', { name: 'Review and publish …' }).click();
  const dialog = page.getByRole('dialog', { name: /^Publish/u });
  await expect(dialog).toContainText('Publish 15 changes?');
  await expect(dialog).toContainText('people are told');
  await picture(page, 'publish');
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Note' }).fill('First week after the change');
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Nothing drafted')).toBeVisible();
  const published = await callEngine(page, 'plan.publications', { limit: 10 });
  expect(published.map(({ changed, note }) => [changed, note])).toEqual([[15, 'First week after the change']]);

  await page.getByRole('button', { name: 'Publications' }).last().click();
  await page.getByRole('complementary', { name: 'Publications' }).getByRole('button', { name: 'Take back …' }).click();
  const taking = page.getByRole('dialog', { name: /^Take back/u });
  await expect(taking).toContainText('15 changes');
  await taking.getByRole('button', { name: 'Take back 15 changes' }).click();
  await expect(plan().getByRole('button', { name: /New York$/u })).toHaveCount(0);
  await expect(strip()).toContainText('5 gaps');
});

async function tabTo(target: Locator): Promise<void> {
  for (let count = 0; count < 60; count += 1) {
    if (await target.evaluate((element) => element === document.activeElement || element.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('not reached with Tab');
}

/** Presses an arrow until the focus is in somebody's row; it follows a frame after the key. */
async function moveToRow(person: string, arrow: 'ArrowUp' | 'ArrowDown'): Promise<void> {
  for (let count = 0; count < 30; count += 1) {
    const row = await page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      return document.activeElement?.closest('[role=row]')?.querySelector('[role=rowheader]')?.getAttribute('aria-label') ?? '';
    });
    if (row === person) return;
    await page.keyboard.press(arrow);
  }
  throw new Error(`${person} has no row`);
}

test('with keys alone: the same in autumn', async () => {
  const monday = mondayAfterChange('back');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Coverage' }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.keyboard.press('w');
  const jump = page.getByRole('button', { name: /Go to a date$/u });
  await tabTo(jump);
  await page.keyboard.press('Enter');
  await page
    .getByLabel('Go to a date', { exact: true })
    .last()
    .fill(formatLocalDate(addDays(monday, -7)));
  await page.keyboard.press('Enter');
  // The week before New York follows Berlin back: the hole is still there.
  await tabTo(plan());
  await page.keyboard.press('Control+Home');
  const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
  for (const [person, arrow] of [
    ['Ruth Alvarez', 'ArrowDown'],
    ['Jonas Weber', 'ArrowUp'],
  ] as const) {
    await moveToRow(person, arrow);
    await page.keyboard.press('Home');
    await page.keyboard.press('n');
    await expect.poll(focused).toMatch(new RegExp(`^${person}, .*09:00 to 17:00 .*, draft, new$`, 'u'));
    for (let day = 0; day < 4; day += 1) {
      await page.keyboard.press('Control+d');
      await expect(bars(person)).toHaveCount(day + 2);
    }
  }
  await expect(page.getByText('10 drafted changes')).toBeVisible();

  // Ruth's Friday: an hour longer, half an hour later, back again, and to a colleague.
  await moveToRow('Ruth Alvarez', 'ArrowDown');
  await expect.poll(focused).toMatch(/^Ruth Alvarez, Fri/u);
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(focused).toMatch(/^Ruth Alvarez, Fri.* 09:00 to 18:00 New York/u);
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(focused).toMatch(/09:30 to 18:30/u);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(focused).toMatch(/09:00 to 18:00/u);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(focused).toMatch(/^Sam Carter, Fri.* 09:00 to 18:00/u);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Edit shift' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toMatch(/^Sam Carter, Fri/u);
  await page.keyboard.press('Delete');
  await expect(page.getByText('9 drafted changes')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('10 drafted changes')).toBeVisible();

  await page.keyboard.press('Control+Enter');
  await tabTo(page.getByRole('dialog', { name: /^Publish/u }).getByRole('button', { name: 'Publish', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing drafted')).toBeVisible();
  await expect(page.getByRole('dialog', { name: /^Publish/u })).toBeHidden();
  await runCommand(page, 'Publications of the plan');
  const history = page.getByRole('complementary', { name: 'Publications' });
  await expect(history).toBeVisible();
  await tabTo(history.getByRole('button', { name: 'Take back …' }).first());
  await page.keyboard.press('Enter');
  const taking = page.getByRole('dialog', { name: /^Take back/u });
  await tabTo(taking.getByRole('button', { name: 'Take back 10 changes' }));
  await page.keyboard.press('Enter');
  // behind the dialog there are no bars for anybody: it goes when the engine has done it
  await expect(taking).toBeHidden();
  await expect(bars('Sam Carter')).toHaveCount(0);
  const published = await callEngine(page, 'plan.publications', { limit: 10 });
  expect(published.map(({ changed, reverts }) => [changed, reverts !== null])).toEqual([
    [10, true],
    [10, false],
    [15, true],
    [15, false],
  ]);
});
