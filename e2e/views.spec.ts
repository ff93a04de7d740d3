import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { makeId } from '../src/shared/domain/ids.ts';
import { accessibilityProblems } from './axe.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { callEngine } from './engine-port.ts';
import { waitForList } from './list.ts';
import { lookInBothThemes } from './look.ts';
import { letNobodyWrite } from './nobody-writes.ts';

/** A question about cases becomes a view of the team, by keyboard, on the sample workspace. */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
  await letNobodyWrite(meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

test('filters, saves, shares, counts, removes and takes that back, by keyboard', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  await waitForList(page, 'all');
  // the filter begins with what is unsolved, and asks for more
  await page.keyboard.press('f');
  const fields = page.getByRole('menu');
  await expect(fields).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change: Status: unsolved' })).toBeVisible();
  // letters that come slowly begin a word anew: arrows get there however busy the computer is
  const channel = fields.getByRole('menuitem', { name: 'Channel', exact: true });
  for (let presses = 0; presses < 60 && (await channel.getAttribute('data-highlighted')) === null; presses += 1)
    await page.keyboard.press('ArrowDown');
  await expect(channel).toHaveAttribute('data-highlighted');
  await page.keyboard.press('Enter');
  const values = page.getByRole('combobox', { name: 'Values' });
  await expect(values).toBeFocused();
  await page.keyboard.type('Email');
  // Enter takes what is marked, and nothing while the list is still being narrowed.
  await expect(page.locator('[role="option"][data-highlighted]')).toHaveText('Email');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Change: Channel: Email', includeHidden: true })).toBeVisible();
  // once the list of values is gone
  await expect(page.locator('.m-popup [role="option"]:visible')).toHaveCount(0);
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
  await expect.poll(counted).toBeGreaterThan(0);
  const before = await counted();

  await page.getByRole('button', { name: 'More for Unsolved mail' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Share with the team' }).press('Enter');
  await expect(page.getByRole('list', { name: 'Team views' }).locator(entry)).toHaveCount(1);
  await lookInBothThemes(meridian, 'shared');

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

test('searches, walks through what was found, keeps it by one key, and forgets it', async () => {
  // at some hours nobody in the sample speaks of one
  const [asking] = (await callEngine(page, 'cases.list', { view: 'all', sort: 'newest', limit: 1 })).rows;
  if (asking === undefined) throw new Error('no case at all');
  await callEngine(page, 'cases.addNote', { opId: makeId('op', 'views-note-0000'), caseId: asking.caseId, text: 'Asks for a refund.' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: 'Search cases' });
  await expect(box).toBeFocused();
  await page.keyboard.type('refund');
  await expect(page.getByText(/^Searched all [\d,]+ messages and notes on this computer, back to /u)).toBeVisible();
  await expect(page.locator('[data-case-row] mark').first()).toHaveText(/refund/iu);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-case-row][tabindex="0"]')).toBeFocused();
  await page.keyboard.press('Enter');
  const found = page.getByRole('group', { name: 'Words found in this conversation' });
  await expect(found.getByText(/^1 of \d+$/u)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Messages' })).toBeFocused();
  const marks = async (name: string): Promise<readonly string[]> =>
    page.evaluate(
      (which) => [...(CSS.highlights.get(which) ?? [])].map((range) => (range instanceof Range ? range.cloneContents().textContent : '')),
      name,
    );
  await expect.poll(async () => marks('ib-find-current')).toHaveLength(1);
  expect((await marks('ib-find')).every((text) => /refund/iu.test(text))).toBe(true);
  // from the last place on to the first one
  const count = Number(/of (\d+)$/u.exec((await found.getByText(/^1 of \d+$/u).textContent()) ?? '')?.[1]);
  await expect.poll(async () => (await marks('ib-find')).length).toBe(count);
  for (let step = 1; step <= count; step += 1) await page.keyboard.press(step % 2 === 0 ? 'n' : 'Enter');
  await expect(found.getByText(`1 of ${String(count)}`)).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(found.getByText(`${String(count)} of ${String(count)}`)).toBeVisible();
  await page.keyboard.press('Control+s');
  await page.getByRole('textbox', { name: 'Name' }).fill('Refunds');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Refunds', level: 1 })).toBeVisible();

  // what was searched for is offered again, and forgotten when it is not wanted
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  await waitForList(page, 'all');
  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  const recent = page.getByRole('option', { name: /refund/u });
  await expect(recent).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(recent).toHaveAttribute('data-highlighted', '');
  await page.keyboard.press('Shift+Delete');
  await expect(recent).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('groups are counted, folded, walked over and kept folded, by keyboard', async () => {
  // the conversation that was found closes
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Display' }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Channel' }).press('Enter');
  await page.keyboard.press('Escape');
  const headings = page.locator('.ib-group-fold');
  await expect(headings.first()).toBeVisible();
  await expect(page.locator('[data-list^="all "][data-list$=" channel"]')).toBeVisible();
  const all = Number((await page.locator('.ib-list-total').textContent()) ?? '');
  await page.locator('[data-case-row][tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await expect(page.locator('.ib-group + [data-case-row]').first()).toBeFocused();
  // to the heading, which is folded, and on to the next one; then all of them
  await page.keyboard.press('ArrowLeft');
  await expect(headings.first()).toBeFocused();
  await expect(headings.first()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('j');
  await expect(headings.nth(1)).toBeFocused();
  await page.keyboard.press('x');
  const inGroup = Number(/: ([\d,]+) case/u.exec((await headings.nth(1).textContent()) ?? '')?.[1] ?? '');
  await expect(page.getByText(`${String(inGroup)} selected`)).toBeVisible();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.locator('[data-case-row]')).toHaveCount(0);
  const texts = await headings.allTextContents();
  expect(texts.reduce((sum, text) => sum + Number(/: ([\d,]+) case/u.exec(text)?.[1]?.replace(',', '') ?? ''), 0)).toBe(all);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await expect(headings.first()).toBeVisible();
  await expect(headings.first()).toHaveAttribute('aria-expanded', 'false');
  await page.getByRole('button', { name: 'Display' }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Nothing' }).press('Enter');
});
