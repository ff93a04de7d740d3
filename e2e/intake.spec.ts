import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { beginToWrite, composerText } from './composer.ts';
import { callEngine } from './engine-port.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { focusFirstRow } from './list.ts';
import type { CaseId } from '../src/shared/domain/ids.ts';

/**
 * What is known of a case is looked at, stated and taken back; everything that is missing is asked for with one key, in one message, which is
 * sent and counted. By keyboard alone.
 */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

/** Walks down the list to a case by mail of which something is missing that can be asked for. */
async function walkToCase(): Promise<CaseId> {
  await focusFirstRow(page);
  const current = page.locator('.ib-row-current');
  for (let presses = 0; presses < 40; presses += 1) {
    const caseId = (await current.getAttribute('data-case-id')) as CaseId;
    const detail = await callEngine(page, 'cases.detail', { caseId });
    const intake = await callEngine(page, 'intake.ofCase', { caseId });
    const isFit = detail?.channel === 'email' && detail.canReply && !detail.hasDraft && intake?.kindBy === 'words' && intake.rounds === 0;
    if (isFit && intake.missing.length > 2 && intake.facts.some(({ source }) => source?.kind === 'message')) return caseId;
    await page.keyboard.press('j');
    await expect(current).not.toHaveAttribute('data-case-id', caseId);
  }
  throw new Error('no case of the sample has enough missing');
}

/** Moves on with Tab until this has the focus. */
async function tabTo(name: string | RegExp): Promise<void> {
  const wanted = page.getByRole('button', { name }).first();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await wanted.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${String(name)} with Tab`);
}

test('the checklist is looked at, corrected, and what is missing is asked for at once', async () => {
  const caseId = await walkToCase();
  const intake = async () => callEngine(page, 'intake.ofCase', { caseId });
  const before = await intake();
  const [field] = before?.missing ?? [];
  expect(before?.ask).not.toBeNull();

  // the checklist, and the message in which a fact stands
  await page.keyboard.press('Enter');
  await expect(page.locator('.ib-timeline')).toBeFocused();
  await page.keyboard.press('Shift+Q');
  const part = page.getByRole('region', { name: 'Checklist' });
  await expect(part).toBeVisible();
  await expect(part.locator(':focus')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await tabTo(/Show where it stands/u);
  await page.keyboard.press('Enter');
  await expect(page.locator('.ib-message:focus')).toBeVisible();

  // stated by hand, and taken back
  await page.keyboard.press('Shift+Q');
  await tabTo(/^State: /u);
  await page.keyboard.press('Enter');
  await expect(part.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('as they said on the phone');
  await page.keyboard.press('Enter');
  await expect(part.getByText('as they said on the phone')).toBeVisible();
  expect((await intake())?.missing).not.toContain(field);
  await expect(part.getByRole('textbox')).toHaveCount(0);
  await page.keyboard.press('u');
  await expect.poll(async () => (await intake())?.missing).toEqual(before?.missing);

  // all of it in one message, behind what was written
  await beginToWrite(page);
  const text = composerText(page);
  await page.keyboard.type('Dear customer,');
  await page.keyboard.press('Escape');
  await expect(text).not.toBeFocused();
  await page.keyboard.press('q');
  await expect(text).toHaveValue(/^Dear customer,[^]+1\. [^]+2\. /u);
  await expect(text).toBeFocused();
  expect(await text.inputValue()).toContain(before?.ask?.text ?? 'a text');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(text).not.toBeFocused();
  await page.keyboard.press('u');
  await expect(text).toHaveValue(/^Dear customer,(?![^]*1\. )/u);
  await page.keyboard.press('q');
  await expect(text).toHaveValue(/1\. /u);
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Leaves in/u)).toBeVisible();
  await expect(part.getByText('Asked once')).toBeVisible();
  expect((await intake())?.openAsk).toEqual(before?.ask?.fields);
});
