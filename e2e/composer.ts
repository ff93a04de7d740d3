import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The text that is being written in the open case; not the field that takes keys while the composer is being fetched. */
export function composerText(page: Page): Locator {
  return page.locator('.ib-composer .ib-editor-text');
}

/** Begins a reply to the open case, or a note, and waits until what is typed goes into it. */
export async function beginToWrite(page: Page, what: 'reply' | 'note' = 'reply'): Promise<void> {
  await page.keyboard.press(what === 'reply' ? 'r' : 'n');
  await expect(composerText(page)).toBeFocused();
}
