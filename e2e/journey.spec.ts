import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startMailServer } from '../test/mail-server/mail-server.ts';
import type { MailServer } from '../test/mail-server/mail-server.ts';
import { startProxy } from '../test/mail-server/proxy.ts';
import type { Proxy } from '../test/mail-server/proxy.ts';
import { accessibilityProblems } from './axe.ts';
import { beginToWrite } from './composer.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { lookInBothThemes, picture } from './look.ts';

/** One long day of one agent, in the real app, on a real mailbox: each test goes on where the one before it ended. */
test.describe.configure({ mode: 'serial' });

const ADDRESS = 'support@team.test';
const CUSTOMER = 'customer@example.test';
const PASSPHRASE = 'four unrelated words here';

let server: MailServer;
let imap: Proxy;
let smtp: Proxy;
let meridian: RunningApp;
let userData: string;
let page: Page;

test.beforeAll(async () => {
  userData = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-journey-'));
  server = await startMailServer();
  imap = await startProxy({ host: server.host, port: server.ports.imap });
  smtp = await startProxy({ host: server.host, port: server.ports.smtp });
  await open();
});
test.afterAll(async () => {
  await meridian.close();
  await imap.stop();
  await smtp.stop();
  await server.stop();
  fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
});

/** Formatted, and longer than its frame is high. */
const FORMATTED = `<style>mark { display: none !important } .preview { display: none }</style><div class="preview">parcel</div>
<h2>My par<b>cel</b></h2>${'<p>It was sent last week.</p>'.repeat(20)}<table><tr><td>Parcel</td><td><a href="https://shop.example/track">where it is</a></td></tr></table>
${'<p>It was sent last week.</p>'.repeat(20)}<p>小<br>包 is the word for parcel.</p>`;

async function open(): Promise<void> {
  meridian = await launchMeridian({ userData });
  ({ page } = meridian);
}

test('first run: says who is here and connects a mailbox', async () => {
  await page.getByLabel('Your name').fill('Ana Reis');
  await page.getByRole('button', { name: 'Next' }).click();
  await picture(page, 'welcome-2');
  await page.getByRole('button', { name: /Connect a mailbox/u }).click();
  await page.getByLabel('Email address').fill(ADDRESS);
  await picture(page, 'wizard-1');
  await page.getByRole('button', { name: 'Find the servers' }).click();
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  const incoming = page.getByRole('group', { name: /Incoming/u });
  const outgoing = page.getByRole('group', { name: /Outgoing/u });
  for (const [group, proxy] of [
    [incoming, imap],
    [outgoing, smtp],
  ] as const) {
    await group.getByLabel('Server').fill(proxy.host);
    await group.getByLabel('Port').fill(String(proxy.port));
    await group.getByRole('combobox', { name: 'Security' }).click();
    await page.getByRole('option', { name: 'None' }).click();
    // the next list has the same choices
    await expect(page.getByRole('option')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.locator('.m-dialog')).toContainText('The server did not accept the user name and password.');
  await expect(page.locator('.m-dialog')).toContainText('Nothing has been saved yet.');
  await page.getByLabel('Password', { exact: true }).fill(server.users[ADDRESS] ?? '');
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await page.getByRole('checkbox', { name: /^Sent/u }).check();
  await page.getByRole('switch', { name: /plus-address/u }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  // This machine has no keychain: the app refuses to keep the password readable and asks for a passphrase.
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await page.getByRole('textbox', { name: 'Repeat it' }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Set the passphrase' }).click();
  await expect(page.getByText(`${ADDRESS} is connected`)).toBeVisible();
  await picture(page, 'connected');
  await page.getByRole('button', { name: 'Go to the inbox' }).click();
  await picture(page, 'empty');
});

test('mail arrives, is claimed and answered, and the answer reaches the customer', async () => {
  await server.deliver({
    from: `田中 美咲 <${CUSTOMER}>`,
    to: ADDRESS,
    subject: '出金が届きません',
    text: '昨日 15:20 に出金しましたが、まだ届きません。\n端末は iPhone 15 です。\n',
  });
  const row = page.getByRole('row', { name: /出金が届きません/u });
  await expect(row).toBeVisible();
  await row.click();
  await expect(page.getByRole('article')).toContainText('まだ届きません');
  await picture(page, 'arrived');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('c');
  await expect(page.getByTestId('conversation').getByText('You claimed the case')).toBeVisible();
  await beginToWrite(page);
  await page.keyboard.type('ご連絡ありがとうございます。確認いたします。');
  await picture(page, 'composed');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('conversation').getByRole('button', { name: 'Undo send' })).toBeVisible();
  await page.getByRole('button', { name: 'Send now' }).click();
  const mail = await server.mailbox(CUSTOMER).waitFor(() => true, { deadlineMs: 30_000 });
  const head = mail.raw.toString('latin1').replaceAll(/\r?\n[ \t]+/gu, ' ');
  expect(head).toMatch(/^In-Reply-To: <.+>$/imu);
  expect(head).toMatch(/^Reply-To: .*support\+t_.+@team\.test/imu);
  await expect(page.getByTestId('conversation').getByText(/^Sent/u).first()).toBeVisible();
  await picture(page, 'answered');
});

test('offline: everything is readable, replies wait, and leave once and in order when the network is back', async () => {
  await server.mailbox(CUSTOMER).expunge('1:*');
  await imap.refuse();
  await smtp.refuse();
  await expect(page.getByRole('button', { name: /^Sync: Offline/u })).toBeVisible({ timeout: 30_000 });
  for (const text of ['first while offline', 'second while offline']) {
    await page.getByRole('region', { name: 'Write' }).getByRole('textbox').last().fill(text);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('article').filter({ hasText: text })).toBeVisible();
  }
  await picture(page, 'offline');
  await page.getByRole('button', { name: /^Outbox/u }).click();
  await picture(page, 'outbox');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: /^Inbox/u }).click();
  // A note and a status change need no network, either.
  await imap.restore();
  await smtp.restore();
  await page.getByRole('button', { name: /^Sync:/u }).click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Sync: Online/u })).toBeVisible({ timeout: 30_000 });
  await expect.poll(async () => (await server.mailbox(CUSTOMER).list()).length, { timeout: 30_000 }).toBe(2);
  await expect(page.getByRole('button', { name: /^Outbox/u })).toBeHidden();
});

test('a crash in the middle of writing: the words are there after the restart', async () => {
  await page.getByRole('button', { name: /^Mine/u }).click();
  await page.getByRole('row', { name: /出金が届きません/u }).click();
  await beginToWrite(page);
  await page.keyboard.type('half a sentence that must not be lost');
  await expect(page.getByTestId('conversation').getByText('Saved', { exact: true })).toBeVisible();
  await picture(page, 'before-kill');
  meridian.app.process().kill('SIGKILL');
  await meridian.close().catch(() => {});
  await open();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await picture(page, 'unlock');
  await page.getByRole('button', { name: /^Unlock/u }).click();
  await expect(page.getByRole('button', { name: /^Sync: Online/u })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Mine/u }).click();
  await page.getByRole('row', { name: /出金が届きません/u }).click();
  await expect(page.getByRole('region', { name: 'Write' }).getByRole('textbox').last()).toHaveValue(
    'half a sentence that must not be lost',
  );
  await picture(page, 'draft');
});

test('a formatted mail stays formatted while words are looked for in it, and each place comes into sight', async () => {
  const subject = 'Where is it?';
  await server.deliver({ subject, text: FORMATTED, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  await page.getByRole('button', { name: /^All\b/u }).click();
  await expect(page.getByRole('row', { name: subject })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search cases' })).toBeFocused();
  await page.keyboard.type('parcel');
  await expect(page.locator('[data-case-row] mark').first()).toHaveText(/parcel/iu);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-case-row][tabindex="0"]')).toBeFocused();
  await page.keyboard.press('Enter');
  const found = page.getByRole('group', { name: 'Words found in this conversation' });
  await expect(found.getByText('1 of 3')).toBeVisible();
  const frame = page.locator('.ib-frame iframe');
  const marks = page.frameLocator('.ib-frame iframe').locator('mark');
  await expect(marks).toHaveText(['par', 'cel', 'Parcel', 'parcel']);
  /** The words of the current place, and whether a person sees them: in the frame, and the frame in the pane. */
  const current = async (): Promise<string> => {
    const pane = await page.getByRole('region', { name: 'Messages' }).boundingBox();
    const day = await page.locator('.ib-day-name').last().boundingBox();
    const box = await frame.boundingBox();
    const isInPane =
      pane !== null && day !== null && box !== null && box.y >= day.y + day.height - 4 && box.y + box.height <= pane.y + pane.height;
    const words = await marks.evaluateAll((all) =>
      all.flatMap((mark) => {
        const { top, bottom } = mark.getBoundingClientRect();
        const isSeen = top >= 0 && bottom <= innerHeight;
        return getComputedStyle(mark).backgroundColor === 'rgb(58, 87, 212)' ? [`${mark.textContent}${isSeen ? '' : ' out of sight'}`] : [];
      }),
    );
    return `${words.join('+')}${isInPane ? '' : ' outside'}`;
  };
  await expect.poll(current).toBe('par+cel');
  await page.keyboard.press('F3');
  await expect.poll(current).toBe('Parcel');
  await page.keyboard.press('n');
  await expect.poll(current).toBe('parcel');
  await expect(found.getByText('3 of 3')).toBeVisible();
  await page.keyboard.press('Shift+F3');
  await expect.poll(current).toBe('Parcel');
  await lookInBothThemes(meridian, 'formatted');
  // the mail at a place is the same mail to who watches over its links
  await page.frameLocator('.ib-frame iframe').getByRole('link').click();
  const question = page.getByRole('dialog', { name: 'Open this link?' });
  await expect(question.locator('strong')).toHaveText('shop.example');
  await expect(question.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  // who has done with it goes on reading at the same place, without marks
  await found.getByRole('button').last().click();
  await expect.poll(current).toBe('');
  await expect(page.frameLocator('.ib-frame iframe').getByRole('link')).toBeInViewport();
});
