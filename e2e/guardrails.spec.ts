import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { multipart, rawMail } from '../test/fixtures/mail/build-mail.ts';
import { startMailServer } from '../test/mail-server/mail-server.ts';
import type { MailServer } from '../test/mail-server/mail-server.ts';
import { parseMail } from '../src/main/engine/channels/email/mime/parse-mail.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import { beginToWrite, composerText } from './composer.ts';
import { connectMailbox } from './connect-mailbox.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { callEngine } from './engine-port.ts';
import { lookInBothThemes, picture } from './look.ts';

/**
 * A customer sends their recovery phrase by mail: what the agent sees of it, how it is looked at on record, and what is not let out. A real
 * mailbox, the real app; each test goes on where the one before it ended.
 */
test.describe.configure({ mode: 'serial' });

const ADDRESS = 'support@team.test';
const CUSTOMER = 'customer@example.test';
/** Of entropy that everybody knows. */
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
/** A published test vector. */
const PRIVATE_KEY = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
const THEIRS = '0x52908400098527886E0F7030069857D2E4169EE7';

const opId = (name: string): ReturnType<typeof makeId<'op'>> => makeId('op', `guard-${name}-0000`);

let server: MailServer;
let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  server = await startMailServer();
  meridian = await launchMeridian();
  ({ page } = meridian);
  await connectMailbox(page, server, ADDRESS);
  const registry = { accounts: [], domains: ['coinharbor.com'], brands: ['CoinHarbor'] };
  await callEngine(page, 'guard.saveRegistry', { opId: opId('registry'), registry });
});
test.afterAll(async () => {
  await meridian.close();
  await server.stop();
});

test('a phrase is taken out before anybody sees it, and its customer is told what to do', async () => {
  await server.deliver({
    from: `CoinHarbоr Support <${CUSTOMER}>`,
    to: ADDRESS,
    subject: 'My wallet is empty',
    text: `It says 0. My address is ${THEIRS}.\nThese are my words:\n${PHRASE.split(' ')
      .map((word, index) => `${index + 1}. ${word}`)
      .join('\n')}\nWhat now?\n`,
  });
  await page.getByRole('row', { name: /My wallet is empty/u }).click();
  const message = page.getByRole('article').filter({ hasText: 'It says 0.' });
  await expect(message).toContainText('recovery phrase, 12 words taken out');
  await expect(message).toContainText('Tell the customer to move their funds');
  // a name with a Cyrillic letter in it
  await expect(message).toContainText(/looks like/iu);
  const warning = await server.mailbox(CUSTOMER).waitFor(() => true, { deadlineMs: 30_000 });
  expect(warning.raw.toString('utf8')).toMatch(/new recovery phrase|Auto-Submitted/u);
  await lookInBothThemes(meridian, 'message');
  const shown = async (): Promise<string> => (await page.locator('body').innerText()) + (await page.title());
  expect(await shown()).not.toMatch(/sausage|winner/u);
  await expect(page.getByTestId('list')).toContainText('recovery phrase, 12 words taken out');
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search cases' }).fill('sausage');
  await expect(page.getByTestId('list')).toContainText(/nothing|no case/iu);
  await page.keyboard.press('Escape');
  expect(meridian.logs.join('')).not.toMatch(/sausage|winner/u);
});

test('a lead looks at it with a reason, for some seconds, and it is on record', async () => {
  await page.getByRole('row', { name: /My wallet is empty/u }).click();
  await page.getByRole('button', { name: 'Show what was taken out' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: /what was taken out/iu });
  await expect(dialog.getByRole('button', { name: /^Show for/u })).toBeDisabled();
  await expect(dialog.getByLabel('Why do you need to see it?')).toBeFocused();
  await lookInBothThemes(meridian, 'reveal-asked');
  await dialog.getByLabel('Why do you need to see it?').fill('The customer asked which wallet it was.');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('1. legal');
  await picture(page, 'reveal-shown');
  await dialog.getByRole('button', { name: 'Hide' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('conversation')).toContainText('looked at what was taken out');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Guardrails' }).click();
  const audit = page.getByRole('region', { name: 'Entries of the audit log' });
  await expect(audit).toContainText('recovery phrase: The customer asked which wallet it was.');
  await expect(page.getByText(/^Whole: /u)).toBeVisible();
  await audit.scrollIntoViewIfNeeded();
  await lookInBothThemes(meridian, 'audit');
  await page.getByRole('button', { name: /^Inbox/u }).press('Enter');
});

test('a reply that asks, leads astray or pays to a stranger is stopped with words, and with a way on', async () => {
  await page.getByRole('row', { name: /My wallet is empty/u }).click();
  await beginToWrite(page);
  const box = composerText(page);
  const guard = page.getByRole('region', { name: 'Before this leaves' });
  await box.fill('Please send me your recovery phrase, or log in at https://coinharb0r.com/login.');
  await expect(guard).toContainText('Asks the customer for a secret: recovery phrase. We never do.');
  await expect(guard).toContainText('This link looks like coinharbor.com and is not.');
  await lookInBothThemes(meridian, 'stopped');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/This reply asks the customer for a secret/u).first()).toBeVisible();
  await box.fill(`Never send anybody your recovery phrase. Is ${THEIRS} the old wallet?`);
  await expect(guard).toBeHidden();
  await box.fill(`Send the rest to ${THEIRS.replace(/7$/u, '8')}.`);
  await expect(guard).toContainText('compare all of it');
  await guard.getByRole('button', { name: 'I compared the whole address' }).press('Enter');
  await guard.getByLabel('Where did you compare it?').fill('In the back office, with a colleague.');
  await box.press('Control+Enter');
  await expect(page.getByTestId('conversation').getByRole('button', { name: 'Undo send' })).toBeVisible();
  const { rows } = await callEngine(page, 'audit.list', { action: 'reply.overridden', from: null, to: null, before: null, limit: 5 });
  expect(rows.map(({ detail }) => detail)).toEqual(['unofficial-address (Ethereum): In the back office, with a colleague.']);
});

test('a log that an agent attaches leaves without the phrase in it', async () => {
  // replies to one customer leave in their order
  await page.getByRole('button', { name: 'Send now' }).press('Enter');
  await expect(page.getByRole('dialog', { name: /^Sent in/u })).toHaveCount(0);
  await composerText(page).fill('This is what our copy of your log says.');
  const log = { name: 'our-copy.log', mimeType: 'text/plain', buffer: Buffer.from(`12:00 restored from ${PHRASE}\n12:01 synced\n`) };
  await page.getByTestId('conversation').locator('input[type="file"]').setInputFiles(log);
  await expect(page.getByRole('heading', { name: 'Taken out of our-copy.log: recovery phrase' })).toBeVisible();
  await expect(page.getByTestId('conversation').getByText('our-copy.log')).toBeVisible();
  await picture(page, 'attached');
  await composerText(page).press('Control+Enter');
  await page.getByRole('article').filter({ hasText: 'our copy of your log' }).getByRole('button', { name: 'Send now' }).press('Enter');
  const sent = await server.mailbox(CUSTOMER).waitFor((mail) => mail.raw.includes('our-copy.log'), { deadlineMs: 30_000 });
  const kept = '12:00 restored from ⟦redacted:recovery-phrase:12⟧\n12:01 synced\n';
  const [file] = parseMail(sent.raw).attachments;
  expect(file).toMatchObject({ name: 'our-copy.log', sha256: createHash('sha256').update(kept).digest('hex') });
});

test('a key in a log of three megabytes is taken out of it', async () => {
  const log = `${'12:00:01 INFO block 4711 was read\n'.repeat(90_000)}imported ${PRIVATE_KEY}\n`;
  await server.deliver(
    rawMail(
      [
        `From: ${CUSTOMER}`,
        `To: ${ADDRESS}`,
        'Subject: The log of my wallet',
        'Message-ID: <log@example.test>',
        `Date: ${new Date().toUTCString()}`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
      ],
      multipart([
        [['Content-Type: text/plain; charset=utf-8'], 'You asked for it.'],
        [['Content-Type: text/plain; name=wallet.log', 'Content-Disposition: attachment; filename=wallet.log'], log],
      ]),
    ),
  );
  await page.getByRole('row', { name: /The log of my wallet/u }).click({ timeout: 60_000 });
  const message = page.getByRole('article').filter({ hasText: 'You asked for it.' });
  await expect(message).toContainText('private key');
  await expect(message).toContainText('wallet.log');
});
