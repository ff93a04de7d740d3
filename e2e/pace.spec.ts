import { expect, test } from '@playwright/test';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { focusFirstRow, waitForList } from './list.ts';
import { letNobodyWrite } from './nobody-writes.ts';
import { runCommand } from './palette.ts';

/** What is remembered instead of asked again follows what is done: counts, rows and the focus, by keyboard alone. */
let meridian: RunningApp;

test.beforeAll(async () => {
  // counts may change by themselves where something falls due
  meridian = await openSample({ sample: 'of-the-last-minutes' });
  await letNobodyWrite(meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

const countOf = async (view: string): Promise<number> => {
  const text = await meridian.page.locator(`[data-view="${view}"]`).innerText();
  return Number(/\d[\d,]*/u.exec(text.trim())?.[0].replaceAll(',', '') ?? 0);
};

/** Rows as they are drawn: each case once, each in its place, the current one with the focus. */
async function drawn(): Promise<{
  readonly cases: number;
  readonly places: number;
  readonly rows: number;
  readonly focused: string | null;
}> {
  return meridian.page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-case-row]')];
    return {
      rows: rows.length,
      cases: new Set(rows.map((row) => row.dataset['caseId'])).size,
      places: new Set(rows.map((row) => row.getAttribute('aria-rowindex'))).size,
      focused:
        document.activeElement?.matches('.ib-row-current') === true ? (document.activeElement.getAttribute('aria-rowindex') ?? null) : null,
    };
  });
}

/** The current case, where its row has the focus. */
async function focusedCase(): Promise<string | null> {
  return meridian.page.evaluate(() => document.activeElement?.closest<HTMLElement>('.ib-row-current')?.dataset['caseId'] ?? null);
}

test('counts, rows and focus follow claims, undo and changes of views', async () => {
  const { page } = meridian;
  await runCommand(page, '/Unassigned', 'Unassigned');
  await waitForList(page, 'unassigned');
  await focusFirstRow(page);
  const unassigned = async (): Promise<number> => countOf('unassigned');
  // the counts come after the rows
  await expect.poll(unassigned).toBeGreaterThan(0);
  const [before, mine] = [await unassigned(), await countOf('mine')];
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await expect.poll(unassigned).toBe(before - 1);
  await expect.poll(async () => countOf('mine')).toBe(mine + 1);
  await page.keyboard.press('Control+z');
  await expect.poll(unassigned).toBe(before);
  await expect.poll(async () => countOf('mine')).toBe(mine);
  for (const view of ['Solved', 'All']) {
    await runCommand(page, `/${view}`, view);
    await waitForList(page, view.toLowerCase());
    for (let press = 0; press < 30; press += 1) await page.keyboard.press('j');
    await expect.poll(async () => (await drawn()).focused).not.toBeNull();
    const { rows, cases, places } = await drawn();
    expect([cases, places]).toEqual([rows, rows]);
  }
  // the row that has the focus keeps it when it is scrolled away, and keys go on from there
  const at = Number((await drawn()).focused);
  const current = await focusedCase();
  await page.locator('.ib-scroll').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(page.locator(`[data-case-row][aria-rowindex="${String(at - 1)}"]`)).toHaveCount(0);
  expect(await focusedCase()).toBe(current);
  await page.keyboard.press('j');
  await expect
    .poll(async () => {
      const now = await focusedCase();
      return now !== null && now !== current;
    })
    .toBe(true);
});

test('whatever list is shown, the cursor is on a row that one sees, and the list is where it was left', async () => {
  const { page } = meridian;
  const show = async (view: string): Promise<void> => {
    await runCommand(page, `/${view}`, view);
    await waitForList(page, view.toLowerCase());
  };
  const scrolled = async (): Promise<number> => page.locator('.ib-scroll').evaluate((list) => list.scrollTop);
  await show('All');
  await page.keyboard.press('End');
  await expect.poll(scrolled).toBeGreaterThan(2_000);
  const left = await scrolled();
  await show('Unassigned');
  await page.keyboard.press('Home');
  await expect.poll(scrolled).toBe(0);
  const first = await page.locator('.ib-row-current').getAttribute('data-case-id');
  await show('All');
  await expect.poll(scrolled).toBe(left);
  await expect(page.locator('.ib-row-current')).toBeInViewport({ ratio: 0.99 });
  await expect(page.locator('.ib-row-current')).not.toHaveAttribute('data-case-id', first ?? '');
  await page.keyboard.press('k');
  await expect(page.locator('.ib-row-current')).toBeInViewport({ ratio: 0.99 });
});
