import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/**
 * Waits until the rows on the screen are those of this list, such as `waiting-us` or `search refund`: for a moment after its heading they are
 * still those of the list before.
 */
export async function waitForList(page: Page, list: string): Promise<void> {
  await expect(page.locator(`[data-list^="${list} "]`)).toBeVisible();
}

/** Puts the focus on the first case of the list: Home and End are keys of whatever has the focus. */
export async function focusFirstRow(page: Page): Promise<void> {
  await page.locator('[data-case-row][tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-case-row]').first()).toBeFocused();
}
