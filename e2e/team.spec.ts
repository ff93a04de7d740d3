import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { lookInBothThemes, picture } from './look.ts';

/** Setting up a team: hubs, people and requirements, one by one and from a table, with undo. */
let meridian: RunningApp;
let page: Page;
test.beforeAll(async () => {
  meridian = await openSample();
  ({ page } = meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

async function openPage(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('tab', { name }).click();
}

test('a lead adds a hub, and takes it back with one key', async () => {
  await openPage('Hubs');
  const hubs = page.getByRole('list', { name: 'Hubs' });
  await expect(hubs.getByRole('button')).toHaveCount(3);
  await page.getByRole('button', { name: 'Add a hub' }).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Lisbon');
  // Two places with one name would be mixed up in every list.
  await expect(page.getByText('This name is taken.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Unsaved changes to the team' })).toContainText('To put right first: Lisbon');
  await name.fill('Kathmandu');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Kathmandu');
  await page.getByRole('option', { name: /Kathmandu/u }).click();
  await expect(page.getByText(/UTC\+5:45/u).first()).toBeVisible();
  await page.getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByRole('dialog', { name: /holidays/iu })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Unsaved changes to the team' }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved: Kathmandu')).toBeVisible();
  await expect(hubs.getByRole('button')).toHaveCount(4);
  await page.getByRole('heading', { name: 'Settings' }).click();
  await page.keyboard.press('u');
  await expect(hubs.getByRole('button', { name: /Kathmandu/u })).toContainText('Not in use');
});

test('people come in from a table after a look at every line', async () => {
  await openPage('People');
  await page.getByRole('button', { name: 'Import from CSV…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import people from CSV' });
  await dialog
    .getByRole('textbox', { name: 'Or paste the table' })
    .fill(
      [
        'name,hub,zone,hours,languages,tiers',
        '"Sørensen, Nils",Lisbon,Europe/Copenhagen,32,da:expert;en,L1;L2',
        '森 さくら,Atlantis,Asia/Tokyo,40,ja:expert,L1',
        'Broken Zone,Lisbon,Mars/Olympus,forty,xx-,L9',
      ].join('\n'),
    );
  await expect(dialog.getByText(/1 new, 0 changed, 0 unchanged, 2 with errors/u)).toBeVisible();
  await expect(dialog.getByRole('row', { name: /森 さくら/u })).toContainText('Atlantis');
  await expect(dialog.getByRole('row', { name: /Broken Zone/u })).toContainText('Mars/Olympus');
  await picture(page, 'import');
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Import 1 person' }).click();
  await expect(page.getByText('1 person imported')).toBeVisible();
  await page.getByRole('searchbox', { name: /Find a person/u }).fill('sørensen dan');
  const found = page.getByRole('list', { name: 'People' }).getByRole('button');
  await expect(found).toHaveCount(1);
  await expect(found).toContainText('Danish');
});

test('a requirement says who counts today, and what is wrong with it', async () => {
  await openPage('Requirements');
  await page.getByRole('button', { name: 'Add a requirement' }).click();
  // what is added has the focus when it is drawn
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.getByRole('combobox', { name: 'Languages' }).fill('korean');
  await page.getByRole('option', { name: 'Korean' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/2 people count today: .*Han Ji-soo/u)).toBeVisible();
  await page.getByRole('textbox', { name: 'Minimum' }).fill('none');
  await expect(page.getByText('A number from 1 to 1000.')).toBeVisible();
  await lookInBothThemes(meridian, 'requirement');
});
