import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { callEngine } from './engine-port.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { focusFirstRow, waitForList } from './list.ts';
import { runCommand } from './palette.ts';

/** An article is imported, suggested for a case, put into the reply, taken back, and hidden; by keyboard alone. */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

/** Moves with Tab, or back with Shift, until this has the focus. */
async function tabTo(name: string): Promise<void> {
  const wanted = page.getByRole('button', { name, exact: true }).first();
  await wanted.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    const way = await wanted.evaluate((node) => {
      const at = document.activeElement;
      if (at === node) return null;
      return at !== null && (node.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 ? 'Shift+Tab' : 'Tab';
    });
    if (way === null) return;
    await page.keyboard.press(way);
  }
  throw new Error(`no way to ${name} with Tab`);
}

test('an article answers a case, with its source, and only a person sends it', async () => {
  // what the first customers who wait for us write of
  const { rows } = await callEngine(page, 'cases.list', { view: 'waiting-us', sort: 'runway', limit: 3 });
  const words: string[] = [];
  for (const { caseId } of rows)
    for (const item of await callEngine(page, 'cases.timeline', { caseId }))
      if (item.kind === 'message' && item.direction === 'in') words.push(item.text.replaceAll(/\s+/gu, ' ').slice(0, 400));
  // what the sample has waiting may leave meanwhile
  const waiting = async (): Promise<readonly string[]> => (await callEngine(page, 'outbox.list', {})).map(({ outboxId }) => outboxId);
  const before = await waiting();
  // in the settings
  await page.keyboard.press('Control+,');
  const tab = page.getByRole('tab', { name: 'Knowledge', exact: true });
  await page.getByRole('tab', { selected: true }).focus();
  for (let presses = 0; presses < 30 && !(await tab.evaluate((node) => node === document.activeElement)); presses += 1)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No articles yet' })).toBeVisible();
  await tabTo('Import files');
  const asked = page.waitForEvent('filechooser');
  // by the answer to this, files are chosen by the test and not by a dialog of the system
  await page.evaluate(() => document.title);
  await page.keyboard.press('Enter');
  const chooser = await asked;
  await chooser.setFiles([
    {
      name: 'frobnicators.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from(
        '# Frobnicators\n\n## A squeaking frobnicator\n\nTurn the **frobnicator** off for ten seconds; it squeaks no more.\n\n' +
          words.join('\n\n').slice(0, 1_800),
      ),
    },
    { name: 'photo.md', mimeType: 'text/markdown', buffer: Buffer.from([0, 1, 2, 3]) },
  ]);
  await expect(page.getByText('Imported: 1 new, 0 updated, 0 unchanged.')).toBeVisible();
  await expect(page.getByText('is no text')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Articles' }).getByText('Frobnicators', { exact: true })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);

  // a case that asks for it
  await page.keyboard.press('Escape');
  await runCommand(page, 'Waiting on us');
  await expect(page.getByRole('heading', { name: 'Waiting on us', level: 1 })).toBeVisible();
  await waitForList(page, 'waiting-us');
  await focusFirstRow(page);
  await page.keyboard.press('Enter');
  await expect(page.locator('.ib-timeline')).toBeFocused();
  const source = page.getByRole('button', { name: 'Open Frobnicators › A squeaking frobnicator', exact: true });
  await page.keyboard.press('Shift+y');
  await expect(source).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  // read where it is from
  await tabTo('Open Frobnicators › A squeaking frobnicator');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Frobnicators' }).getByText('From frobnicators.md')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(source).toBeFocused();
  // put into the reply, and taken back
  await tabTo('Insert the answer from Frobnicators › A squeaking frobnicator');
  await page.keyboard.press('Enter');
  const text = page.locator('.ib-composer .ib-editor-text');
  await expect(text).toHaveValue(/Turn the frobnicator off for ten seconds; it squeaks no more\./u);
  await expect(text).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(text).not.toBeFocused();
  await page.keyboard.press('u');
  await expect(text).not.toHaveValue(/frobnicator off/u);
  // nothing has left by itself
  expect((await waiting()).filter((outboxId) => !before.includes(outboxId))).toEqual([]);
  // not helpful here, and helpful after all
  await tabTo('Not helpful: the answer from Frobnicators › A squeaking frobnicator');
  await page.keyboard.press('Enter');
  await expect(source).toBeHidden();
  await tabTo('Show again');
  await page.keyboard.press('Enter');
  await expect(source).toBeVisible();
});
