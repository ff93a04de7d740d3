import { expect, test } from '@playwright/test';
import { FakeTelegram } from '../test/channels/telegram/fake-telegram.ts';
import { beginToWrite } from './composer.ts';
import { launchMeridian } from './electron-app.ts';

/** The real app against a FAKE Bot API on this machine: from the form of the channel to a customer's answer. */
const PASSPHRASE = 'four unrelated words here';
const MEI = { id: 48_211, is_bot: false, first_name: 'Mei', username: 'mei_c' } as const;

test('a bot is connected, although another system had its webhook, and a customer is answered', async () => {
  const fake = await FakeTelegram.start();
  fake.privateChat(MEI);
  fake.webhook = 'https://desk.example.com/hook';
  const running = await launchMeridian();
  try {
    const { page } = running;
    await page.getByLabel('Your name').fill('Ana Reis');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: /^Later/u }).click();
    await expect(page.getByTestId('list')).toBeVisible();
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Channels' }).click();
    await page.getByRole('button', { name: 'Connect a channel' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect a channel' });
    await dialog.getByRole('radio', { name: 'Telegram' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByLabel('Bot API server').fill(fake.url);
    await dialog.getByLabel('Token of the bot').fill(fake.token);
    await dialog.getByRole('button', { name: 'Check' }).click();
    await expect(dialog.getByText('The messages go to desk.example.com now.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Remove the webhook…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the webhook' }).click();
    await expect(dialog.getByText('This is @team_support_bot (Team Support).')).toBeVisible();
    expect(fake.webhook).toBe('');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await page.getByRole('textbox', { name: 'Repeat it' }).fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Set the passphrase' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('article', { name: /^Telegram/u })).toBeVisible();
    fake.say(MEI.id, MEI, { text: 'Where is my withdrawal?' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.getByTestId('list').getByText('Where is my withdrawal?').first().click();
    await beginToWrite(page);
    // a chat with one person has nobody else to answer
    await expect(page.getByRole('group', { name: 'Write' }).getByRole('button')).toHaveText(['Reply', 'Note']);
    await page.keyboard.type('It is on its way.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Send now' }).press('Enter');
    await expect.poll(() => fake.sent.map(({ text }) => text)).toEqual(['It is on its way.']);
    expect(running.logs.join('\n')).not.toContain(fake.token);
  } finally {
    await running.close();
    await fake[Symbol.asyncDispose]();
  }
});
