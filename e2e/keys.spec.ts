import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { beginToWrite, composerText } from './composer.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { focusFirstRow } from './list.ts';
import { markedOption, openPalette, runCommand } from './palette.ts';

/** Keys, palette, undo, menus and the way back, by keyboard alone; what somebody changed is there after a restart. */
let userData: string;
let meridian: RunningApp;
let page: Page;

async function start(): Promise<void> {
  // what moves, and what fades, is in nobody's way either
  meridian = await openSample({ userData, isMoving: true });
  ({ page } = meridian);
}

test.beforeAll(async () => {
  userData = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-keys-'));
  await start();
});
test.afterAll(async () => {
  await meridian.close();
  fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
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

const solveButton = () => page.locator('.ib-case-title').getByRole('button', { name: 'Solve', exact: true });
const palette = () => page.getByRole('dialog', { name: 'Command palette' });

test('is all done by keys, which can be changed', async () => {
  // undo goes back over several steps, and forward again
  await focusFirstRow(page);
  await page.keyboard.press('Enter');
  const subject = await page.locator('.ib-case-title h2').innerText();
  const fact = (name: string) => page.getByRole('button', { name: `Status: ${name}`, exact: true });
  await expect(fact('Open')).toBeVisible();
  await page.keyboard.press('p');
  await expect(fact('Pending')).toBeVisible();
  await page.keyboard.press('Shift+P');
  await expect(fact('On hold')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(fact('Pending')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(fact('Open')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(fact('Pending')).toBeVisible();
  // in a text Ctrl+Z is the text's
  await beginToWrite(page, 'note');
  const note = composerText(page);
  await page.keyboard.type('a word');
  await page.keyboard.press('Control+z');
  await expect(note).not.toHaveValue('a word');
  await expect(fact('Pending')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(note).not.toBeFocused();
  // what was done, out of order
  await page.keyboard.press('g');
  await page.keyboard.press('z');
  const done = page.getByRole('dialog', { name: 'What I did' });
  await expect(done.getByRole('listitem')).toHaveCount(2);
  await expect(done.getByRole('listitem').first()).toContainText(/ · /u);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(done).toBeHidden();

  // keys are changed, and what is in the way or can not be is said at once
  await runCommand(page, 'change keys', 'Change keys');
  await expect(page.getByRole('heading', { name: 'Keyboard', level: 2 })).toBeVisible();
  // from the name of the page it goes on
  await expect(page.getByRole('tab', { name: 'Keyboard', selected: true })).toBeFocused();
  await tabTo('Find a command or a key');
  await page.keyboard.type('Solve');
  await tabTo('Take E from Solve');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Case', exact: true }).getByText('no keys', { exact: true })).toBeVisible();
  await tabTo('Add keys to Solve');
  await page.keyboard.press('Enter');
  const record = page.getByRole('dialog', { name: 'New keys for “Solve”' });
  await expect(record.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('c');
  await expect(record.getByText(/C is “Claim”/u)).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(record.getByText(/Ctrl\+C copies, cuts, pastes/u)).toBeVisible();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('d');
  await page.keyboard.press('q');
  await expect(record.getByText('D Q is free.')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(record).toBeHidden();
  expect(await accessibilityProblems(page)).toEqual([]);

  // the way back leads to the case that was open, where the button names the new keys, and they work
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.locator('.ib-case-title h2')).toHaveText(subject);
  await expect(solveButton()).toHaveAttribute('aria-keyshortcuts', 'D Q');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByRole('heading', { name: 'Keyboard', level: 2 })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.locator('.ib-case-title h2')).toHaveText(subject);
  await page.keyboard.press('e');
  await page.keyboard.press('d');
  await page.keyboard.press('q');
  await expect(page.getByText('Solved 1 case').first()).toBeVisible();

  // a command of another screen is found, says where it is, and is done there
  await openPalette(page, '>export');
  await expect(markedOption(page)).toHaveAccessibleName(/Export.*in Plan/u);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /Export/u })).toBeVisible();
  await page.keyboard.press('Escape');

  // all of it is there after a restart
  await meridian.close();
  await start();
  await openPalette(page, '');
  await expect(palette().getByRole('group', { name: 'Recently opened' }).getByRole('option', { name: subject })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette()).toBeHidden();
  await focusFirstRow(page);
  await page.keyboard.press('Enter');
  await expect(solveButton()).toHaveAttribute('aria-keyshortcuts', 'D Q');
});

test('goes from one page of the settings to another by the palette, and has the focus there', async () => {
  for (const name of ['Macros', 'Knowledge', 'Macros']) {
    await runCommand(page, `>${name}`, name);
    await expect(page.getByRole('tab', { name, selected: true })).toBeFocused();
  }
});
