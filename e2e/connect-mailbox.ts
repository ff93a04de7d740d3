import type { Page } from '@playwright/test';
import type { MailServer } from '../test/mail-server/mail-server.ts';

/** Goes through the first run: says who one is, and connects a mailbox of a server that the tests have started. */
export async function connectMailbox(page: Page, server: MailServer, address: string, name = 'Ana Reis'): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: /Connect a mailbox/u }).click();
  await page.getByLabel('Email address').fill(address);
  await page.getByRole('button', { name: 'Find the servers' }).click();
  await page.getByLabel('Password', { exact: true }).fill(server.users[address] ?? '');
  for (const [direction, port] of [
    [/Incoming/u, server.ports.imap],
    [/Outgoing/u, server.ports.smtp],
  ] as const) {
    const group = page.getByRole('group', { name: direction });
    await group.getByLabel('Server').fill(server.host);
    await group.getByLabel('Port').fill(String(port));
    await group.getByRole('combobox', { name: 'Security' }).click();
    await page.getByRole('option', { name: 'None' }).click();
    // the list closes with a movement, and the next one has the same words
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
  }
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('four unrelated words here');
  await page.getByRole('textbox', { name: 'Repeat it' }).fill('four unrelated words here');
  await page.getByRole('button', { name: 'Set the passphrase' }).click();
  await page.getByRole('button', { name: 'Go to the inbox' }).click();
}
