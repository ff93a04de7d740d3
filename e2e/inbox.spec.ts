import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { focusFirstRow, waitForList } from './list.ts';
import { lookInBothThemes } from './look.ts';
import { runCommand } from './palette.ts';

/** The inbox on the sample workspace: reading, answering and deciding with the keyboard. Each test begins in the list of all cases. */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
});
test.afterAll(async () => {
  await meridian.close();
});
test.beforeEach(async () => {
  const close = page.getByRole('button', { name: 'Close the case' });
  if (await close.isVisible()) await close.click();
  await page.getByRole('button', { name: /^All\b/u }).click();
  await expect(page.getByRole('heading', { name: 'All', level: 1 })).toBeVisible();
  await waitForList(page, 'all');
});

async function search(words: string): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search cases' }).fill(words);
  await expect(page.getByRole('heading', { name: /result/u })).toBeVisible();
  await waitForList(page, `search ${words}`);
  await page.keyboard.press('Enter');
}

async function openFirst(): Promise<void> {
  await page.locator('[data-case-row]').first().click();
  await expect(page.getByRole('region', { name: 'Conversation' }).first()).toBeVisible();
}

test('keeps nobody out who snoozes a case', async () => {
  await openFirst();
  await page.keyboard.press('s');
  await expect(page.getByRole('dialog', { name: 'Snooze until' })).toBeVisible();
  await lookInBothThemes(meridian, 'snooze');
  await page.keyboard.press('Escape');
  await expect(page.locator('.m-dialog')).toBeHidden();
});

test('asks before a link of a customer is opened, and shows where it leads', async () => {
  await search('confirm the wallet');
  // others write of wallets, too
  await page.locator('[data-case-row]').filter({ hasText: 'Urgent: confirm the wallet of your customer' }).click();
  await expect(page.getByRole('region', { name: 'Conversation' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'https://aurelia-verify.test/staff' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open this link?' });
  await expect(dialog.locator('strong')).toHaveText('aurelia-verify.test');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});

test('keeps the keyboard in the messages from case to case, and leafs through them by keys of pages', async () => {
  await focusFirstRow(page);
  await page.keyboard.press('Enter');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toBeFocused();
  const openCase = async (): Promise<string | null> => page.locator('[data-case-row][tabindex="0"]').getAttribute('data-case-id');
  const first = await openCase();
  await page.keyboard.press('j');
  await expect.poll(openCase).not.toBe(first);
  await expect(messages).toBeFocused();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('k');
  // one case back, and not from ten further down
  await expect.poll(openCase).toBe(first);
  await expect(messages).toBeFocused();
});

test('keeps what is typed, takes a reply back, and loses no word', async () => {
  // other channels do not let every customer be answered
  await search('channel:email status:open withdrawal');
  await openFirst();
  await page.keyboard.press('r');
  const text = page.getByRole('textbox', { name: 'Text of the reply' });
  await expect(text).toBeFocused();
  await page.keyboard.type('We are looking into it.');
  await expect(page.locator('.ib-saved')).toHaveText('Saved');
  await page.keyboard.press('Control+Enter');
  // who types on does so into the next reply, whether this one has been taken yet or not
  await page.keyboard.type('One more thing.');
  await expect(page.getByText(/^Leaves in/u)).toBeVisible();
  await expect(text).not.toHaveValue(/looking into it/u);
  await expect(text).toHaveValue(/^One more thing\./u);
  await expect(page.getByRole('article').filter({ hasText: 'We are looking into it.' })).not.toContainText('One more thing.');
  await page.getByRole('button', { name: 'Undo send' }).click();
  await expect(text).toHaveValue(/^We are looking into it\./u);
  await expect(text).toHaveValue(/One more thing\./u);
  await page.getByRole('button', { name: 'Throw the draft away' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Throw away' }).click();
  await expect(text).not.toHaveValue(/looking into it/u);
});

test('solves the checked cases at once and takes it back at once', async () => {
  await page.getByRole('button', { name: /^Waiting on us/u }).click();
  await expect(page.getByRole('heading', { name: 'Waiting on us', level: 1 })).toBeVisible();
  await waitForList(page, 'waiting-us');
  await focusFirstRow(page);
  await page.keyboard.press('x');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('.ib-row-current:not(.ib-row-checked)')).toBeVisible();
  await page.keyboard.press('x');
  await expect(page.getByText('2 selected')).toBeVisible();
  const checked = await page.locator('.ib-row-checked').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-case-id') ?? ''));
  expect(checked).toHaveLength(2);
  await page.keyboard.press('e');
  await expect(page.getByText('Solved 2 cases')).toBeVisible();
  for (const id of checked) await expect(page.locator(`[data-case-id="${id}"]`)).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(page.getByText(/^Undone/u)).toBeVisible();
  for (const id of checked) await expect(page.locator(`[data-case-id="${id}"]`)).toHaveCount(1);
});

test('goes on with the next case when a command of the palette has taken one out of the list', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('2');
  await waitForList(page, 'unassigned');
  await focusFirstRow(page);
  const solved = page.locator(`[data-case-id="${(await page.locator('[data-case-row]').first().getAttribute('data-case-id')) ?? ''}"]`);
  await runCommand(page, 'Solve');
  await expect(solved).toHaveCount(0);
  await expect(page.locator('[data-case-row][tabindex="0"]')).toBeFocused();
  await page.keyboard.press('u');
  await expect(solved).toHaveCount(1);
});
