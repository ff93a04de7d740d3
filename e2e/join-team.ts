import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { runCommand } from './palette.ts';

const PASSPHRASE = 'four unrelated words here';

/**
 * Joins a team by keyboard and dialog, as a person does.
 * @param isFirstSecret the workspace keeps no secrets yet, and there is no keychain: it is asked for a passphrase
 */
export async function joinTeam(page: Page, invite: string, isFirstSecret: boolean): Promise<void> {
  await runCommand(page, 'Join a team');
  const dialog = page.getByRole('dialog', { name: 'Join a team' });
  await dialog.getByLabel('Invite').fill(invite);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('button', { name: /^Join / }).click();
  if (isFirstSecret) {
    await dialog.getByRole('button', { name: 'Set a passphrase' }).click();
    await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await page.getByRole('textbox', { name: 'Repeat it' }).fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Set the passphrase' }).click();
  }
  await expect(dialog).toBeHidden();
}
