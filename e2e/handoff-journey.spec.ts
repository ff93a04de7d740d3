import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { startMailServer } from '../test/mail-server/mail-server.ts';
import type { MailServer } from '../test/mail-server/mail-server.ts';
import { headerOf, rawMail } from '../test/mail-server/mail-fields.ts';
import { beginToWrite } from './composer.ts';
import { connectMailbox } from './connect-mailbox.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { followTheSun, LISBON } from './follow-the-sun.ts';
import { lookInBothThemes } from './look.ts';
import { markedOption, runCommand } from './palette.ts';
import { takeClock } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';

/**
 * Singapore goes home and hands its cases to Lisbon: swept, read back, declined and passed on, expired to the lead. One
 * workspace at one desk, at which people take turns; the clock is in the test's hand; everything is done by keys.
 */
test.describe.configure({ mode: 'serial' });

const ADDRESS = 'support@team.test';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CASES = [
  { slug: 'ledger', subject: 'Hardware wallet not found', customer: 'Ines Moura' },
  { slug: 'fee', subject: 'Fee charged twice', customer: 'Tom Baker' },
  { slug: 'limit', subject: 'Limit not raised', customer: 'Aiko Sato' },
] as const;
type Slug = (typeof CASES)[number]['slug'];

let server: MailServer;
let meridian: RunningApp;
let page: Page;
let clock: TestClock;

test.beforeAll(async () => {
  server = await startMailServer({ users: Object.fromEntries(CASES.map(({ slug }) => [`${slug}@example.test`, `${slug}-secret`])) });
  meridian = await launchMeridian();
  ({ page } = meridian);
  await connectMailbox(page, server, ADDRESS, 'Mei Lin');
  clock = await takeClock(meridian);
  await followTheSun(page, clock.now());
});
test.afterAll(async () => {
  await meridian.close();
  await server.stop();
});

function subjectOf(slug: Slug): string {
  return CASES.find((each) => each.slug === slug)?.subject ?? '';
}

async function customerWrites(slug: Slug, text: string, isFirst = false): Promise<void> {
  const { subject, customer } = CASES.find((each) => each.slug === slug) ?? CASES[0];
  const first = `<${slug}@example.test>`;
  const raw = rawMail({
    from: `${customer} <${slug}@example.test>`,
    subject: isFirst ? subject : `Re: ${subject}`,
    text,
    sentAt: clock.now(),
    ...(isFirst ? { messageId: first } : { inReplyTo: first, references: [first] }),
  });
  await server.mailbox(ADDRESS).store([{ raw, receivedAt: clock.now() }]);
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Opens a case of the inbox by the keys of the search. */
async function openCase(slug: Slug): Promise<void> {
  await press('g', '0');
  await page.getByRole('row', { name: new RegExp(subjectOf(slug), 'u') }).click();
  await expect(page.getByTestId('conversation')).toContainText(subjectOf(slug));
}

async function reply(text: string, confirmPromise = false): Promise<void> {
  await beginToWrite(page);
  await page.keyboard.type(text);
  if (confirmPromise) {
    await expect(page.getByRole('region', { name: 'Promises in this reply' })).toBeVisible();
    await press('Alt+p');
  }
  await press('Control+Enter');
  await page.getByRole('button', { name: 'Send now' }).press('Enter');
  await expect(page.getByRole('article').filter({ hasText: text }).getByText(/^Sent/u)).toBeVisible();
}

/** What is not stable needs a plan: the dialog has put the keys on what adds one, and then into its first field. */
async function addPlan(dialog: Locator): Promise<void> {
  await expect(dialog.locator('.m-dialog-body button:focus')).toBeVisible();
  await press('Enter');
  await expect(dialog.locator('textarea:focus, input:focus')).toBeVisible();
}

/** Another person sits down at the desk, by the palette. */
async function sitDown(name: string): Promise<void> {
  await runCommand(page, 'Switch person');
  // keys that come before the list of people would be those of the case
  await expect(page.getByRole('dialog', { name: 'Who sits here now?' }).getByRole('option', { name: new RegExp(name, 'u') })).toBeVisible();
  await page.keyboard.type(name);
  await expect(markedOption(page)).toContainText(name);
  await press('Enter');
  await expect(page.getByText(`${name} sits here now`)).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Who sits here now?' })).toBeHidden();
}

test('three customers write, and Singapore answers two with a promise', async () => {
  for (const { slug } of CASES) await customerWrites(slug, 'Please help. I wait since the morning.', true);
  await press('g', '0');
  await expect(page.getByRole('row', { name: /Limit not raised/u })).toBeVisible();
  for (const { slug } of CASES) {
    await openCase(slug);
    await press('c');
  }
  await openCase('ledger');
  await reply('We are on it and will get back to you within 3 hours.', true);
  await openCase('limit');
  await reply('We will get back to you within 2 hours.', true);
  await lookInBothThemes(meridian, '01-promised');
});

test('Singapore sweeps: each case is offered by keys alone, a stable one with three after H', async () => {
  await press('g', 'e');
  const sweep = page.getByRole('grid', { name: 'Cases of the sweep' });
  const row = (slug: Slug): Locator => sweep.getByRole('row', { name: new RegExp(subjectOf(slug), 'u') });
  await expect(row('limit')).toHaveAttribute('aria-selected', 'true');
  await lookInBothThemes(meridian, '02-sweep');
  const dialog = page.getByRole('dialog', { name: /^Hand over/u });

  // What is not stable needs a plan for when it turns bad: the dialog has put the keys there.
  await press('h');
  await expect(dialog).toContainText('Still missing');
  await lookInBothThemes(meridian, '03-packet');
  await addPlan(dialog);
  await page.keyboard.type('She is angry by then');
  await press('Tab');
  await page.keyboard.type('Call her, number in the notes');
  await press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/Offered to Beatriz Nunes/u).first()).toBeVisible();
  await expect(row('limit')).toContainText('Offered to Beatriz Nunes');

  await expect(row('ledger')).toHaveAttribute('aria-selected', 'true');
  // Beatriz is suggested no more, because she has an offer already; the number beside a name chooses somebody else.
  const people = page
    .getByRole('complementary', { name: subjectOf('ledger') })
    .getByRole('listitem')
    .filter({ hasText: 'Lisbon' });
  await expect(people).toHaveCount(3);
  const place = (await people.allTextContents()).findIndex((text) => text.includes('Rita Lopes'));
  await press(String(place + 1));
  await expect(people.filter({ hasText: 'Rita Lopes' }).getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  const luis = (await people.allTextContents()).findIndex((text) => text.includes('Luis Prado'));
  await press(String(luis + 1), 'h');
  await expect(dialog.getByRole('button', { name: /Offer to Luis Prado/u })).toBeVisible();
  await addPlan(dialog);
  await page.keyboard.type('The wallet is found');
  await press('Tab');
  await page.keyboard.type('Ask for the firmware version');
  await press('Control+Enter');
  // else its button, which has the focus while it fades, is taken for that of the next
  await expect(dialog).toBeHidden();
  await expect(row('ledger')).toContainText('Offered to Luis Prado');

  // It is stable and complete: H, and one stroke more.
  await expect(row('fee')).toHaveAttribute('aria-selected', 'true');
  await press('h');
  await expect(dialog.getByRole('button', { name: /Offer to/u })).toBeFocused();
  await press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row('fee')).toContainText('Offered to');
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is left behind' })).toBeVisible();
  await lookInBothThemes(meridian, '04-swept');
});

test('the customer writes while Luis reads: what changed is marked, and he reads back by his own clock', async () => {
  await clock.ahead(41 * MINUTE_MS);
  await sitDown('Luis Prado');
  await press('g', 'h');
  const lanes = page.getByRole('grid', { name: 'Lanes' });
  await expect(lanes.getByRole('row', { name: /Hardware wallet not found/u })).toBeVisible();
  await lookInBothThemes(meridian, '05-lanes');
  await customerWrites('ledger', 'Now it shows error 42.');
  await expect(page.getByText('Changed since you read it').first()).toBeVisible();
  await lookInBothThemes(meridian, '06-changed');
  await press('m');
  await press('a');
  const time = page.getByRole('textbox', { name: 'Time' });
  await expect(time).toBeFocused();
  // What Luis says is not what his clock will show: he is told what is, once, and nothing keeps him. By now it is not due, at whatever time that is.
  const said = new Intl.DateTimeFormat('en-GB', { timeZone: LISBON.zone, hour: '2-digit', minute: '2-digit' }).format(clock.now());
  await page.keyboard.type(said);
  await press('Control+Enter');
  await expect(page.getByText(new RegExp(`You said .*${said}.*On your clock it is`, 'u'))).toBeVisible();
  await lookInBothThemes(meridian, '07-read-back');
  // In the evening the promise falls due after midnight: the time and its day are taken together.
  await page.getByRole('button', { name: /^Take \d\d:\d\d/u }).press('Enter');
  await press('Control+Enter');
  await expect(page.getByText(/Yours now: Hardware wallet not found/u)).toBeVisible();
  await expect(lanes.getByRole('rowgroup', { name: 'Accepted by you' })).toContainText('Hardware wallet not found');
});

test('a declined case goes on to the next, and what nobody answers goes to the lead', async () => {
  await sitDown('Rita Lopes');
  await press('g', 'h');
  const lanes = page.getByRole('grid', { name: 'Lanes' });
  await expect(lanes.getByRole('rowgroup', { name: 'Offered to you' })).toContainText('Fee charged twice');
  await press('d');
  // the numbers of reasons are keys once they are there
  await expect(page.getByRole('radio').first()).toBeFocused();
  await press('2');
  await lookInBothThemes(meridian, '08-decline');
  await press('Control+Enter');
  await expect(page.getByText('It has been offered to Beatriz Nunes.')).toBeVisible();
  // Nobody has answered what Singapore offered to Beatriz: now it is the lead's.
  await clock.ahead(20 * MINUTE_MS);
  await expect(lanes.getByRole('rowgroup', { name: 'Escalated to you' })).toContainText('Limit not raised');
  await lookInBothThemes(meridian, '09-lead');

  await sitDown('Beatriz Nunes');
  await press('g', 'h');
  await expect(lanes.getByRole('rowgroup', { name: 'Offered to you' })).toContainText('Fee charged twice');
  // It is stable and nothing is promised: it may be taken without a read-back.
  await press('x');
  await expect(lanes.locator('[data-checked]').first()).toBeVisible();
  await press('Shift+a');
  await expect(lanes.getByRole('rowgroup', { name: 'Accepted by you' })).toContainText('Fee charged twice');
});

test('one promise is kept and one is broken, and every figure opens what is behind it', async () => {
  await sitDown('Luis Prado');
  await press('g', 'b');
  await expect(page.getByRole('tabpanel', { name: 'Sunrise brief' })).toContainText('Hardware wallet not found');
  await lookInBothThemes(meridian, '10-brief');
  await openCase('ledger');
  await press('i');
  await expect(page.getByText(/Accepted by you|You accepted/u).first()).toBeVisible();
  await lookInBothThemes(meridian, '11-case');
  await reply('The new firmware finds it. Please try again.');
  await clock.ahead(HOUR_MS);
  await press('g', 'p');
  const ledger = page.getByRole('tabpanel', { name: /^Promises/u });
  await expect(ledger).toContainText('Kept 1');
  await ledger.getByRole('button', { name: /^Kept/u }).press('Enter');
  await expect(ledger.getByRole('row', { name: /Hardware wallet not found/u })).toContainText('by a reply');
  // It was promised by Singapore, and nobody has kept it: Lisbon's lead owes it.
  await ledger.getByRole('button', { name: 'Everybody’s' }).press('Enter');
  await expect(ledger).toContainText('Broken 1');
  await ledger.getByRole('button', { name: /^Broken/u }).press('Enter');
  const broken = ledger.getByRole('row', { name: /Limit not raised/u });
  await expect(broken).toContainText('Rita Lopes');
  await expect(broken).toContainText('Mei Lin');
  await lookInBothThemes(meridian, '12-promises');

  await press('g', 'f');
  const figures = page.getByRole('tabpanel', { name: 'Metrics' });
  await expect(figures.getByRole('button', { name: 'Expired: 25%' })).toBeVisible();
  await expect(figures.getByRole('button', { name: /^Singapore to Lisbon: 3 offers/u })).toBeVisible();
  await lookInBothThemes(meridian, '13-metrics');
  await figures.getByRole('button', { name: 'Declined: 25%' }).press('Enter');
  const events = page.locator('.m-dialog');
  await expect(events).toContainText('Fee charged twice');
  await expect(events).toContainText('Rita Lopes');
  await lookInBothThemes(meridian, '14-events');
  await press('Escape');
  await expect(events).toBeHidden();
});

test('forty cases are swept without a mouse', async () => {
  const raws = Array.from({ length: 40 }, (_none, index) => ({
    raw: rawMail({
      from: `Customer ${String(index + 1)} <fee@example.test>`,
      subject: `Statement number ${String(index + 1)}`,
      text: 'Please send me my statement.',
      sentAt: clock.now(),
      messageId: `<statement-${String(index)}@example.test>`,
    }),
    receivedAt: clock.now(),
  }));
  await server.mailbox(ADDRESS).store(raws);
  await press('g', '2');
  await expect(page.getByRole('row', { name: /Statement number 40/u })).toBeVisible();
  await expect(page.locator('.ib-list-total')).toHaveText('40');
  await press('Shift+x');
  await expect(page.getByText('40 selected')).toBeVisible();
  await press('c');
  await expect(page.getByText('Claimed 40 cases')).toBeVisible();
  await press('g', 'e');
  const sweep = page.getByRole('grid', { name: 'Cases of the sweep' });
  await expect(sweep.getByRole('row', { name: /Statement number/u }).first()).toBeVisible();
  // One is somebody else's business, one waits; the rest goes with one stroke.
  await press('o');
  await lookInBothThemes(meridian, '15-forty');
  await press('Shift+o');
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is left behind' })).toBeVisible({ timeout: 60_000 });
  await lookInBothThemes(meridian, '16-swept');
  await expect(
    page
      .getByRole('rowgroup', { name: 'Offered' })
      .getByRole('row', { name: /Statement number/u })
      .first(),
  ).toContainText('Offered to');
});

test('a new customer hears by when a person reads the message, which is what the plan can keep', async () => {
  await sitDown('Rita Lopes');
  await press('g', 's');
  await page
    .getByRole('tab', { name: 'Acknowledgements' })
    .or(page.getByRole('button', { name: 'Acknowledgements' }))
    .first()
    .press('Enter');
  await page.getByRole('checkbox', { name: 'Acknowledge new messages by itself' }).press('Space');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await lookInBothThemes(meridian, '17-settings');
  const raw = rawMail({
    from: 'Nora Lind <limit@example.test>',
    subject: 'Where is my card?',
    text: 'It was sent two weeks ago.',
    sentAt: clock.now(),
    messageId: '<card@example.test>',
  });
  await server.mailbox(ADDRESS).store([{ raw, receivedAt: clock.now() }]);
  const answer = await server
    .mailbox('limit@example.test')
    .waitFor((mail) => mail.subject === 'Auto: Where is my card?', { deadlineMs: 20_000 });
  expect(headerOf(answer.raw, 'Auto-Submitted')).toBe('auto-replied');
  // the day is said where it is another one for the customer; lines are broken as quoted-printable breaks them
  const said = answer.raw.toString('utf8').replaceAll(/=\r?\n/gu, '');
  expect(said).toMatch(/A person who speaks English reads this by \d\d:\d\d( on \w+ \d+ \w+)? your time\./u);
  await press('g', '2');
  await page.getByRole('row', { name: /Where is my card/u }).click();
  await expect(page.getByRole('article').filter({ hasText: 'Automatic reply' })).toContainText('A person who speaks English reads this by');
  await lookInBothThemes(meridian, '18-acknowledged');
});
