import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** What Enter would choose in the list that is open. */
export function markedOption(page: Page): Locator {
  return page.locator('.m-dialog:not([data-closed]) [role="option"][data-highlighted]');
}

/** Opens the command palette and types: an Enter may follow once what is wanted is marked. */
export async function openPalette(page: Page, typed: string): Promise<Locator> {
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type(typed);
  return palette;
}

/** Runs a command by the palette: what is typed narrows the list, and Enter comes when the command is what it would choose. */
export async function runCommand(page: Page, typed: string, command: string | RegExp = typed): Promise<void> {
  const palette = await openPalette(page, typed);
  await expect(markedOption(page)).toContainText(command);
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
}
