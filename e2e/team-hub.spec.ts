import { jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager } from '@nats-io/jetstream';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { revoke } from '../src/main/hub/hub.ts';
import { inviteLink } from '../src/main/engine/team/hub-invite.ts';
import { eventSubject, TEAM_STREAM } from '../src/main/engine/team/hub-names.ts';
import { TestHub } from '../test/hub/hub-server.ts';
import { startMailServer } from '../test/mail-server/mail-server.ts';
import type { MailServer } from '../test/mail-server/mail-server.ts';
import { rawMail } from '../test/mail-server/mail-fields.ts';
import { beginToWrite, composerText } from './composer.ts';
import { connectMailbox } from './connect-mailbox.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { HubGate } from './hub-gate.ts';
import { joinTeam } from './join-team.ts';
import { lookInBothThemes } from './look.ts';
import { runCommand } from './palette.ts';

/**
 * Two real apps, a real hub with TLS and permissions, real mail servers. Ana leads and has the mailbox; Bo has nothing but an invite.
 * Bo's way to the hub goes through a gate that the test shuts: then Bo is offline.
 */
test.describe.configure({ mode: 'serial' });

const ADDRESS = 'support@team.test';

let mail: MailServer;
let hub: TestHub;
let manager: JetStreamManager;
let gate: HubGate;
let ana: RunningApp;
let bo: RunningApp;

test.beforeAll(async () => {
  mail = await startMailServer({ users: { 'mei@example.test': 'mei-secret', 'tom@example.test': 'tom-secret' } });
  hub = await TestHub.start({
    users: [
      { name: 'ana', role: 'lead' },
      { name: 'bo', role: 'agent' },
    ],
  });
  manager = await jetstreamManager(await hub.connectAs('admin'));
  gate = await HubGate.before(hub.inviteOf('bo').servers[0] ?? '');
  ana = await launchMeridian();
  await connectMailbox(ana.page, mail, ADDRESS, 'Ana Reis');
  bo = await launchMeridian();
  await bo.page.getByLabel('Your name').fill('Bo Chen');
  await bo.page.getByRole('button', { name: 'Next' }).click();
  await bo.page.getByRole('button', { name: /^Later/u }).click();
});
test.afterAll(async () => {
  await bo.close();
  await ana.close();
  await gate.close();
  await hub[Symbol.asyncDispose]();
  await mail.stop();
});

async function customerWrites(slug: string, subject: string, text: string): Promise<void> {
  const raw = rawMail({
    from: `${slug} <${slug}@example.test>`,
    subject,
    text,
    sentAt: Date.now(),
    messageId: `<${subject.replaceAll(' ', '-')}@example.test>`,
  });
  await mail.mailbox(ADDRESS).store([{ raw, receivedAt: Date.now() }]);
}

async function look(name: string, apps: readonly (readonly [string, RunningApp])[]): Promise<void> {
  for (const [who, running] of apps) await lookInBothThemes(running, `${name}-${who}`);
}

async function openCase(page: Page, subject: string): Promise<void> {
  // out of the reply that is being written
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  await page.getByRole('row', { name: new RegExp(subject, 'u') }).click();
  await expect(page.getByTestId('conversation')).toContainText(subject);
}

/** Bo's network is back. */
async function reconnect(): Promise<void> {
  gate.open();
  await runCommand(bo.page, 'Team: try to connect now');
  await inSync(bo.page);
}

async function write(page: Page, text: string): Promise<void> {
  await beginToWrite(page);
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
}

async function reply(page: Page, text: string): Promise<void> {
  await write(page, text);
  await page.getByRole('button', { name: 'Send now' }).press('Enter');
}

function answered(page: Page, text: string): Locator {
  return page.getByRole('article').filter({ hasText: text });
}

/** What a toast says. */
function told(page: Page, text: string): Locator {
  return page.getByRole('region', { name: 'Notifications' }).getByText(text);
}

function rowOf(page: Page, subject: string): Locator {
  return page.getByTestId('list').getByRole('row', { name: new RegExp(subject, 'u') });
}

async function note(page: Page, text: string): Promise<void> {
  await beginToWrite(page, 'note');
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('conversation')).toContainText(text);
  await page.keyboard.press('Escape');
}

async function inSync(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Team: In sync/u })).toBeVisible();
}

/** How many events of cases the hub has stored. */
async function storedOfCases(): Promise<number> {
  const { state } = await manager.streams.info(TEAM_STREAM, { subjects_filter: eventSubject('case.>') });
  return Object.values(state.subjects ?? {}).reduce((sum, each) => sum + each, 0);
}

test('Ana joins with her history, Bo with nothing, and has every case', async () => {
  await customerWrites('mei', 'My coins are gone', 'Please help, my wallet shows nothing since this morning.');
  await customerWrites('tom', 'Fee charged twice', 'You charged the fee twice.');
  await expect(ana.page.getByRole('row', { name: /My coins are gone/u })).toBeVisible();
  await joinTeam(ana.page, inviteLink(hub.inviteOf('ana')), false);
  await inSync(ana.page);
  await joinTeam(bo.page, inviteLink({ ...hub.inviteOf('bo'), servers: [gate.server] }), true);
  await inSync(bo.page);
  await openCase(bo.page, 'My coins are gone');
  await expect(bo.page.getByTestId('conversation')).toContainText('my wallet shows nothing since this morning');
  await look('01-joined', [
    ['ana', ana],
    ['bo', bo],
  ]);
});

test('the panel says how the hub is, who is there, and who fetches and sends', async () => {
  await bo.page.keyboard.press('g');
  await bo.page.keyboard.press('t');
  const panel = bo.page.getByRole('tabpanel', { name: 'Team hub' });
  await expect(panel).toContainText('In sync with');
  await expect(panel).toContainText('nats-server');
  await expect(panel).toContainText('Ana Reis');
  await expect(panel.getByText(ADDRESS)).toBeVisible();
  await panel.getByRole('button', { name: 'Measure' }).press('Enter');
  await expect(panel).toContainText('Measured');
  await look('11-panel', [['bo', bo]]);
});

test('both see who looks at the case and who writes', async () => {
  await openCase(bo.page, 'My coins are gone');
  await openCase(ana.page, 'My coins are gone');
  await expect(bo.page.getByTestId('conversation').getByText(/Ana Reis is viewing/u)).toBeVisible();
  await beginToWrite(ana.page);
  await ana.page.keyboard.type('We look into it.');
  await expect(
    bo.page
      .getByTestId('conversation')
      .getByText(/Ana Reis is writing/u)
      .first(),
  ).toBeVisible();
  await look('02-presence', [['bo', bo]]);
});

test('a reply that a colleague writes is locked, is taken over by one key, and taken back by one', async () => {
  const [atAna, atBo] = [ana.page.getByTestId('conversation'), bo.page.getByTestId('conversation')];
  await bo.page.keyboard.press('r');
  await expect(atBo.getByText('Ana Reis is writing a reply to this customer.')).toBeVisible();
  // it has the focus, and words are neither written nor commands
  const locked = bo.page.getByRole('textbox', { name: 'Your draft, locked' });
  await expect(locked).toBeFocused();
  await bo.page.keyboard.type('Dear Mei');
  await expect(locked).toHaveValue('');
  await look('12-locked', [['bo', bo]]);
  await bo.page.keyboard.press('Alt+t');
  await expect(bo.page.getByRole('textbox', { name: 'Text of the reply' })).toBeFocused();
  await expect(atAna.getByText(/^Bo Chen took the reply over at .*Your words are kept/u)).toBeVisible();
  await expect(ana.page.getByRole('textbox', { name: 'Your draft, locked' })).toHaveValue('We look into it.');
  await expect(ana.page.getByRole('textbox', { name: 'Your draft, locked' })).toBeFocused();
  await expect(rowOf(ana.page, 'My coins are gone')).toContainText('Bo Chen is writing a reply');
  await look('13-taken-over', [['ana', ana]]);
  await ana.page.keyboard.press('Alt+t');
  await expect(ana.page.getByRole('textbox', { name: 'Text of the reply' })).toHaveValue(/We look into it\./u);
  await expect(atBo.getByText(/^Ana Reis took the reply over at/u)).toBeVisible();
  // Bo writes a note instead
  await bo.page.keyboard.press('Escape');
  await note(bo.page, 'I leave it to you.');
});

test('what is new is shown beside what was written, before it is sent', async () => {
  await expect(ana.page.getByTestId('conversation').getByText(/^New since you began: 1 note/u)).toBeVisible();
  await ana.page.keyboard.press('Control+Enter');
  const dialog = ana.page.getByRole('dialog', { name: 'The case has changed since you began to write' });
  await expect(dialog.getByRole('group', { name: 'New in the case' })).toContainText('I leave it to you.');
  await expect(dialog.getByRole('group', { name: 'What you wrote' })).toContainText('We look into it.');
  await expect(dialog.getByRole('button', { name: 'Go on writing' })).toBeFocused();
  await look('14-compare', [['ana', ana]]);
  await ana.page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(composerText(ana.page)).toBeFocused();
  // where she left off before it was taken over
  await ana.page.keyboard.type(' Soon.');
  await expect(ana.page.getByRole('textbox', { name: 'Text of the reply' })).toHaveValue(/We look into it\. Soon\./u);
  await expect(ana.page.getByTestId('conversation').getByText(/^New since you began/u)).toBeHidden();
  await ana.page.keyboard.press('Escape');
});

test('what is done to many cases spares those in which a colleague writes, when one says so', async () => {
  // Ana leaves the case, and it is free
  await ana.page.keyboard.press('Escape');
  await expect(bo.page.getByTestId('conversation').getByText(/Ana Reis/u)).toHaveCount(0);
  await beginToWrite(bo.page);
  await bo.page.keyboard.type('D');
  await expect(rowOf(ana.page, 'My coins are gone')).toContainText('Bo Chen is writing a reply');
  await ana.page.keyboard.press('Shift+x');
  await expect(ana.page.getByText(/^\d+ selected$/u)).toBeVisible();
  await ana.page.keyboard.press('p');
  const dialog = ana.page.getByRole('dialog', { name: 'Colleagues are writing in 1 of these cases' });
  await expect(dialog.getByRole('list')).toContainText('Bo Chen');
  await ana.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await ana.page.keyboard.press('Escape');
  await bo.page.keyboard.press('Backspace');
  await bo.page.keyboard.press('Escape');
});

test('a case is claimed by both at once: one has it, the other is told who', async () => {
  await openCase(ana.page, 'Fee charged twice');
  await openCase(bo.page, 'Fee charged twice');
  // Bo's claim is on its way when Ana's arrives
  gate.hold();
  await bo.page.keyboard.press('c');
  await expect(rowOf(bo.page, 'Fee charged twice')).toContainText('BC');
  await expect(bo.page.getByTestId('conversation').getByText('unconfirmed')).toBeVisible();
  await look('03-unconfirmed', [['bo', bo]]);
  const before = await storedOfCases();
  await ana.page.keyboard.press('c');
  await expect(rowOf(ana.page, 'Fee charged twice')).toContainText('AR');
  // the list is ahead of the hub: Bo's claim may move on when Ana's is there
  await expect.poll(storedOfCases).toBeGreaterThan(before);
  gate.release();
  await expect(told(bo.page, 'Ana Reis was faster')).toBeVisible();
  for (const { page } of [ana, bo]) await expect(rowOf(page, 'Fee charged twice')).toContainText('AR');
  await look('04-race', [
    ['ana', ana],
    ['bo', bo],
  ]);
});

test('offline, Bo works on: what met somebody waits for his decision, the rest is merged', async () => {
  await openCase(bo.page, 'My coins are gone');
  await openCase(ana.page, 'My coins are gone');
  gate.shut();
  await expect(bo.page.getByRole('button', { name: /^Team: Offline/u })).toBeVisible();
  await note(bo.page, 'Asked for the transaction.');
  // what was told of the case before is gone by then
  await expect(told(bo.page, 'Ana Reis was faster')).toBeHidden();
  await bo.page.keyboard.press('c');
  await expect(bo.page.getByTestId('conversation').getByText('unconfirmed')).toBeVisible();
  const before = await storedOfCases();
  await ana.page.keyboard.press('c');
  await note(ana.page, 'She wrote on the phone, too.');
  await look('05-offline', [['bo', bo]]);
  // her claim is with the hub before Bo's comes
  await expect.poll(storedOfCases).toBeGreaterThan(before);
  await reconnect();
  await expect(told(bo.page, 'Ana Reis was faster')).toBeVisible();
  for (const { page } of [ana, bo]) {
    await expect(page.getByTestId('conversation')).toContainText('Asked for the transaction.');
    await expect(page.getByTestId('conversation')).toContainText('She wrote on the phone, too.');
  }
  await bo.page.keyboard.press('g');
  await bo.page.keyboard.press('x');
  const open = bo.page.getByRole('article', { name: 'Ana Reis took the case before your claim arrived' });
  await expect(open).toHaveCount(2);
  await look('06-conflicts', [['bo', bo]]);
  await bo.page.keyboard.press('Shift+k');
  await expect(open).toHaveCount(1);
});

test('a reply that waited is held, because a colleague has answered: the customer gets one', async () => {
  await openCase(bo.page, 'My coins are gone');
  await openCase(ana.page, 'My coins are gone');
  gate.shut();
  await expect(bo.page.getByRole('button', { name: /^Team: Offline/u })).toBeVisible();
  await reply(bo.page, 'Which wallet do you use?');
  // Bo noted and claimed while Ana's draft lay there
  await write(ana.page, 'We have found your coins.');
  const changed = ana.page.getByRole('dialog', { name: 'The case has changed since you began to write' });
  await expect(changed.getByRole('button', { name: 'Go on writing' })).toBeFocused();
  await ana.page.keyboard.press('s');
  await ana.page.getByRole('button', { name: 'Send now' }).press('Enter');
  await expect(answered(ana.page, 'We have found your coins.').getByText(/^Sent/u)).toBeVisible();
  await reconnect();
  await expect(answered(bo.page, 'We have found your coins.')).toBeVisible();
  await expect(answered(bo.page, 'Which wallet do you use?').getByText(/held/iu).first()).toBeVisible();
  await look('07-held', [['bo', bo]]);
  await answered(bo.page, 'Which wallet do you use?').getByRole('button', { name: 'Compare' }).press('Enter');
  const compared = bo.page.getByRole('dialog', { name: 'What happened since this reply was written' });
  await expect(compared.getByRole('group', { name: 'New in the case' })).toContainText('We have found your coins.');
  await expect(compared.getByRole('group', { name: 'The reply that is held' })).toContainText('Which wallet do you use?');
  await look('15-compare-held', [['bo', bo]]);
  await bo.page.keyboard.press('Escape');
  await expect.poll(async () => (await mail.mailbox('mei@example.test').uids()).size).toBe(1);
});

test('a case is handed over to who is offline, and accepted offline: it is theirs when the hub knows', async () => {
  await openCase(ana.page, 'Fee charged twice');
  gate.shut();
  await expect(bo.page.getByRole('button', { name: /^Team: Offline/u })).toBeVisible();
  await ana.page.keyboard.press('h');
  const dialog = ana.page.getByRole('dialog', { name: /^Hand over/u });
  await expect(dialog).toBeVisible();
  await look('08-offer', [['ana', ana]]);
  await ana.page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await reconnect();
  await bo.page.keyboard.press('g');
  await bo.page.keyboard.press('h');
  const lanes = bo.page.getByRole('grid', { name: 'Lanes' });
  await expect(lanes.getByRole('rowgroup', { name: 'Offered to you' })).toContainText('Fee charged twice');
  gate.shut();
  await expect(bo.page.getByRole('button', { name: /^Team: Offline/u })).toBeVisible();
  // it is stable and nothing is promised: it may be taken without a read-back
  await bo.page.keyboard.press('x');
  await expect(lanes.locator('[data-checked]').first()).toBeVisible();
  await bo.page.keyboard.press('Shift+a');
  await expect(lanes.getByRole('rowgroup', { name: 'Accepted by you' })).toContainText('Fee charged twice');
  await look('09-accepted-offline', [['bo', bo]]);
  await expect(rowOf(ana.page, 'Fee charged twice')).toContainText('AR');
  await reconnect();
  await expect(rowOf(ana.page, 'Fee charged twice')).toContainText('BC');
});

test('who is removed is cut off at once, and keeps a copy to read', async () => {
  gate.open();
  await revoke(hub.folder.root, 'bo', Date.now());
  await expect(bo.page.getByRole('button', { name: /^Team: Read-only/u })).toBeVisible({ timeout: 30_000 });
  await openCase(bo.page, 'My coins are gone');
  await bo.page.keyboard.press('c');
  await look('10-revoked', [['bo', bo]]);
});
