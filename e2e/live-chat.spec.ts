import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { inviteLink } from '../src/main/engine/team/hub-invite.ts';
import { TestHub } from '../test/hub/hub-server.ts';
import { accessibilityProblems } from './axe.ts';
import { beginToWrite } from './composer.ts';
import { appEnvironment, chromiumArguments, launchElectron, launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { HubGate } from './hub-gate.ts';
import { lookInBothThemes, picture } from './look.ts';
import { runCommand } from './palette.ts';
import { serveSite } from './site-page.ts';
import type { SitePage } from './site-page.ts';

/**
 * A customer in a real browser, the real app, a real hub between them. Both ways to the hub go through gates that the test shuts.
 */
test.describe.configure({ mode: 'serial' });

const PASSPHRASE = 'four unrelated words here';

let hub: TestHub;
let agentGate: HubGate;
let visitorGate: HubGate;
let ana: RunningApp;
let browser: ElectronApplication;
let site: SitePage | null = null;
let visitor: Page;
/** What the visitor's browser complained about. */
const said: string[] = [];

test.beforeAll(async () => {
  hub = await TestHub.start({
    hasBrowsers: true,
    users: [
      { name: 'ana', role: 'lead' },
      { name: 'shop', role: 'widget' },
    ],
  });
  agentGate = await HubGate.before(hub.inviteOf('ana').servers[0] ?? '');
  const { address } = await hub.site('shop');
  visitorGate = await HubGate.before(address.replace(/^ws:/u, 'tls:'));
  ana = await launchMeridian();
  // the Chromium of the app's own runtime, in a bare window without any of the app's protection
  browser = await launchElectron({
    args: [...chromiumArguments('zh-CN'), path.join(import.meta.dirname, 'control-app'), 'about:blank'],
    env: appEnvironment({ TZ: 'Asia/Shanghai' }),
    timeout: 60_000,
  });
  visitor = await browser.firstWindow();
});
test.afterAll(async () => {
  await browser.close();
  await site?.[Symbol.asyncDispose]();
  await ana.close();
  await agentGate.close();
  await visitorGate.close();
  await hub[Symbol.asyncDispose]();
});

async function joinTeam(page: Page): Promise<void> {
  const invite = hub.inviteOf('ana');
  await runCommand(page, 'Join a team');
  const dialog = page.getByRole('dialog', { name: 'Join a team' });
  await dialog.getByLabel('Invite').fill(inviteLink({ ...invite, servers: [agentGate.server] }));
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('button', { name: /^Join / }).click();
  await dialog.getByRole('button', { name: 'Set a passphrase' }).click();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
  await page.getByRole('textbox', { name: 'Repeat it' }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Set the passphrase' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /^Team: In sync/u })).toBeVisible();
}

/** What the visitor sees of the conversation. */
function conversation(): Locator {
  return visitor.getByRole('log', { name: '对话内容' });
}

async function visitorSays(text: string): Promise<void> {
  await visitor.getByLabel('输入消息').fill(text);
  await visitor.getByLabel('输入消息').press('Enter');
}

function article(text: string): Locator {
  return ana.page.getByRole('article').filter({ hasText: text });
}

async function agentWrites(text: string): Promise<void> {
  await ana.page.keyboard.press('Escape');
  await beginToWrite(ana.page);
  await ana.page.keyboard.type(text);
  await expect(ana.page.getByRole('textbox', { name: 'Text of the reply' })).toHaveValue(new RegExp(text, 'u'));
}

/** In a live chat a reply leaves at once: nothing is to be confirmed. */
async function agentSends(): Promise<void> {
  await ana.page.keyboard.press('Control+Enter');
}

test('a lead connects the live chat of a site, and gets what its pages need', async () => {
  const { page } = ana;
  await page.getByLabel('Your name').fill('Ana Reis');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: /^Later/u }).click();
  await expect(page.getByTestId('list')).toBeVisible();
  await joinTeam(page);
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Channels' }).click();
  expect.soft(await accessibilityProblems(page), 'no channel yet').toEqual([]);
  await page.getByRole('button', { name: 'Connect a channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect a channel' });
  await dialog.getByRole('radio', { name: 'Live chat' }).click();
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByLabel('Name of the site on the hub').fill('shop');
  await dialog.getByLabel('Name that customers see').fill('Acme Exchange');
  await dialog.getByRole('combobox', { name: 'Who answers first' }).click();
  await page.getByRole('option', { name: /general/iu }).click();
  expect.soft(await accessibilityProblems(page), 'the form').toEqual([]);
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(dialog).toContainText('Acme Exchange is connected');
  await dialog.getByLabel('Address for browsers').fill(visitorGate.server.replace(/^tls:/u, 'ws:'));
  await dialog.getByLabel('Password of the site').fill((await hub.site('shop')).password);
  expect.soft(await accessibilityProblems(page), 'the snippet').toEqual([]);
  await picture(page, 'snippet');
  const snippet = (await dialog.getByLabel('Put this into your pages').textContent()) ?? '';
  expect(snippet).not.toContain('identitySecret');
  site = await serveSite(snippet);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const card = page.getByRole('article', { name: 'Live chat: Acme Exchange' });
  await expect(card).toContainText('Runs here');
  await expect(card).toContainText('Online');
  await picture(page, 'channels');
});

test('a customer writes in Chinese, and the bot answers first', async () => {
  visitor.on('console', (message) => said.push(message.text()));
  visitor.on('pageerror', (error) => said.push(error.message));
  await visitor.goto(site?.url ?? '');
  const launcher = visitor.getByRole('button', { name: /打开客服对话/u });
  await expect(launcher, said.join('; ')).toBeVisible();
  await launcher.click();
  await visitorSays('我的充值没有到账');
  await expect(conversation()).toContainText('您好');
  await picture(visitor, 'bot');
});

test('an agent sees what was offered, takes the conversation over by key, and gives it back', async () => {
  const { page } = ana;
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  await page.getByTestId('list').getByRole('row', { name: /充值/u }).click();
  const has = page.getByTestId('conversation').getByText('The bot has it');
  await expect(has).toBeVisible();
  await expect(page.getByRole('list', { name: 'Offered to the customer' }).getByRole('listitem')).toHaveCount(4);
  await picture(page, 'with-bot');
  expect.soft(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Shift+T');
  await expect(has).toBeHidden();
  await expect(page.getByRole('button', { name: /Give to the bot/u })).toBeVisible();
  await page.keyboard.press('Shift+B');
  await expect(has).toBeVisible();
});

test('asking for a person twice hands the case over with all that was said', async () => {
  await visitorSays('转人工');
  await visitorSays('我要人工客服');
  const { page } = ana;
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  const row = page.getByTestId('list').getByRole('row', { name: /充值|人工/u });
  await row.click();
  const timeline = page.getByTestId('conversation');
  await expect(timeline).toContainText('The customer asked for a person');
  await expect(timeline).toContainText('我的充值没有到账');
  await expect(article('我要人工客服')).toContainText('Not verified');
  await expect(timeline).not.toContainText('The bot has it');
  await lookInBothThemes(ana, 'handed-over');
});

test('the customer sees the agent typing, reads the answer, and the agent sees that', async () => {
  await agentWrites('您好，我是 Ana，正在为您查询。');
  await expect(visitor.getByText(/Ana.*正在输入/u)).toBeVisible();
  await picture(visitor, 'typing');
  await agentSends();
  await picture(ana.page, 'sent');
  await expect(conversation()).toContainText('我是 Ana');
  await expect(article('我是 Ana')).toContainText(/Read/u);
  await expect(article('我是 Ana')).not.toContainText('Sent');
  await visitorSays('好的，谢谢');
  await expect(article('好的，谢谢')).toBeVisible();
  await picture(visitor, 'answered');
  await picture(ana.page, 'read');
});

test('a cut connection of either side loses nothing and doubles nothing', async () => {
  visitorGate.shut();
  await visitorSays('断线时写的第一条');
  await visitorSays('断线时写的第二条');
  await agentWrites('断线时的答复');
  await agentSends();
  // what the customer wrote is news to whoever writes until then, and would hold the reply back
  await expect(article('断线时的答复').getByText(/^Sent/u)).toBeVisible();
  visitorGate.open();
  await expect(article('断线时写的第二条')).toHaveCount(1);
  await expect(article('断线时写的第一条')).toHaveCount(1);
  await expect(conversation().getByText('断线时的答复')).toHaveCount(1);

  agentGate.shut();
  await visitorSays('客服断线时写的');
  await expect(conversation()).toContainText('客服断线时写的');
  agentGate.open();
  await expect(article('客服断线时写的')).toHaveCount(1);
  // what was said is there again, in an open panel
  await visitor.reload();
  for (const text of ['我是 Ana', '断线时写的第一条', '断线时的答复', '客服断线时写的'])
    await expect(conversation().getByText(text)).toHaveCount(1);
});

test('what an agent reads stays open while more comes; what comes out of sight is told, and their own words are seen', async () => {
  const timeline = ana.page.getByRole('region', { name: 'Messages' });
  const burst = ['第一句', '第二句', '第三句', '第四句', '第五句'].map((word) => `${word}：我刚才在银行转账了两千美元，银行说已经成功。`);
  for (const text of burst) await visitorSays(text);
  for (const text of burst.toReversed()) await expect(article(text)).toHaveAttribute('data-open', 'true');
  await timeline.focus();
  await ana.page.keyboard.press('Home');
  await expect(article('我的充值没有到账').first()).toBeInViewport();
  await visitorSays('您还在吗？');
  const news = timeline.getByRole('button', { name: 'New message' });
  await expect(news).toBeInViewport();
  await picture(ana.page, 'news');
  await news.click();
  await expect(article('您还在吗？')).toBeInViewport();
  await expect(news).toBeHidden();
  await timeline.focus();
  await ana.page.keyboard.press('Home');
  await expect(article('您还在吗？')).not.toBeInViewport();
  await agentWrites('还在，请稍等。');
  await agentSends();
  await expect(article('还在，请稍等。')).toBeInViewport();
  await expect(article('还在，请稍等。')).toContainText(/Read/u);
});
