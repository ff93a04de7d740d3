import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';

/** A question about cases becomes a view of the team, by keyboard, on the sample workspace. */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await launchMeridian({ workspace: 'sample' });
  ({ page } = meridian);
  await page.locator('[data-case-row]').first().waitFor({ timeout: 90_000 });
});
test.afterAll(async () => {
  await meridian.close();
});

test('filters, saves, shares, counts, removes and takes that back, by keyboard', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  // the filter begins with what is unsolved, and asks for more
  await page.keyboard.press('f');
  const fields = page.getByRole('menu');
  await expect(fields).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change: Status: unsolved' })).toBeVisible();
  await page.keyboard.type('Channel');
  await page.keyboard.press('Enter');
  const values = page.getByRole('combobox', { name: 'Values' });
  await values.press('E');
  await page.keyboard.type('mail');
  // Enter takes what is marked, and nothing while the list is still being narrowed.
  await expect(page.locator('[role="option"][data-highlighted]')).toHaveText('Email');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Channel' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Change: Channel: Email' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Search cases' })).toHaveValue('status:open,pending,hold channel:email');

  await page.getByRole('button', { name: 'Save as view' }).press('Enter');
  await page.getByRole('textbox', { name: 'Name' }).fill('Unsolved mail');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Unsolved mail', level: 1 })).toBeVisible();
  const entry = page.locator('[data-saved-view]');
  await expect(page.getByRole('list', { name: 'My views' }).locator(entry)).toHaveCount(1);
  const counted = async (): Promise<number> => Number((await entry.locator('.ib-view-count span').first().textContent()) ?? '');
  await expect(entry.locator('.ib-view-count')).toBeVisible();
  const before = await counted();
  expect(before).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'More for Unsolved mail' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Share with the team' }).press('Enter');
  await expect(page.getByRole('list', { name: 'Team views' }).locator(entry)).toHaveCount(1);
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((name) => {
      document.documentElement.dataset['theme'] = name;
    }, theme);
    expect(await accessibilityProblems(page)).toEqual([]);
  }

  // a case that is solved leaves the view, and its count
  await page.locator('[data-case-row][tabindex="0"]').focus();
  await page.keyboard.press('e');
  await expect.poll(counted).toBe(before - 1);

  await entry.focus();
  await page.keyboard.press('Delete');
  await expect(entry).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(page.getByRole('list', { name: 'Team views' }).locator(entry)).toHaveCount(1);
  await expect.poll(counted).toBe(before - 1);
});
