import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { picture } from './look.ts';
import { waitForList } from './list.ts';

/** The SLA clocks as people see them: the same for everybody, explained, edited with a look at the effect. */
test.describe.configure({ mode: 'serial' });

let userData: string;
let meridian: RunningApp | null = null;
let page: Page;
test.beforeAll(() => {
  userData = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-sla-'));
});
test.afterAll(async () => {
  await meridian?.close();
  fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
});

/** The due time above the conversation of the oldest overdue case, in the words of the page. */
async function dueOfFirst(): Promise<string> {
  await page.getByRole('button', { name: /^Overdue/u }).click();
  await waitForList(page, 'overdue');
  await page.getByRole('grid').getByRole('row').nth(1).click();
  const due = page.getByTestId('conversation').getByRole('button', { name: /Why this timer/u });
  await expect(due).toBeVisible();
  return /was due[^·]*/u.exec((await due.textContent()) ?? '')?.[0]?.trim() ?? '';
}

/** A workspace of the team, at desks in two time zones: whoever sits at the second goes on. */
test('two agents whose machines stand in Tokyo and New York see the same clocks', async () => {
  const seen: string[] = [];
  for (const zone of ['Asia/Tokyo', 'America/New_York']) {
    await meridian?.close();
    meridian = await openSample({ userData, env: { TZ: zone } });
    ({ page } = meridian);
    seen.push(await dueOfFirst());
    await picture(page, `due-${zone.replace('/', '-')}`);
  }
  expect(seen[0]).toMatch(/was due \d/u);
  // The zone is the agent's own, from the profile, and not the machine's.
  expect(seen[1]).toBe(seen[0]);
});

test('a clock tells why', async () => {
  await page.keyboard.press('w');
  await expect(page.locator('.m-dialog')).toContainText(/First reply|Next reply|Resolution/u);
  await expect(page.locator('.m-dialog')).toContainText(/Standard|VIP/u);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.locator('.m-dialog')).toBeHidden();
});

test('a calendar goes out of use after a look at the effect, and is used again', async () => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('tab', { name: 'Business hours' }).click();
  // Policies promise the first one: it is kept, and why is said.
  await expect(page.getByRole('button', { name: 'Take out of use' })).toBeDisabled();
  await expect(page.getByText(/promise these hours\. Choose other hours there first\./u)).toBeVisible();
  const office = page.getByRole('list', { name: 'Calendars' }).getByRole('button', { name: /^9-18/u });
  await office.click();
  await page.getByRole('button', { name: 'Take out of use' }).click();
  await page.getByRole('button', { name: 'Put back 9-18' }).click();
  await page.getByRole('button', { name: 'Take out of use' }).click();
  await page.getByRole('button', { name: /^Preview and save/u }).click();
  const dialog = page.locator('.m-dialog');
  await expect(dialog.getByText('9-18: out of use')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /The changed hours alone/u })).toContainText('0');
  await picture(page, 'preview');
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByText('1 calendar out of use')).toBeVisible();
  await expect(office).toBeHidden();
  await page.getByText('1 calendar out of use').click();
  await page.getByRole('button', { name: 'Use 9-18 again' }).click();
  await expect(office).toBeVisible();
  await page.getByRole('button', { name: /^Preview and save/u }).click();
  await expect(dialog.getByText('9-18: in use again')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByRole('region', { name: 'Unsaved rules' })).toBeHidden();
  await expect(page.getByText('1 calendar out of use')).toBeHidden();
});
