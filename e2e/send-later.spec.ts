import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { callEngine } from './engine-port.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { focusFirstRow, waitForList } from './list.ts';
import { markedOption, runCommand } from './palette.ts';
import { takeClock } from './test-clock.ts';

/** A reply is written for the customer's morning, gets another time, leaves at it, and waits for a person when the machine slept too long. By keyboard. */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

const planned = async () => (await callEngine(page, 'outbox.list', {})).filter(({ laterAt }) => laterAt !== null);

async function leaveText(): Promise<void> {
  const text = page.locator('.ib-composer .ib-editor-text');
  await expect(text).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(text).not.toBeFocused();
}

/** Who sits at the sample's desk, and what waits there first, goes by the hour: down to a mail of somebody whose clock is known, which is given back. */
async function goToMailOfSomewhere(): Promise<string> {
  const { rows } = await callEngine(page, 'cases.list', { view: 'waiting-us', sort: 'newest', limit: 500 });
  const zones = new Map<string, string>(
    rows.flatMap(({ caseId, channel, contactZone }) => (channel === 'email' && contactZone !== null ? [[caseId, contactZone]] : [])),
  );
  const current = page.locator('.ib-row-current');
  for (let step = 0; step < 60; step += 1) {
    const id = await current.getAttribute('data-case-id');
    const zone = zones.get(id ?? '');
    if (zone !== undefined) return zone;
    await page.keyboard.press('j');
    await expect(current).not.toHaveAttribute('data-case-id', id ?? '');
  }
  throw new Error('no mail of somebody whose clock is known');
}

/** Writes a reply to the current case and asks when it is to leave. */
async function writeForLater(text: string): Promise<void> {
  await page.keyboard.press('Enter');
  const area = page.locator('.ib-composer .ib-editor-text');
  await area.waitFor();
  await page.keyboard.press('r');
  await expect(area).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Shift+Enter');
  await expect(page.getByRole('dialog', { name: 'Send later' }).getByRole('combobox', { name: 'Choose a time' })).toBeFocused();
}

test('is chosen, changed, taken back, and leaves at its time or waits for a person', async () => {
  await runCommand(page, 'Waiting on us');
  await expect(page.getByRole('heading', { name: 'Waiting on us', level: 1 })).toBeVisible();
  await waitForList(page, 'waiting-us');
  await focusFirstRow(page);
  const timeZone = await goToMailOfSomewhere();
  const waiting = page.locator('.ib-delivery').filter({ hasText: 'Leaves' });

  // the customer's morning is the first choice
  await writeForLater('Good morning.');
  const options = page.getByRole('listbox', { name: 'Choose a time' }).getByRole('option');
  await expect(options.first()).toContainText(/At the customer’s morning.*09:00/u);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(waiting).toContainText(/09:00.*yours|as here/u);
  await expect(page.locator('.ib-row-current').getByRole('img', { name: /A reply leaves/u })).toBeAttached();
  expect(await accessibilityProblems(page)).toEqual([]);
  const [first] = await planned();
  if (first === undefined || first.laterAt === null) throw new Error('nothing is planned');

  // another time, and back again
  await runCommand(page, 'Change when the waiting reply');
  await expect(page.getByRole('dialog', { name: 'Change when it leaves' }).getByRole('combobox', { name: 'Choose a time' })).toBeFocused();
  await page.keyboard.type('hour');
  await expect(markedOption(page)).toContainText(/hour/iu);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await planned())[0]?.laterAt).not.toBe(first.laterAt);
  const another = (await planned())[0]?.laterAt ?? 0;
  expect(another).toBeLessThan(Date.now() + 3_600_001);
  await expect(waiting).toContainText(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(another));
  // the cursor is where it was, in the text: there `u` is a letter
  await leaveText();
  await page.keyboard.press('u');
  await expect.poll(async () => (await planned())[0]?.laterAt).toBe(first.laterAt);
  await expect(waiting).toContainText('09:00');
  await runCommand(page, 'Change when the waiting reply');
  await expect(page.getByRole('dialog', { name: 'Change when it leaves' }).getByRole('combobox', { name: 'Choose a time' })).toBeFocused();
  await page.keyboard.type('hour');
  await expect(markedOption(page)).toContainText(/hour/iu);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await planned())[0]?.laterAt).not.toBe(first.laterAt);
  await expect(page.getByRole('dialog', { name: 'Change when it leaves' })).toBeHidden();

  // one more, for another day: nothing had the keyboard before, so that keys are commands
  await writeForLater('And by then we know more.');
  await page.keyboard.type('tomorrow');
  await expect(markedOption(page)).toContainText(/09:00/u);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await planned()).length).toBe(2);
  await leaveText();

  // found, and seen in the outbox
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search cases' })).toBeFocused();
  await page.keyboard.type('has:scheduled ');
  await expect(page.locator('.ib-row')).toHaveCount(1);
  await runCommand(page, 'Go to Outbox');
  const entries = page.getByRole('region', { name: 'At a time of their own' }).getByRole('article');
  await expect(entries).toHaveCount(2);
  await expect(entries.last()).toContainText(/Leaves .*09:00/u);
  expect(await accessibilityProblems(page)).toEqual([]);

  // the first leaves at its time
  const [soon, late] = (await planned()).map(({ laterAt }) => laterAt ?? 0).toSorted((one, other) => one - other);
  const clock = await takeClock(meridian);
  await page.locator('[data-case-row], .outbox-entry').first().waitFor({ timeout: 60_000 });
  await clock.ahead((soon ?? 0) - clock.now() + 1_000);
  await expect.poll(async () => (await planned()).length, { timeout: 15_000 }).toBe(1);

  // the machine sleeps over the time of the second: what is more than an hour late waits, and that is told
  await clock.ahead((late ?? 0) - clock.now() + 2 * 3_600_000);
  await expect(page.getByText('A reply for later is held back').first()).toBeVisible({ timeout: 15_000 });
  await runCommand(page, 'Go to Outbox');
  const decide = page.getByRole('region', { name: 'Needs your decision' }).getByRole('article');
  await expect(decide.filter({ hasText: 'more than an hour late' })).toBeVisible();
});
