import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { waitForList } from './list.ts';
import { letNobodyWrite } from './nobody-writes.ts';
import { runCommand } from './palette.ts';
import { takeClock } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';

/** What is put off, by keyboard, on the sample workspace: snoozes, a reminder that comes up, a reply that nobody needs. */
let meridian: RunningApp;
let page: Page;
let clock: TestClock;

test.beforeAll(async () => {
  meridian = await launchMeridian({ workspace: 'sample' });
  ({ page } = meridian);
  clock = await takeClock(meridian);
  await page.locator('[data-case-row]').first().waitFor({ timeout: 90_000 });
  // what has been put off and taken back is looked for where it was
  await letNobodyWrite(meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

/** What opens after `g` and a digit. */
const LISTS: Readonly<Record<string, string>> = { 0: 'all', 6: 'waiting-us', 8: 'snoozed' };

async function goTo(digit: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(digit);
  const list = LISTS[digit];
  if (list !== undefined) await waitForList(page, list);
}
const currentRow = (): Locator => page.locator('[data-case-row][tabindex="0"]');
async function currentCase(): Promise<string> {
  await currentRow().focus();
  return (await currentRow().getAttribute('data-case-id')) ?? '';
}
const rowOf = (caseId: string): Locator => page.locator(`[data-case-id="${caseId}"]`);
/** A mark of a row, by what it says. */
const markOf = (caseId: string, name: RegExp): Locator => rowOf(caseId).getByRole('img', { name });

/** Opens the times, types one and takes it; a clock that is slept through is asked about. */
async function snooze(typed: string, option: RegExp): Promise<void> {
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Snooze until' });
  await expect(dialog.getByRole('combobox', { name: 'Snooze until' })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(dialog.locator('[role="option"][data-highlighted]')).toHaveText(option);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  // what goes wrong elsewhere is told in one of these, too
  const warning = page.getByRole('alertdialog').filter({ has: page.getByRole('button', { name: 'Snooze anyway' }) });
  const undo = page.getByRole('button', { name: /^Undo/u });
  await expect(warning.or(undo).first()).toBeVisible();
  if (await warning.isVisible()) {
    const anyway = warning.getByRole('button', { name: 'Snooze anyway' });
    for (let presses = 0; presses < 6 && !(await anyway.evaluate((node) => node === document.activeElement)); presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(warning).toBeHidden();
  }
}

test('snoozes, reminds, and takes back that no reply is needed', async () => {
  await goTo('0');
  const first = await currentCase();
  await snooze('fri 9', /09:00/u);
  await goTo('8');
  await expect(markOf(first, /Snoozed until .*09:00/u)).toBeVisible();
  await page.keyboard.press('u');
  await expect(rowOf(first)).toHaveCount(0);

  await goTo('0');
  await expect(rowOf(first)).toBeVisible();
  const second = await currentCase();
  await snooze('customer writes', /Until the customer writes/u);
  await goTo('8');
  await expect(markOf(second, /Snoozed until the customer writes/u)).toBeVisible();

  // a reminder, with what to think of behind the time
  await goTo('0');
  const third = await currentCase();
  await page.keyboard.press('b');
  const reminder = page.getByRole('dialog', { name: 'Reminder' });
  await expect(reminder.getByRole('combobox', { name: 'Reminder' })).toBeFocused();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.type('5m call the bank');
  await expect(reminder.locator('[role="option"][data-highlighted]')).toContainText('call the bank');
  await page.keyboard.press('Enter');
  await expect(markOf(third, /Reminder .*: call the bank/u)).toBeVisible();
  await clock.ahead(6 * 60_000);
  await expect(page.getByText('A reminder is due')).toBeVisible();

  await goTo('n');
  const due = page.getByRole('region', { name: 'Due: 1 reminder' });
  await expect(due).toContainText('call the bank');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('j');
  await expect(due.getByRole('button', { name: /call the bank/u }).first()).toBeFocused();
  await page.keyboard.press('d');
  await expect(due).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(due).toContainText('call the bank');
  await page.keyboard.press('j');
  await expect(due.getByRole('button', { name: /call the bank/u }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  // the case opens, and tells of its reminder above the reply
  await expect(page.getByRole('list', { name: 'Reminders of this case' })).toContainText('call the bank');
  await page.keyboard.press('Escape');

  await goTo('6');
  const waiting = await currentCase();
  await runCommand(page, 'No reply needed, because');
  const why = page.getByRole('dialog', { name: 'Why is no reply needed?' });
  await expect(why.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Answered by phone');
  await page.keyboard.press('Enter');
  await expect(rowOf(waiting)).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(rowOf(waiting)).toBeVisible();
});
