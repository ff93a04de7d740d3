import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startMailServer } from '../test/mail-server/mail-server.ts';
import type { MailServer } from '../test/mail-server/mail-server.ts';
import { rawMail } from '../test/mail-server/mail-fields.ts';
import { beginToWrite } from './composer.ts';
import { connectMailbox } from './connect-mailbox.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { lookInBothThemes, picture } from './look.ts';
import { takeClock } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';

/** One case through reply, pending, reopening, a change of priority and a breach, with the clock in the test's hand. */
test.describe.configure({ mode: 'serial' });

const ADDRESS = 'support@team.test';
const SUBJECT = 'Withdrawal pending';
const FIRST = '<first@example.test>';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let server: MailServer;
let meridian: RunningApp;
let page: Page;
let clock: TestClock;

test.beforeAll(async () => {
  server = await startMailServer();
  meridian = await launchMeridian();
  ({ page } = meridian);
  await connectMailbox(page, server, ADDRESS);
  clock = await takeClock(meridian);
});
test.afterAll(async () => {
  await meridian.close();
  await server.stop();
});

/** The customer writes, at the time that the app has. */
async function customerWrites(text: string, isFirst = false): Promise<void> {
  const raw = rawMail({
    subject: isFirst ? SUBJECT : `Re: ${SUBJECT}`,
    text,
    sentAt: clock.now(),
    ...(isFirst ? { messageId: FIRST } : { inReplyTo: FIRST, references: [FIRST] }),
  });
  await server.mailbox(ADDRESS).store([{ raw, receivedAt: clock.now() }]);
}

async function reply(text: string): Promise<void> {
  await beginToWrite(page);
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByRole('article').filter({ hasText: text }).getByText(/^Sent/u)).toBeVisible();
}

/** What the clock above the conversation says: its word and its time, then the metric. */
async function expectBadge(text: RegExp, metric: string): Promise<void> {
  const badge = page.getByTestId('conversation').getByRole('button', { name: /Why this timer/u });
  await expect(badge).toHaveText(text);
  await expect(badge).toContainText(metric);
}

/** Looks at the reasons, in both themes. */
async function expectWhy(name: string, ...reasons: readonly RegExp[]): Promise<void> {
  await picture(page, name);
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog', { name: 'Why this timer' });
  await expect(dialog).toBeVisible();
  const past = dialog.locator('details > summary');
  if (await past.isVisible()) await past.click();
  for (const reason of reasons) await expect(dialog).toContainText(reason);
  await lookInBothThemes(meridian, `${name}-why`);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

test('a new case is on track, then soon, then urgent, while nobody answers', async () => {
  await page.getByRole('button', { name: /^All/u }).click();
  await customerWrites('Where is it?', true);
  await page.getByRole('row', { name: new RegExp(SUBJECT, 'u') }).click();
  await expectBadge(/^On track7h 45m/u, 'First reply');
  await expectWhy('1-ok', /Standard, version 1/u, /8h of open time, priority Normal/u, /Started · the customer wrote/u);
  await clock.ahead(5 * HOUR_MS);
  await expectBadge(/^Soon2h 45m/u, 'First reply');
  await expectWhy('2-soon', /Started · the customer wrote/u);
  await clock.ahead(1.5 * HOUR_MS);
  await expectBadge(/^Urgent1h 15m/u, 'First reply');
  await expectWhy('3-urgent', /Started · the customer wrote/u);
});

test('a reply ends the first clock in time, and pending stops the resolution', async () => {
  await reply('We are looking into it.');
  await expectBadge(/^On track2d 17h/u, 'Resolution');
  await expectWhy('4-replied', /1 past clock/u, /Kept in time · You replied, and the channel accepted it/u);
  await page.keyboard.press('p');
  await expectBadge(/^Paused2d 17h/u, 'Resolution');
  await clock.ahead(2 * HOUR_MS);
  await expectBadge(/^Paused2d 17h/u, 'Resolution');
  await expectWhy('5-paused', /Paused · You changed the status/u);
});

test('the customer reopens it: a new clock starts, and the resolution goes on with the time that was left', async () => {
  await customerWrites('Still nothing.');
  await expect(page.getByRole('article').filter({ hasText: 'Still nothing.' })).toBeVisible({ timeout: 30_000 });
  await expectBadge(/^On track11h/u, 'Next reply');
  await expectWhy('6-reopened', /Next reply.*12h of open time/u, /Resolution.*Went on · the customer wrote/u);
});

test('a higher priority shortens the target from the original start', async () => {
  await clock.ahead(30 * MINUTE_MS);
  await page.keyboard.press('!');
  await page.getByRole('option', { name: 'Urgent' }).click();
  await expectBadge(/^On track1h 15m/u, 'Next reply');
  await expectWhy('7-priority', /Target is now 2h · You changed the priority/u, /priority Urgent/u);
});

test('past its due time it is overdue everywhere, and a late reply does not make it good', async () => {
  await clock.ahead(HOUR_MS + 51 * MINUTE_MS);
  await expectBadge(/^Overdue2\dm/u, 'Next reply');
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views.getByRole('button', { name: /^Overdue/u })).toHaveText(/1 case$/u);
  await expectWhy('8-overdue', /Next reply.*Overdue/u);
  await reply('It left this morning.');
  await expectBadge(/^Soon/u, 'Resolution');
  await expectWhy('9-late', /Next reply.*Too late/u, /Done, but too late · You replied/u);
});

test('solving without another reply waives what was running', async () => {
  await customerWrites('Got it, thank you!');
  await expect(page.getByRole('article').filter({ hasText: 'Got it' })).toBeVisible({ timeout: 30_000 });
  await expectBadge(/^On track/u, 'Next reply');
  await page.keyboard.press('e');
  // until it is done it closes the case, wherever that is open by then
  await expect(page.getByText('Solved 1 case')).toBeVisible();
  await page.getByRole('button', { name: /^Solved/u }).click();
  await page.getByRole('row', { name: new RegExp(SUBJECT, 'u') }).click();
  await expect(page.getByTestId('conversation').getByRole('button', { name: /Why this timer/u })).toHaveText(/^Nothing due/u);
  await expectWhy('10-solved', /Next reply 2.*Waived.*Not needed any more/u, /Resolution.*Kept/u, /First reply.*Kept/u);
});

test('in a normal start nobody can move the clock', async () => {
  const plain = await launchMeridian({ env: { MERIDIAN_TEST: '' } });
  try {
    await expect(plain.page.getByLabel('Your name')).toBeVisible();
    expect(await plain.app.evaluate(() => typeof globalThis.meridianTest)).toBe('undefined');
  } finally {
    await plain.close();
  }
});
