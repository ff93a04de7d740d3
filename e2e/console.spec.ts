import { expect, test } from '@playwright/test';
import { openSample } from './electron-app.ts';
import { waitForList } from './list.ts';
import { openPalette } from './palette.ts';

/** Whoever looks into the page's console finds nothing there that the page did wrong. */
test('no screen does what the policy of the page refuses', async () => {
  const meridian = await openSample();
  try {
    const { page } = meridian;
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(String(error)));
    // a case with a formatted mail: its styles are the sender's
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search cases' }).fill('settlement differences');
    await waitForList(page, 'search settlement differences');
    await page.locator('[data-case-row]').filter({ hasText: 'Settlement differences October' }).click();
    await expect(page.locator('iframe[sandbox]').first()).toBeVisible();
    await page.keyboard.press('Escape');
    for (const [screen, place] of [
      ['h', '.hd-main'],
      ['c', '.m-tab-list'],
      ['p', '.promises'],
      ['i', '[data-case-row]'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(screen);
      await expect(page.locator(place).first()).toBeVisible();
    }
    const palette = await openPalette(page, 'a');
    await page.keyboard.press('Escape');
    await expect(palette).toBeHidden();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.locator('.settings-page')).toBeVisible();
    expect(said).toEqual([]);
  } finally {
    await meridian.close();
  }
});
