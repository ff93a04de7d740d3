import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { openWidgetBrowser } from './widget-browser.ts';
import type { WidgetBrowser } from './widget-browser.ts';

test.describe.configure({ mode: 'serial' });

let browser: WidgetBrowser;
const complaints: string[] = [];

test.beforeAll(async () => {
  browser = await openWidgetBrowser();
  listen(browser.page);
});
test.afterAll(async () => {
  await browser[Symbol.asyncDispose]();
});

/** What the policy of the page stopped, and what was thrown. */
function listen(page: Page): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused|TrustedHTML/u.test(message.text())) complaints.push(message.text());
  });
}

async function open(page: Page, locale = 'en'): Promise<void> {
  await page.goto(`${browser.url}?locale=${locale}`);
  await page.locator('#meridian-chat').waitFor({ state: 'attached' });
  const launcher = page.locator('#meridian-chat .launcher');
  // it comes up again where it was open before
  if (await launcher.isVisible()) await launcher.click();
  await expect(page.locator('#meridian-chat .panel')).toBeVisible();
}

test('a visitor writes, chooses, sends a file and reads, all by the keyboard', async () => {
  const { page } = browser;
  const team = browser.team();
  await page.goto(browser.url);
  const launcher = page.getByRole('button', { name: 'Open the support chat' });
  await launcher.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Lumen support' })).toBeVisible();
  const box = page.getByRole('textbox', { name: 'Write a message' });
  await expect(box).toBeFocused();
  await team.heard('hello', ({ page: from }) => from === browser.url);
  await expect(page.getByText('Answers at once. Ask for a person at any time.')).toBeVisible();

  await page.keyboard.type('My withdrawal is stuck');
  await team.heard('typing', ({ on }) => on);
  await page.keyboard.press('Enter');
  const log = page.getByRole('log');
  await expect(log.getByText('My withdrawal is stuck')).toBeVisible();
  const { id } = await team.heard('message', ({ text }) => text === 'My withdrawal is stuck');
  await expect(log.getByText('Received')).toBeAttached();
  await team.tell({ t: 'got', upTo: id, isRead: true });
  await expect(log.getByText('Read', { exact: true })).toBeVisible();

  await team.message('Which coin is it?', { author: { kind: 'bot', name: '' }, options: ['Bitcoin', 'Something else'] });
  await page.getByRole('group', { name: 'Suggested answers' }).getByRole('button', { name: 'Bitcoin' }).press('Enter');
  await team.heard('message', ({ text }) => text === 'Bitcoin');
  await expect(page.getByRole('group', { name: 'Suggested answers' })).toBeHidden();

  await team.tell({ t: 'state', with: 'agent', name: 'Mei', backAt: null, isOffline: false });
  await expect(page.getByRole('dialog', { name: 'Mei' })).toBeVisible();
  await team.live({ t: 'typing', on: true, name: 'Mei' });
  await expect(page.getByText('Mei is writing')).toBeVisible();
  await team.message('I look at it. Please read https://help.lumen.example/withdrawals/how-long-does-it-take-until-it-arrives <b>now</b>');
  await expect(page.getByText('Mei is writing')).toBeHidden();
  const link = log.getByRole('link');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  await expect(log.getByText('help.lumen.example', { exact: true })).toBeVisible();
  await expect(log.getByText('<b>now</b>')).toBeVisible();
  await team.heard('read');

  await page
    .locator('#meridian-chat input[type=file]')
    .setInputFiles([{ name: 'screen.txt', mimeType: 'text/plain', buffer: Buffer.alloc(100_000, 'x') }]);
  await page.keyboard.press('Tab');
  await box.focus();
  await page.keyboard.press('Enter');
  const sent = await team.heard('message', ({ files }) => files.length === 1);
  expect(team.received(sent.files[0] as never).equals(Buffer.alloc(100_000, 'x'))).toBe(true);
  await team.file('Your receipt', 'receipt.txt', 'text/plain', Buffer.from('paid'));
  await log.getByRole('button', { name: 'Save receipt.txt' }).click();
  await expect.poll(async () => browser.saved()).toEqual(['receipt.txt']);

  await page.keyboard.press('Escape');
  await expect(launcher).toBeFocused();
  await team.message('Are you still there?');
  await expect(page.getByRole('button', { name: 'Open the support chat, 1 unread' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a recovery phrase is caught before it leaves', async () => {
  const { page } = browser;
  await open(page);
  const box = page.getByRole('textbox', { name: 'Write a message' });
  const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
  await box.fill(phrase);
  await box.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'it looks like a recovery phrase' })).toContainText('move your funds');
  await expect(page.getByRole('button', { name: 'Remove it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('');
  await box.fill('I will not send it');
  await box.press('Enter');
  await browser.team().heard('message', ({ text }) => text === 'I will not send it');
  expect(JSON.stringify(browser.team().said)).not.toContain('sausage');
});

test('who writes on while a message is still being kept sends both, one after the other', async () => {
  const { page } = browser;
  const box = page.getByRole('textbox', { name: 'Write a message' });
  // both before anything can have been kept
  await box.evaluate((area: HTMLTextAreaElement) => {
    for (const text of ['the first of two', 'the first of two', 'the second of two']) {
      area.value = text;
      area.dispatchEvent(new Event('input'));
      area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    }
  });
  await browser.team().heard('message', ({ text }) => text === 'the second of two');
  expect(browser.team().texts().slice(-2)).toEqual(['the first of two', 'the second of two']);
  await expect(box).toHaveValue('');
});

test('the end stays in view while a picture comes in, and what came below is seen on what was written', async () => {
  const { page } = browser;
  const team = browser.team();
  const log = page.getByRole('log');
  for (let index = 0; index < 6; index += 1) await team.message(`A line to scroll by, number ${String(index)}`);
  await expect(log.getByText('number 5')).toBeInViewport();
  const buffer = await page.screenshot();
  for (const name of ['one.png', 'two.png', 'three.png']) {
    await page.locator('#meridian-chat input[type=file]').setInputFiles([{ name, mimeType: 'image/png', buffer }]);
    const box = page.getByRole('textbox', { name: 'Write a message' });
    await box.fill(`see ${name}`);
    await box.press('Enter');
    const bubble = log.locator('.bubble.visitor').filter({ hasText: `see ${name}` });
    await expect(bubble.getByRole('button', { name: `Save ${name}` }).locator('img')).toBeVisible();
    await expect(bubble.locator('.meta')).toBeInViewport();
  }
  await log.focus();
  // all the way: what is still being scrolled goes on after a click, and what the team says of the last message may come between
  await expect
    .poll(async () => {
      await page.keyboard.press('Home');
      return log.evaluate((element) => element.scrollTop);
    })
    .toBe(0);
  await expect(log.getByText('see three.png')).not.toBeInViewport();
  await team.message('Thank you for the pictures');
  const newest = page.locator('#meridian-chat .newest');
  await expect(newest).toBeVisible();
  // it lies on bubbles of the visitor's colour
  const colourOf = async (what: string): Promise<string> =>
    page
      .locator(`#meridian-chat ${what}`)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await colourOf('.newest')).not.toBe(await colourOf('.bubble.visitor'));
  await newest.click();
  await expect(log.getByText('Thank you for the pictures')).toBeInViewport();
});

test('while the hub is away everything waits, over a reload and in two tabs, and arrives once', async () => {
  const { page, hub } = browser;
  const sign = page.locator('#meridian-chat .dot.on');
  await expect(sign).toBeVisible();
  await hub.crash();
  await expect(page.getByText('The connection is lost. We keep trying.')).toBeVisible();
  // nobody knows who is there now
  await expect(sign).toHaveCount(0);
  const box = page.getByRole('textbox', { name: 'Write a message' });
  await box.fill('written without a hub');
  await box.press('Enter');
  await expect(page.getByText('Your message is kept, and sent when it is back.')).toBeVisible();
  await box.fill('a draft');
  const other = await browser.openTab();
  await other.bringToFront();
  await open(other);
  await other.getByRole('textbox', { name: 'Write a message' }).fill('from another tab');
  await other.getByRole('textbox', { name: 'Write a message' }).press('Enter');
  await expect(page.getByRole('log').getByText('from another tab')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('log').getByText('written without a hub')).toBeVisible();
  await expect(box).toHaveValue('a draft');
  await hub.run();
  await browser.reconnectTeam();
  const team = browser.team();
  await team.heard('message', ({ text }) => text === 'from another tab');
  await expect(page.getByRole('log').getByText('Sending')).toHaveCount(0);
  expect(team.texts().slice(-2)).toEqual(['written without a hub', 'from another tab']);
  await team.message('I have both');
  await expect(page.getByRole('log').getByText('I have both')).toHaveCount(1);
  await expect(other.getByRole('log').getByText('I have both')).toHaveCount(1);
  await other.close();
});

test('forms: a report, a ticket for when nobody is there, a code that is checked', async () => {
  const { page } = browser;
  const team = browser.team();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Report a problem' }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Please fill this in.')).toBeVisible();
  await page.getByLabel('What happened?').fill('The order vanished');
  await page.getByLabel('Transaction ID').fill('tx-77');
  await page.getByRole('button', { name: 'Send' }).click();
  const { intake } = await team.heard('message', (said) => said.intake !== null);
  expect(intake).toMatchObject({ happened: 'The order vanished', transaction: 'tx-77', os: 'Linux' });
  expect(intake?.appVersion).toMatch(/^Chrome \d+$/u);

  await team.tell({ t: 'state', with: 'nobody', name: null, backAt: Date.now() + 3_600_000, isOffline: true });
  await page.getByRole('button', { name: 'Leave us a message' }).click();
  await page.getByLabel('Your name').fill('Jun');
  await page.getByLabel('Your e-mail address').fill('jun@example');
  await page.getByLabel('Message', { exact: true }).fill('Please call the bank');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('This is no e-mail address.')).toBeVisible();
  await expect(page.getByLabel('Your e-mail address')).toBeFocused();
  await page.getByLabel('Your e-mail address').fill('jun@example.com');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your address jun@example.com is kept with it.')).toBeVisible();
  expect(await team.heard('ticket')).toMatchObject({ name: 'Jun', email: 'jun@example.com', text: 'Please call the bank', intake: null });
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Check who you talk to' }).click();
  await page.getByLabel('Code').fill('7K2M-Q9XD-4T0X');
  await page.keyboard.press('Enter');
  await team.heard('check', ({ code }) => code === '7K2M-Q9XD-4T0X');
  await team.tell({ t: 'checked', code: '7K2M-Q9XD-4T0X', ok: false, name: null, until: null });
  await expect(page.getByText('Not one of our codes')).toBeVisible();
});

test('who is real elsewhere is said, in the language of the page and the words of the team; a form says whether a mail comes', async () => {
  const { page } = browser;
  const accounts = [{ channel: 'telegram', name: 'Lumen', handle: '@lumen_help' }];
  const neverFirst = { en: 'Nobody of Lumen ever writes to you first.', ja: 'Lumen から先に連絡することはありません。' };
  const official = { neverFirst, accounts, domains: ['lumen.example'] };
  browser.team().standing = { with: 'nobody', name: null, backAt: null, isOffline: false, isMailed: true, official };
  for (const [locale, warning, names] of [
    ['en', 'Nobody of Lumen ever writes to you first.', 'Our official accounts'],
    // what the team has no words for, the widget says in its own
    ['zh-CN', '客服人员也绝不会主动联系您', '我们的官方账号'],
    ['ja', 'Lumen から先に連絡することはありません。', '公式アカウント'],
    ['es', 'nuestro equipo nunca te escribe primero', 'Nuestras cuentas oficiales'],
  ] as const) {
    await open(page, locale);
    await expect(page.locator('#meridian-chat .safety')).toContainText(warning);
    const summary = page.locator('#meridian-chat .safety summary');
    await expect(summary).toBeVisible();
    await expect(summary).toHaveText(names);
    await summary.press('Enter');
    await expect(page.getByText('Telegram: Lumen, @lumen_help')).toBeVisible();
    await expect(page.getByText('lumen.example', { exact: false }).last()).toBeVisible();
  }
  expect(await accessibilityProblems(page)).toEqual([]);
  await open(page);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Leave a message' }).click();
  await expect(page.getByText('We answer by e-mail, and here on this page.')).toBeVisible();
  await page.getByLabel('Your e-mail address').fill('jun@example.com');
  await page.getByLabel('Message', { exact: true }).fill('By mail, please');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('We answer by e-mail to jun@example.com, and here.')).toBeVisible();
  await browser.team().heard('ticket', ({ text }) => text === 'By mail, please');
  await page.getByRole('button', { name: 'Done' }).click();
  browser.team().standing = { with: 'bot', name: null, backAt: null, isOffline: false };
});

test('what the browser can not keep stays in the box; whoever clears its storage goes on as somebody new', async () => {
  const { page } = browser;
  await open(page);
  const box = page.getByRole('textbox', { name: 'Write a message' });
  await page.evaluate(() => {
    const add = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'add') ?? {};
    IDBObjectStore.prototype.add = () => {
      Object.defineProperty(IDBObjectStore.prototype, 'add', add);
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await box.fill('kept in the box');
  await box.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'could not keep your message' })).toBeVisible();
  await expect(box).toHaveValue('kept in the box');
  // and what it is about to change once it is sent is cleared away under it
  await page.evaluate(() => {
    const get = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'get') ?? {};
    IDBObjectStore.prototype.get = function cleared(key) {
      Object.defineProperty(IDBObjectStore.prototype, 'get', get);
      const request = this.get(key);
      if (this.transaction.mode === 'readwrite') this.transaction.abort();
      else IDBObjectStore.prototype.get = cleared;
      return request;
    };
  });
  await box.press('Enter');
  const before = await browser.team().heard('message', ({ text }) => text === 'kept in the box');
  await expect(box).toHaveValue('');
  expect(before.id).not.toBe('');
  const was = browser.team().visitor.name;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(browser.url).origin, storageTypes: 'all' });
  // the browser tells the page a moment later
  await expect(page.getByRole('log').getByText('kept in the box')).toHaveCount(0);
  await box.fill('somebody new');
  await box.press('Enter');
  await browser.team().heard('message', ({ text }) => text === 'somebody new');
  expect(browser.team().visitor.name).not.toBe(was);
  await page.reload();
  await expect(page.getByRole('log').getByText('somebody new')).toBeVisible();
  await expect(page.getByRole('log').getByText('kept in the box')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

// colours do not depend on the language: every theme and every language, not each with each
for (const [locale, themes] of [
  ['en', ['light', 'dark']],
  ['zh-CN', ['dark']],
  ['ja', ['light']],
  ['es', ['dark']],
] as const) {
  test(`nothing stands in anybody's way in ${locale}, ${themes.join(' and ')}`, async () => {
    const { page } = browser;
    browser.team().standing = { with: 'nobody', name: null, backAt: Date.now() + 3_600_000, isOffline: true };
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open(page, locale);
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.locator('#meridian-chat .notice button').click();
      expect(await accessibilityProblems(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
}
