import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { callEngine } from './engine-port.ts';
import { openSample } from './electron-app.ts';
import { focusFirstRow, waitForList } from './list.ts';
import { markedOption, runCommand } from './palette.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import type { RunningApp } from './electron-app.ts';

/** A macro is made, put into a reply, sent with what it does, and taken back; then sent to two cases at once. By keyboard alone. */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
  // what is queued stays so while it is looked at, however busy the computer is
  await callEngine(page, 'settings.set', { opId: makeId('op', 'macros-undo-time'), patch: { undoSendSeconds: 60 } });
});
test.afterAll(async () => {
  await meridian.close();
});

/** Moves on with Tab until this has the focus. */
async function tabTo(name: string): Promise<void> {
  const wanted = page
    .getByLabel(name, { exact: true })
    .or(page.getByRole('button', { name, exact: true }))
    .first();
  await wanted.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${name} with Tab`);
}

test('is made, used in a reply and on many cases, and taken back', async () => {
  // made in the settings
  await page.keyboard.press('Control+,');
  const tab = page.getByRole('tab', { name: 'Macros' });
  await page.getByRole('tab', { selected: true }).focus();
  for (let presses = 0; presses < 30 && !(await tab.evaluate((node) => node === document.activeElement)); presses += 1)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No macros yet' })).toBeVisible();
  await tabTo('Add a macro');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a macro' });
  await tabTo('Name');
  await page.keyboard.type('Identity check');
  await tabTo('Shortcut');
  await page.keyboard.type('kyc');
  await tabTo('Text in English');
  await page.keyboard.type('Hello {{customer.name}}, please wait.');
  await expect(dialog.getByText('Hello Mei Tanaka, please wait.')).toBeVisible();
  await tabTo('Add');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Status: Pending')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await tabTo('Save');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Macros' }).getByText('#kyc')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);

  // used in a reply, where `#` begins a word
  await page.keyboard.press('Escape');
  await runCommand(page, 'Waiting on us');
  await expect(page.getByRole('heading', { name: 'Waiting on us', level: 1 })).toBeVisible();
  await waitForList(page, 'waiting-us');
  await focusFirstRow(page);
  await page.keyboard.press('r');
  // not the field that takes keys while the composer is being fetched
  const text = page.locator('.ib-composer .ib-editor-text');
  await expect(text).toBeFocused();
  await page.keyboard.press('#');
  await expect(page.getByRole('dialog', { name: 'Choose a macro' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('kyc');
  await expect(markedOption(page)).toHaveAccessibleName(/Identity check #kyc/u);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(text).toHaveValue(/^Hello [^{}⟦⟧]+, please wait\./u);
  await expect(page.getByText('With the reply: Status: Pending')).toBeVisible();
  await expect(text).toBeFocused();
  // words and what goes with them are there again when the window was closed in between
  await expect(page.locator('.ib-saved')).toHaveAttribute('data-state', 'saved');
  await page.reload();
  await expect(page.locator('.ib-row').nth(1)).toBeVisible();
  await focusFirstRow(page);
  await page.keyboard.press('r');
  await expect(text).toHaveValue(/please wait\./u);
  await expect(text).toBeFocused();
  await expect(page.getByText('With the reply: Status: Pending')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Leaves in/u)).toBeVisible();
  await expect(text).not.toHaveValue(/please wait/u);

  // and on two cases at once, after a look at who gets what
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await focusFirstRow(page);
  await page.keyboard.press('x');
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.ib-row-current:not(.ib-row-checked)')).toBeVisible();
  await page.keyboard.press('x');
  await expect(page.getByText('2 selected')).toBeVisible();
  // what the sample has waiting may leave meanwhile
  const before = (await callEngine(page, 'outbox.list', {})).map(({ outboxId }) => outboxId);
  const queued = async (): Promise<number> =>
    (await callEngine(page, 'outbox.list', {})).filter(({ outboxId, state }) => state === 'queued' && !before.includes(outboxId)).length;
  await page.keyboard.press('#');
  await expect(page.getByRole('dialog', { name: 'Choose a macro for 2 cases' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('identity');
  await expect(markedOption(page)).toContainText('Identity check');
  await page.keyboard.press('Enter');
  const confirm = page.getByRole('dialog', { name: 'Send “Identity check” to 2 cases?' });
  await expect(confirm.getByRole('list', { name: 'Who gets what' }).getByRole('listitem')).toHaveCount(2);
  expect(await accessibilityProblems(page)).toEqual([]);
  await tabTo('Send 2 replies');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“Identity check” applied to 2 cases').first()).toBeVisible();
  await expect.poll(queued).toBe(2);
  await page.keyboard.press('u');
  await expect.poll(queued).toBe(0);
  const [macro] = await callEngine(page, 'macros.list', {});
  expect(macro?.uses).toBe(3);
});
