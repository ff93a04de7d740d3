import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { focusFirstRow, waitForList } from './list.ts';
import { runCommand } from './palette.ts';

/** The smallest window, and more in it than there is room for: nothing lies over something else, nothing runs out of the side. */
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
  await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 700));
  await expect.poll(async () => page.evaluate(() => innerWidth)).toBe(800);
});
test.afterAll(async () => {
  await meridian.close();
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(place: Locator): Promise<Box> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return box;
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** How far it, or what it holds, runs out of the side of anything around it. */
async function overflowOf(place: Locator): Promise<number> {
  return place.evaluate((node) => {
    let most = 0;
    for (let at: Element | null = node; at !== null; at = at.parentElement) most = Math.max(most, at.scrollWidth - at.clientWidth);
    return most;
  });
}

test('what is told of a handoff stands above its packet', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  const [answer, packet] = [page.locator('.hd-answer-column'), page.locator('.hd-main')];
  await expect(packet).toBeVisible();
  await expect(answer.getByText('Next promise')).toBeVisible();
  const held = async (): Promise<number> => answer.evaluate((node) => node.scrollHeight - node.clientHeight);
  expect(await held()).toBe(0);
  const above = await boxOf(answer);
  expect(above.y + above.height).toBeLessThanOrEqual((await boxOf(packet)).y + 1);
});

test('the name of the day in the ribbon stands clear of its hours', async () => {
  // up to where there is room for all hours
  for (const width of [800, 960, 1_056]) {
    await meridian.app.evaluate(({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 700), width);
    await expect.poll(async () => page.evaluate(() => innerWidth)).toBe(width);
    const { day, hours } = await page.locator('.ribbon-axis').evaluate((axis) => {
      const box = (node: Element): Box => {
        const { x, y, width: wide, height } = node.getBoundingClientRect();
        return { x, y, width: wide, height };
      };
      const name = axis.querySelector('.ribbon-day');
      if (name === null) throw new Error('no day begins');
      const words = name.textContent;
      // the longest there is, on one or another day of the year
      name.textContent = 'Wed, 30 Sept';
      const reach = { ...box(name), width: name.scrollWidth };
      name.textContent = words;
      return { day: reach, hours: [...axis.querySelectorAll('.ribbon-hour')].map(box).filter((hour) => hour.width > 0) };
    });
    expect(hours.length).toBeGreaterThan(6);
    expect(hours.filter((hour) => meet(day, hour))).toEqual([]);
  }
  await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 700));
  await expect.poll(async () => page.evaluate(() => innerWidth)).toBe(800);
});

test('what was promised has room for its words', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  const table = page.locator('.promises-table[data-open]');
  await expect(table).toBeVisible();
  expect((await boxOf(table.getByRole('columnheader').nth(2))).width).toBeGreaterThan(200);
  // all of it can be scrolled to
  expect(await overflowOf(page.locator('.promises'))).toBe(0);
  // in a window that is a little wider nothing has to be scrolled to
  await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700));
  await expect.poll(async () => page.evaluate(() => innerWidth)).toBe(1024);
  expect(await overflowOf(table)).toBe(0);
  expect((await boxOf(table.getByRole('columnheader').nth(2))).width).toBeGreaterThan(200);
  await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 700));
  await expect.poll(async () => page.evaluate(() => innerWidth)).toBe(800);
});

test('with every pane open, each row of the list and the case beside it have room for their subjects', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  await waitForList(page, 'all');
  await page.locator('[data-case-row]').first().click();
  const subject = page.locator('.ib-case-title h2');
  await expect(subject).toBeVisible();
  await page.keyboard.press('i');
  await expect(page.getByRole('complementary', { name: 'Customer' })).toBeVisible();
  expect((await boxOf(subject)).width).toBeGreaterThan(150);
  // At some hour any row has the longest times, and any case may come to have every mark.
  await page.locator('[data-case-row]').evaluateAll((rows) => {
    for (const row of rows) {
      for (const time of row.querySelectorAll('.ib-runway .tabular, .ib-due .tabular')) time.textContent = '23h 45m';
      const flags = row.querySelector('.ib-flags');
      for (let more = 0; more < 8; more++) {
        const mark = document.createElement('span');
        mark.textContent = '0';
        flags?.append(mark);
      }
    }
  });
  // what is cut off has room for some four characters that are as wide as they are high, or some eight others; a name for two
  const tooNarrow = await page.locator('[data-case-row]').evaluateAll((rows) =>
    rows.flatMap((row) =>
      [['.ib-line-text', 55] as const, ['.ib-customer-name', 30] as const].flatMap(([what, least]) => {
        const text = row.querySelector(what);
        const isCut = text !== null && text.scrollWidth > text.clientWidth;
        return isCut && text.clientWidth <= least ? [`${what} ${String(text.clientWidth)} ${text.textContent}`] : [];
      }),
    ),
  );
  expect(tooNarrow).toEqual([]);
  await page.keyboard.press('i');
  await page.keyboard.press('Escape');
  await expect(subject).toBeHidden();
});

test('what is told in the corner keeps off the buttons of a dialog', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  await waitForList(page, 'all');
  await focusFirstRow(page);
  await page.keyboard.press('e');
  // the newest one, which may by then tell of something else
  const toast = page.locator('.m-toast:visible').first();
  await expect(toast).toBeVisible();
  // as tall as the window
  await page.keyboard.press('?');
  const help = page.locator('.m-dialog:not([data-closed])');
  await expect(help).toBeVisible();
  await expect(toast).toBeVisible();
  /** Where what is told ends, with more words to each, and where the dialog begins; at one moment, because toasts come and go. */
  const measure = async (more: string): Promise<{ readonly told: readonly number[]; readonly dialog: number }> =>
    help.evaluate((dialog, words) => {
      const added = [...document.querySelectorAll('.m-toast-title')].flatMap((title) => {
        // one that has something below its title says more there
        const line = Object.assign(document.createElement('p'), { className: 'm-toast-description' });
        const below = title.parentElement?.querySelector('.m-toast-description') ?? line;
        if (below === line) title.after(line);
        const texts = [title, below].map((each) => {
          const text = document.createTextNode(words);
          each.append(text);
          return text;
        });
        return [...texts, line];
      });
      // where everything comes to rest, and not on its way there
      const still = new CSSStyleSheet();
      still.replaceSync('* { transition: none !important } .m-toast, .m-dialog { transform: none !important }');
      document.adoptedStyleSheets.push(still);
      const boxes = [...document.querySelectorAll('.m-toast')].map((each) => each.getBoundingClientRect());
      const { top } = dialog.getBoundingClientRect();
      document.adoptedStyleSheets.pop();
      for (const each of added) each.remove();
      return { told: boxes.filter(({ height }) => height > 0).map(({ bottom }) => bottom), dialog: top };
    }, more);
  // a customer with much to say is told of when a reply is due
  for (const more of ['', ' My withdrawal has been pending for days and nobody says why.'.repeat(5)]) {
    const { told, dialog } = await measure(more);
    expect(told.length).toBeGreaterThan(0);
    expect(Math.max(...told)).toBeLessThanOrEqual(dialog);
  }
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect.poll(async () => (await toast.boundingBox())?.y ?? 0).toBeGreaterThan(500);
  await page.keyboard.press('u');
});

test('a search of one endless word does not run out of the list, and forty mistakes leave room for it', async () => {
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: 'Search cases' });
  await expect(box).toBeFocused();
  await page.keyboard.insertText('a'.repeat(5_000));
  await expect(page.getByRole('heading', { name: /^Nothing found for “a{60}…”$/u })).toBeVisible();
  expect(await overflowOf(page.locator('.ib-list'))).toBe(0);
  expect(await overflowOf(page.locator('.m-empty'))).toBe(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(`from:${'W'.repeat(400)}`);
  await expect(page.getByText(/That is longer than can be asked\. “W/u)).toBeVisible();
  expect(await overflowOf(page.locator('.ib-search-problems'))).toBe(0);
  expect(await overflowOf(page.locator('.ib-list'))).toBe(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(Array.from({ length: 40 }, (_, index) => `priority:bogus${String(index)}`).join(' '));
  await expect(page.getByText('38 more were left out.')).toBeVisible();
  expect((await boxOf(page.locator('.ib-search-problems'))).height).toBeLessThan(100);
  await expect(page.locator('[data-case-row]').first()).toBeVisible();
});

test('the last page of the settings is shown whole, below their title', async () => {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const title = page.getByRole('heading', { name: 'Settings', level: 1 });
  await expect(title).toBeVisible();
  const before = await boxOf(title);
  const last = page.getByRole('tab').last();
  await last.click();
  await expect(last).toHaveAttribute('aria-selected', 'true');
  const heading = page.locator('.settings-page h2').first();
  await expect(heading).toBeInViewport();
  expect(await boxOf(title)).toEqual(before);
  const panel = await boxOf(page.getByRole('tabpanel'));
  expect(panel.y + panel.height).toBeCloseTo(700, 0);
});

test('a long place of an article leaves the other columns as wide as their words', async () => {
  const folder = test.info().outputPath('articles');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${'n'.repeat(180)}.md`);
  fs.writeFileSync(file, '# Refunds\n\nRefunds take three days. They are shown in the account.\n');
  await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1_024, 700));
  await page.keyboard.press('Escape');
  await runCommand(page, '>knowledge', 'Knowledge');
  await page.locator('.knowledge-drop input[type="file"]').first().setInputFiles(file);
  const table = page.getByRole('table');
  await expect(table.getByText('Refunds')).toBeVisible();
  // a line for each word at most
  for (const cell of await table.getByRole('columnheader').all()) expect((await boxOf(cell)).height).toBeLessThan(60);
  expect((await boxOf(table.getByRole('cell', { name: 'English' }))).width).toBeGreaterThan(60);
});
