import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { makeId } from '../src/shared/domain/ids.ts';
import { after, DAY_MS, instant } from '../src/shared/domain/time.ts';
import { accessibilityProblems } from './axe.ts';
import { launchMeridian, openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { callEngine } from './engine-port.ts';
import { lookInBothThemes } from './look.ts';

/** Every dialog of the planner opens on the sample team, does not mislead, and is clean for axe in both themes. */
test.describe.configure({ mode: 'serial' });

let meridian: RunningApp;
let page: Page;

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  ...['20300107', '20300108'].flatMap((day, index) => [
    'BEGIN:VEVENT',
    `UID:${index}@example.com`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART;TZID=Europe/Lisbon:${day}T090000`,
    `DTEND;TZID=Europe/Lisbon:${day}T170000`,
    'SUMMARY:Day shift',
    'END:VEVENT',
  ]),
  'BEGIN:VEVENT',
  'UID:day@example.com',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;VALUE=DATE:20300109',
  'SUMMARY:Team day',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

const dialog = (name: RegExp | string): Locator => page.getByRole('dialog', { name });
const plan = (): Locator => page.getByRole('grid', { name: 'Plan' });

async function choose(item: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).first().click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function close(): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.locator('.m-dialog')).toHaveCount(0);
}

test.beforeAll(async () => {
  // the plan is looked at from this very hour on
  meridian = await openSample({ sample: 'of-the-last-minutes' });
  ({ page } = meridian);
  await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1_400, 900));
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Coverage/u })
    .click();
  await expect(plan().getByRole('button').nth(8)).toBeVisible();
  // The coming week has shifts of everybody, none of which has begun.
  await page.getByRole('button', { name: 'Later', exact: true }).click();
});
test.afterAll(() => meridian.close());

test('fill, export, import a calendar', async ({ browserName: _browser }, info) => {
  await choose('Fill from a template …');
  await expect(dialog('Fill from a template').getByRole('button', { name: /^Draft \d+ shifts?$/u })).toBeEnabled();
  await lookInBothThemes(meridian, 'fill');
  await close();

  await choose('Export …');
  await lookInBothThemes(meridian, 'export');
  await dialog('Export').getByText('Hours (.csv)').click();
  await expect(dialog('Export')).toContainText('Time zone of the table');
  await close();

  await choose('Import a calendar …');
  const take = dialog('Import a calendar').getByRole('button', { name: /^Draft/u });
  await expect(take).toBeDisabled();
  const file = info.outputPath('team.ics');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, CALENDAR.replaceAll('2030', String(new Date().getUTCFullYear() + 1)));
  await dialog('Import a calendar').locator('input[type=file]').setInputFiles(file);
  await expect(dialog('Import a calendar')).toContainText('1 event refused');
  await expect(dialog('Import a calendar')).toContainText('is a whole day and has no times');
  await expect(take).toHaveText('Draft 2 shifts');
  await lookInBothThemes(meridian, 'ics');
  await close();
});

test('rotations, and a template with a time that is none', async () => {
  await choose('Templates and rotations …');
  const patterns = dialog('Templates and rotations');
  await patterns.getByRole('textbox', { name: 'Name' }).fill('Singapore early');
  await expect(patterns.getByRole('button', { name: 'Save', exact: true })).toBeEnabled();
  await patterns.getByRole('textbox', { name: 'Start, time of day' }).fill('99:99');
  await expect(patterns.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await expect(patterns).toContainText('Put right what is marked first.');
  await page.keyboard.press('Tab');
  await lookInBothThemes(meridian, 'template');
  await patterns.getByRole('textbox', { name: 'Start, time of day' }).fill('08:00');
  await expect(patterns.getByRole('button', { name: 'Save', exact: true })).toBeEnabled();
  await patterns.getByRole('button', { name: 'Discard' }).click();
  await patterns.getByText('Rotations', { exact: true }).click();
  await expect(patterns).toContainText('This rotation has begun.');
  await lookInBothThemes(meridian, 'rotation');
  await close();
});

test('generating begins today and says why it would make nothing', async () => {
  await page.getByRole('button', { name: 'Today', exact: true }).click();
  await page.getByRole('button', { name: 'Generate …' }).first().click();
  const generate = dialog('Generate shifts from rotations');
  // who sits at the desk of the sample goes by the time of the day, and with them the zone that days are shown in
  const { roster, me } = await callEngine(page, 'roster.get', {});
  const timeZone = roster.agents.find((agent) => agent.agentId === me)?.zone ?? 'UTC';
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now());
  await expect(generate.getByLabel('From')).toHaveValue(today);
  const last = await generate.getByLabel('To').inputValue();
  expect(Date.parse(last) - Date.parse(today)).toBeGreaterThanOrEqual(28 * DAY_MS);
  await generate.getByLabel('From').fill('2020-01-06');
  await generate.getByLabel('To').fill('2020-01-12');
  await expect(generate.getByRole('status')).toContainText('Nothing to make: these rotations begin on');
  await expect(generate.getByRole('button', { name: 'Draft the shifts' })).toBeDisabled();
  await lookInBothThemes(meridian, 'generate');
  await close();
  await page.getByRole('button', { name: 'Later', exact: true }).click();
});

test('a shift with a time that is none is not drafted; override and absence of it', async () => {
  const bar = plan()
    .getByRole('button', { name: /^Tan Wei Ling, /u })
    .first();
  await bar.dblclick();
  const shift = dialog('Edit shift');
  const draft = shift.getByRole('button', { name: 'Draft it' });
  await expect(draft).toHaveCount(1);
  await expect(draft).toBeEnabled();
  await shift.getByRole('textbox', { name: 'End, time' }).fill('xx');
  await page.keyboard.press('Tab');
  await expect(draft).toBeDisabled();
  await expect(shift).toContainText('Put the times right first.');
  await lookInBothThemes(meridian, 'shift');
  await page.keyboard.press('Enter');
  await expect(shift).toBeVisible();
  await shift.getByRole('textbox', { name: 'End, time' }).fill('1830');
  await expect(draft).toBeEnabled();
  await shift.getByLabel('End', { exact: true }).fill('');
  await expect(draft).toBeDisabled();
  await expect(shift).toContainText('Choose a date.');
  await close();

  await bar.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Somebody else takes part of it …' }).click();
  await expect(dialog('Somebody else takes part of it').getByRole('button', { name: 'Apply now' })).toBeEnabled();
  await lookInBothThemes(meridian, 'override');
  await close();

  await bar.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Record an absence …' }).click();
  await expect(dialog('Tan Wei Ling is away').getByRole('button', { name: 'Record it' })).toBeEnabled();
  await lookInBothThemes(meridian, 'absence');
  await close();
});

test('a swap that can not be says why, and what it waits for', async () => {
  const { roster, me } = await callEngine(page, 'roster.get', {});
  const now = instant(Date.now());
  const { shifts } = await callEngine(page, 'plan.window', { from: after(now, DAY_MS), to: after(now, 14 * DAY_MS) });
  const published = shifts.flatMap((shift) => (shift.published === null ? [] : [{ ...shift.published, shiftId: shift.shiftId }]));
  // Who sits at the sample's desk depends on the hour.
  const lead = roster.agents.find(({ agentId }) => agentId === me);
  const mine = published.find(({ agentId, startAt }) => agentId === lead?.agentId && startAt > now + DAY_MS);
  const other = published.find(({ agentId, startAt }) => startAt === mine?.startAt && agentId !== null && agentId !== lead?.agentId);
  const colleague = roster.agents.find(({ agentId }) => agentId === other?.agentId);
  if (lead === undefined || mine === undefined || colleague === undefined) throw new Error('the sample has no such shifts');
  await callEngine(page, 'plan.askSwap', {
    opId: makeId('op', 'dialogs-swap-0000'),
    shiftId: mine.shiftId,
    fromAt: mine.startAt,
    toAt: mine.endAt,
    toAgent: colleague.agentId,
    returnShiftId: null,
    reason: '',
  });
  await page.getByRole('button', { name: /^Requests/u }).click();
  const request = page.getByRole('listitem').filter({ hasText: `${lead.name} → ${colleague.name}` });
  await expect(request).toContainText(`${colleague.name}: has another shift then.`);
  await expect(request).toContainText(`Waiting for ${colleague.name} to agree`);
  await expect(request.getByRole('button', { name: 'Approve' })).toBeDisabled();
  await lookInBothThemes(meridian, 'requests');
});

test('the issues are one tab stop, and the badge counts what is listed', async () => {
  const badge = page.getByRole('button', { name: /^Coverage issues/u });
  await badge.click();
  const panel = page.getByRole('complementary', { name: /issues? in view$/u });
  const items = panel.locator('.plan-issue-button');
  await expect(items.first()).toBeVisible();
  const count = await items.count();
  await expect(badge).toHaveAccessibleName(`Coverage issues (${count})`);
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(`${count} issue${count === 1 ? '' : 's'} in view`);
  await expect(panel.locator('.plan-issue-button[tabindex="0"]')).toHaveCount(1);
  await items.first().focus();
  await page.keyboard.press('End');
  await expect(items.last()).toBeFocused();
  await expect(panel.locator('.plan-issue-button[tabindex="0"]')).toHaveCount(1);
  await lookInBothThemes(meridian, 'issues');
  const minor = panel.getByRole('checkbox', { name: /below target or wrap-up only/u });
  if ((await minor.count()) > 0) {
    await minor.click();
    await expect.poll(() => items.count()).toBeGreaterThan(count);
    await expect(badge).toHaveAccessibleName(`Coverage issues (${await items.count()})`);
  }
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(badge).toBeFocused();
});

test('what was published, and a day and a month of the plan', async () => {
  await page
    .locator('.plan-toolbar')
    .getByRole('button', { name: /^Publications/u })
    .click();
  await expect(page.getByRole('complementary', { name: 'Publications' })).toBeVisible();
  await lookInBothThemes(meridian, 'publications');
  // colours of the plan itself were looked at behind everything above
  for (const scale of ['Day', 'Month']) {
    const button = page.getByRole('button', { name: scale, exact: true });
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    expect.soft(await accessibilityProblems(page), scale).toEqual([]);
  }
});

test('an empty workspace says where to begin', async () => {
  await meridian.close();
  meridian = await launchMeridian();
  ({ page } = meridian);
  await expect(page.getByRole('textbox').first()).toBeVisible();
  await callEngine(page, 'workspace.setProfile', {
    opId: makeId('op', 'dialogs-profile-0000'),
    name: 'Tan Wei Ling',
    zone: 'UTC',
    languages: ['en'],
  });
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Coverage/u })
    .click();
  for (const step of ['Hubs', 'People', 'Requirements', 'Templates and rotations']) {
    await expect(page.getByRole('button', { name: `Open ${step}` })).toBeVisible();
  }
  await lookInBothThemes(meridian, 'empty');
  await page.getByRole('button', { name: 'Open Templates and rotations' }).click();
  await expect(dialog('Templates and rotations')).toBeVisible();
  await close();
  await page.getByRole('button', { name: 'Open Hubs' }).click();
  await expect(page.getByRole('tab', { name: 'Hubs', selected: true })).toBeVisible();
});
