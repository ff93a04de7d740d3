import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { TestHooks } from '../src/main/shell/shell.ts';
import { appEnvironment, chromiumArguments, launchElectron, launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { hostileMails } from './hostile-mail.ts';
import type { Trick } from './hostile-mail.ts';
import { startLeakServer } from './leak-server.ts';
import type { LeakServer } from './leak-server.ts';
import { readNetworkLog } from './network-log.ts';
import type { NetworkUse } from './network-log.ts';

declare global {
  // set by the shell for tests, and by the control app
  var meridianTest: TestHooks;
  var control: { readonly requests: readonly string[] };
}

const STAND_IN = path.join(import.meta.dirname, 'stand-in-engine.mjs');
let meridian: RunningApp;
let leaks: LeakServer;
let folder: string;

/** What had been refused and printed when the test began: one app is attacked by all of them. */
let refusedBefore: Readonly<Record<string, number>> = {};
let printedBefore = 0;

test.beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-security-'));
  leaks = await startLeakServer();
  meridian = await launchMeridian({ env: { MERIDIAN_TEST_ENGINE: STAND_IN } });
});
test.afterAll(async () => {
  await meridian.close();
  await leaks.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
test.beforeEach(async () => {
  // nothing of the test before is left in the page
  await meridian.page.reload();
  refusedBefore = await refusedSoFar();
  printedBefore = meridian.logs.length;
});

async function refusedSoFar(): Promise<Record<string, number>> {
  return { ...(await meridian.app.evaluate(() => globalThis.meridianTest.refusals())) };
}

/** What has been refused in this test. */
async function refusals(): Promise<Record<string, number>> {
  const all = await refusedSoFar();
  return Object.fromEntries(Object.entries(all).map(([what, count]) => [what, count - (refusedBefore[what] ?? 0)]));
}

/** What the app has printed in this test. */
function printed(): string {
  return meridian.logs.slice(printedBefore).join('');
}

/** Shows a mail body, cleaned by nobody, in a frame over the whole page and waits until it is loaded. */
async function showMail(page: Page, html: string, attributes: Readonly<Record<string, string>> = { sandbox: '' }): Promise<string> {
  const { url } = await meridian.app.evaluate(
    (_electron, body) => globalThis.meridianTest.putMailBody(body, ['https://example.org/real?a=1']),
    html,
  );
  await page.evaluate(
    async ([address, given]) => {
      document.querySelector('#hostile')?.remove();
      const frame = document.createElement('iframe');
      frame.id = 'hostile';
      for (const [name, value] of Object.entries(given)) frame.setAttribute(name, value);
      frame.style.position = 'fixed';
      frame.style.inset = '0';
      frame.style.zIndex = '9999';
      frame.style.width = '600px';
      frame.style.height = '400px';
      const loaded = new Promise((resolve) => {
        frame.addEventListener('load', resolve, { once: true });
      });
      frame.src = address;
      document.body.append(frame);
      await loaded;
    },
    [url, attributes] as const,
  );
  return url;
}

const LINK = '<a style="position:fixed;inset:0;display:block" href="mail-body://link/0/0">Your bank</a>';
/** A link of ours in a corner, above whatever the mail shows. */
const CORNER_LINK =
  '<a style="position:fixed;right:0;bottom:0;width:60px;height:60px;z-index:2147483647;display:block" href="mail-body://link/0/0"></a>';

/**
 * Clicks our link until that is told. A frame takes clicks only once its first picture is on screen, and nothing but an
 * effect tells when that is: a click that comes too early is lost, and so is what it was to prove.
 */
async function clickLink(page: Page, x: number, y: number): Promise<void> {
  const before = linkEvents();
  const isTold = async (): Promise<boolean> => {
    await page.mouse.click(x, y);
    return linkEvents() > before;
  };
  await expect.poll(isTold, { intervals: [20, 50, 100, 200] }).toBe(true);
}

function linkEvents(): number {
  return printed().split('"mail-link"').length - 1;
}

async function logNetwork<T>(app: ElectronApplication, what: () => Promise<T>): Promise<NetworkUse> {
  const file = path.join(folder, `network-${String(fs.readdirSync(folder).length)}.json`);
  await app.evaluate(async ({ session }, place) => session.defaultSession.netLog.startLogging(place), file);
  await what();
  await app.evaluate(async ({ session }) => session.defaultSession.netLog.stopLogging());
  return readNetworkLog(file);
}

test('keeps every item of the checklist at run time', async () => {
  const results = await meridian.app.evaluate(async () => globalThis.meridianTest.selfCheck());
  expect(results.map(({ item }) => item)).toEqual(Array.from({ length: 20 }, (_each, index) => index + 1));
  expect(results.filter(({ state }) => state === 'failed')).toEqual([]);
  const elsewhere = results.filter(({ state }) => state === 'elsewhere').map(({ item }) => item);
  // 4: only when Chromium runs without its sandbox, as root must; 16: only on the fallback runtime
  expect([4, 16, 19]).toEqual(expect.arrayContaining(elsewhere));
  expect(elsewhere.includes(4)).toBe(chromiumArguments().includes('--no-sandbox'));
});

test('gives the page no Node, no inline script, no strings as code and no network', async () => {
  const seen = await meridian.page.evaluate(async () => {
    const attempt = async (what: () => unknown): Promise<string> => {
      try {
        return String(await what());
      } catch (error) {
        return error instanceof Error ? error.name : String(error);
      }
    };
    const globals = globalThis as unknown as Record<string, unknown>;
    const script = document.createElement('script');
    const url = URL.createObjectURL(new Blob(["globalThis.fromBlob = 'ran'"], { type: 'text/javascript' }));
    const blobScript = document.createElement('iframe');
    return {
      globals: ['require', 'process', 'module', 'Buffer', 'global'].map((name) => typeof globals[name]),
      bridge: Object.keys(globals['meridian'] ?? {}).toSorted(),
      text: await attempt(() => {
        script.textContent = "globalThis.fromText = 'ran'";
        document.head.append(script);
        return globals['fromText'];
      }),
      markup: await attempt(() => {
        blobScript.srcdoc = '<script>parent.fromFrame = 1</script>';
        return 'set';
      }),
      html: await attempt(() => {
        document.createElement('div').innerHTML = '<img src=x onerror=1>';
        return 'set';
      }),
      blob: await attempt(() => import(url)),
      // oxlint-disable-next-line no-eval -- that it is refused is the point
      evaluated: await attempt(() => (0, eval)('1 + 1')),
      https: await attempt(async () => (await fetch('https://example.org/')).status),
      http: await attempt(async () => (await fetch('http://127.0.0.1:9/')).status),
      file: await attempt(async () => (await fetch('file:///etc/passwd')).status),
      mail: await attempt(async () => (await fetch('mail-body://m00000000000000000000000000000000/')).status),
      opened: await attempt(() => globalThis.open('https://example.org/')),
      permission: await attempt(async () => (await navigator.permissions.query({ name: 'geolocation' })).state),
      worker: await attempt(() => new Worker(url)),
    };
  });
  expect(seen).toEqual({
    globals: ['undefined', 'undefined', 'undefined', 'undefined', 'undefined'],
    bridge: ['platform', 'requestPort'],
    text: 'TypeError',
    markup: 'TypeError',
    html: 'TypeError',
    blob: 'TypeError',
    evaluated: expect.stringMatching(/^(?:EvalError|TypeError)$/u),
    https: 'TypeError',
    http: 'TypeError',
    file: 'TypeError',
    mail: 'TypeError',
    opened: 'null',
    permission: 'denied',
    worker: expect.stringMatching(/Error$/u),
  });
  expect((await refusals())['windows']).toBe(1);
});

test('stays on its own page and opens no window', async () => {
  const address = meridian.page.url();
  for (const target of ['https://example.org/', 'data:text/html,x', 'file:///etc/passwd', 'app://meridian/assets/', 'about:blank']) {
    const blank =
      target === 'about:blank' ? meridian.page.waitForEvent('framenavigated', (frame) => frame.url() === target) : Promise.resolve();
    await meridian.page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    // an empty page can not be refused beforehand: the window comes back at once
    await blank;
    await expect.poll(async () => meridian.page.evaluate(() => location.href).catch(() => '')).toBe(address);
  }
  // the others are stopped by Chromium before anybody is asked
  expect((await refusals())['navigations']).toBe(2);
  await meridian.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.org/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
  });
  await expect.poll(async () => (await refusals())['windows']).toBe(1);
  expect(meridian.page.url()).toBe(address);
  expect(await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('serves only files of the page, only to read', async () => {
  const statuses = await meridian.page.evaluate(async () => {
    const status = async (url: string, method = 'GET'): Promise<number> => (await fetch(url, { method })).status;
    return {
      page: await status('/index.html'),
      outside: await status('/..%2f..%2fpackage.json'),
      missing: await status('/nothing.js'),
      post: await status('/index.html', 'POST'),
    };
  });
  expect(statuses).toEqual({ page: 200, outside: 404, missing: 404, post: 405 });
});

test('shows mail in a frame of its own, without an origin and without scripts', async () => {
  const { page, app } = meridian;
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const url = await showMail(page, `<h1>Hello</h1><script>console.log('ran')</script><img src=x: onerror="console.log('ran')">`);
  const frame = await app.evaluate(({ BrowserWindow }, address) => {
    const main = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame;
    const found = main?.frames.find((each) => each.url === address);
    return { origin: found?.origin, isOwnProcess: found?.osProcessId !== main?.osProcessId };
  }, url);
  expect(frame).toEqual({ origin: 'null', isOwnProcess: true });
  const reached = await page.evaluate(() => {
    const element = document.querySelector<HTMLIFrameElement>('#hostile');
    return element?.contentDocument === null;
  });
  expect(reached).toBe(true);
  await expect(page.frameLocator('#hostile').getByRole('heading')).toHaveText('Hello');
  expect(said.filter((line) => line === 'ran')).toEqual([]);
});

test('tells where a link in a mail leads and does not go there', async () => {
  const { page } = meridian;
  const url = await showMail(page, LINK);
  await clickLink(page, 150, 100);
  const token = /m([0-9a-f]{32})/u.exec(url)?.[1];
  expect(printed()).toContain(`stand-in event ${JSON.stringify({ type: 'mail-link', token, url: 'https://example.org/real?a=1' })}`);
  // the mail stays on screen
  await expect(page.frameLocator('#hostile').getByRole('link')).toHaveText('Your bank');
  // a number that is not in its table says nothing, wherever it is clicked
  await showMail(page, `<a style="position:fixed;inset:0;display:block" href="mail-body://link/0/1">x</a>${CORNER_LINK}`);
  await clickLink(page, 580, 380);
  await page.mouse.click(150, 100);
  await clickLink(page, 580, 380);
  const events = printed().match(/^stand-in event .*$/gmu) ?? [];
  expect(events.length).toBeGreaterThanOrEqual(3);
  expect(events.filter((line) => !line.endsWith('"url":"https://example.org/real?a=1"}'))).toEqual([]);
});

test('guards every window and session, whoever makes them', async () => {
  const before = { hits: leaks.hits.length, connections: leaks.connections() };
  const loaded = await meridian.app.evaluate(async ({ BrowserWindow, session }, origin) => {
    const open = (): Electron.BrowserWindow =>
      new BrowserWindow({ show: false, webPreferences: { session: session.fromPartition('stranger') } });
    // a window for each: the failure of a load can still arrive while the next one of the same window is awaited
    const strangers = [open(), open(), open()] as const;
    const [plain, encrypted, allowed] = strangers;
    const load = async (stranger: Electron.BrowserWindow, url: string): Promise<string> =>
      stranger.loadURL(url).then(() => 'loaded', String);
    const failures = [await load(plain, `${origin}/leak/0`), await load(encrypted, `${origin.replace('http:', 'https:')}/leak/1`)];
    await allowed.loadURL('data:text/html,x');
    const permission: unknown = await allowed.webContents.executeJavaScript('Notification.requestPermission()');
    const opened: unknown = await allowed.webContents.executeJavaScript(`String(window.open('${origin}/leak/2'))`);
    for (const stranger of strangers) stranger.destroy();
    return { failures, permission, opened };
  }, leaks.origin);
  const blocked = expect.stringContaining('ERR_BLOCKED_BY_CLIENT') as unknown;
  expect(loaded).toEqual({ failures: [blocked, blocked], permission: 'denied', opened: 'null' });
  await expect.poll(async () => (await refusals())['requests']).toBeGreaterThanOrEqual(2);
  expect(leaks.hits.length - before.hits).toBe(0);
  expect(leaks.connections() - before.connections).toBe(0);
  // what is allowed to load is not allowed to be saved
  await meridian.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.downloadURL('app://meridian/index.html');
  });
  await expect.poll(async () => (await refusals())['downloads']).toBe(1);
});

test('makes no request of its own at start', async () => {
  const use = await logNetwork(meridian.app, async () => {
    await meridian.page.reload();
    await meridian.page.evaluate(async () => document.fonts.ready);
    // the log is not deaf: it notes that a name was asked for, and that nobody went to look it up
    const found = await meridian.app.evaluate(async ({ session }) =>
      session.defaultSession.resolveHost('example.org').then(() => 'found', String),
    );
    expect(found).toContain('ERR_NAME_NOT_RESOLVED');
  });
  expect(use.events).toBeGreaterThan(0);
  expect({ lookups: use.lookups, connections: use.connections }).toEqual({ lookups: [], connections: [] });
});

interface Provocation {
  readonly page: Page;
  readonly tricks: readonly Trick[];
  readonly show: (trick: Trick, index: number) => Promise<void>;
  readonly click: () => Promise<void>;
  /** After the click, with what ran so far. */
  readonly settle?: (index: number, ran: ReadonlySet<number>) => Promise<void>;
}

/** Shows every trick, clicks into it, and tells which scripts ran. */
async function provoke({ page, tricks, show, click, settle }: Provocation): Promise<Set<number>> {
  const ran = new Set<number>();
  const onConsole = (message: { text(): string }): void => {
    const found = /^ran-(\d+)$/u.exec(message.text());
    if (found !== null) ran.add(Number(found[1]));
  };
  page.on('console', onConsole);
  for (const [index, trick] of tricks.entries()) {
    await show(trick, index);
    await click();
    await settle?.(index, ran);
  }
  page.off('console', onConsole);
  return ran;
}

function leaked(hits: readonly string[]): Set<number> {
  return new Set(hits.flatMap((hit) => (/^\/leak\/(\d+)/u.exec(hit)?.[1] ?? '').split(' ').filter(Boolean).map(Number)));
}

test('lets no hostile mail run, load, look up or leave anything, while the same mail does all that without protection', async () => {
  test.setTimeout(240_000);
  const tricks = hostileMails(leaks);
  expect(tricks.length).toBeGreaterThanOrEqual(60);

  // the control: loud, or the silence below means nothing
  const control = await launchElectron({
    args: [...chromiumArguments(), path.join(import.meta.dirname, 'control-app'), 'about:blank'],
    env: appEnvironment({}),
  });
  let controlRan = new Set<number>();
  try {
    const page = await control.firstWindow();
    const use = await logNetwork(control, async () => {
      controlRan = await provoke({
        page,
        tricks,
        show: async (trick, index) => {
          const address = leaks.addPage(String(index), `<!doctype html>${trick.html}`);
          // a trick may leave at once: that the load was cut short by it is no failure
          await page.goto(address, { waitUntil: 'load' }).catch(() => null);
        },
        click: async () => page.mouse.click(150, 100),
        // what it does must be seen before the next one comes; some do nothing here, and need not
        settle: async (index, ran) =>
          expect
            .poll(() => ran.has(index) || leaked(leaks.hits).has(index), { timeout: 500, intervals: [20] })
            .toBe(true)
            .catch(() => undefined),
      });
    });
    const requests = await control.evaluate(() => globalThis.control.requests.length);
    console.log(
      `control: ${String(tricks.length)} mails, ${String(controlRan.size)} ran script, ${String(leaked(leaks.hits).size)} reached the server, ` +
        `${String(requests)} requests, ${String(use.lookups.filter((name) => name.includes('.leak.invalid')).length)} names looked up`,
    );
    const effects = tricks.map(({ name, aim }, index) => ({ name, aim, seen: controlRan.has(index) || leaked(leaks.hits).has(index) }));
    const silent = effects.filter(({ aim, seen }) => aim !== 'lookup' && !seen).map(({ name }) => name);
    console.log(`  without effect in the control: ${silent.join(', ')}`);
    expect(silent.length).toBeLessThan(12);
    expect(controlRan.size).toBeGreaterThan(25);
    expect(leaked(leaks.hits).size).toBeGreaterThan(30);
    expect(requests).toBeGreaterThan(tricks.length);
    expect(use.lookups.some((name) => name.includes('.leak.invalid'))).toBe(true);
  } finally {
    await control.close();
  }

  for (const attributes of [{ sandbox: '' }, {}]) {
    const before = { hits: leaks.hits.length, connections: leaks.connections() };
    const address = meridian.page.url();
    let ran = new Set<number>();
    const use = await logNetwork(meridian.app, async () => {
      ran = await provoke({
        page: meridian.page,
        tricks,
        show: async ({ html, hasNoBody }) => {
          await showMail(meridian.page, `<!doctype html>${hasNoBody === true ? '' : CORNER_LINK}${html}`, attributes);
          // from here on a click into the frame arrives
          if (hasNoBody !== true) await clickLink(meridian.page, 580, 380);
        },
        click: async () => meridian.page.mouse.click(150, 100),
      });
      // after everything before it
      await showMail(meridian.page, LINK, attributes);
      await clickLink(meridian.page, 150, 100);
    });
    const result = {
      ran: [...ran].map((index) => tricks[index]?.name),
      hits: leaks.hits.slice(before.hits),
      connections: leaks.connections() - before.connections,
      lookups: use.lookups,
      opened: use.connections,
      address: meridian.page.url(),
      windows: await meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
      events: use.events > 0,
    };
    expect(result).toEqual({ ran: [], hits: [], connections: 0, lookups: [], opened: [], address, windows: 1, events: true });
  }
  const counted = await refusals();
  console.log(
    `mail frames, not cleaned: ${String(tricks.length * 2)} shown, 0 ran, 0 requests, 0 lookups; refused by the guard: ${JSON.stringify(counted)}`,
  );
  expect(counted['downloads']).toBe(0);
});
