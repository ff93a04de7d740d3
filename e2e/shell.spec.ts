import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { appEnvironment, appFolder, chromiumArguments, giveSample, launchMeridian } from './electron-app.ts';
import type { LaunchRequest, RunningApp } from './electron-app.ts';

const STAND_IN = path.join(import.meta.dirname, 'stand-in-engine.mjs');
const running: RunningApp[] = [];
let folder: string;

test.beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-shell-'));
});
test.afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function launch(request: LaunchRequest = {}): Promise<RunningApp> {
  const started = await launchMeridian({ ...request, env: { MERIDIAN_TEST_ENGINE: STAND_IN, ...request.env } });
  running.push(started);
  return started;
}

/** What the stand-in engine said under this heading, in order. */
function said({ logs }: RunningApp, heading: string): unknown[] {
  return logs
    .join('')
    .split('\n')
    .filter((line) => line.startsWith(`stand-in ${heading} `))
    .map((line): unknown => JSON.parse(line.slice(`stand-in ${heading} `.length)));
}
function count(app: RunningApp, heading: string): () => number {
  return () => said(app, heading).length;
}

/** Ends the engine's process as a crash would. */
async function crashEngine(meridian: RunningApp): Promise<void> {
  const pid = await meridian.app.evaluate(() => globalThis.meridianTest.enginePid());
  if (pid === null) throw new Error('no engine runs');
  process.kill(pid, 'SIGKILL');
}

interface Question {
  readonly message: string;
  readonly detail: string;
}

interface Dialogs {
  readonly questions: Question[];
  readonly pending: ((answer: { readonly response: number }) => void)[];
}

interface DialogHands {
  readonly asked: () => Promise<readonly Question[]>;
  readonly press: (button: number) => Promise<void>;
}

/** Takes the place of the person before message boxes: keeps what they say and lets the test press their buttons. */
async function takeDialogs({ app }: RunningApp): Promise<DialogHands> {
  await app.evaluate(({ dialog }) => {
    const dialogs: Dialogs = { questions: [], pending: [] };
    Object.assign(globalThis, { dialogs });
    Object.assign(dialog, {
      showMessageBox: async (_window: unknown, { message, detail }: Question) => {
        dialogs.questions.push({ message, detail });
        return new Promise((resolve) => {
          dialogs.pending.push(resolve);
        });
      },
    });
  });
  return {
    asked: async () => app.evaluate(() => (globalThis as unknown as { dialogs: Dialogs }).dialogs.questions),
    press: async (button) =>
      app.evaluate((_electron, response) => {
        (globalThis as unknown as { dialogs: Dialogs }).dialogs.pending.shift()?.({ response });
      }, button),
  };
}

test('starts the engine with what it needs and gives the page a port on every load', async () => {
  const meridian = await launch({ workspace: 'sample', locale: 'zh-CN', sample: 'made-here' });
  await expect.poll(count(meridian, 'connect-page')).toBe(1);
  expect(said(meridian, 'start')).toEqual([
    {
      workspace: 'sample',
      workspacePath: path.join(meridian.userData, 'workspaces', 'sample'),
      parseWorkerPath: path.join(appFolder, 'out/main/parse-worker.js'),
      locale: 'zh-CN',
      // the clock of a test, which may be moved
      clockAheadMs: 0,
      timeZone: 'UTC',
      pid: expect.any(Number),
    },
  ]);
  await meridian.page.reload();
  await expect.poll(count(meridian, 'connect-page')).toBe(2);
  // what the page has forgotten can be given back while nobody touches it
  expect(await meridian.page.evaluate(() => typeof Reflect.get(globalThis, 'gc'))).toBe('function');
});

test('starts a crashed engine again and connects the page to it; says so after three crashes, and starts it again when asked to', async () => {
  const meridian = await launch();
  const { asked, press } = await takeDialogs(meridian);
  for (let crash = 1; crash <= 3; crash += 1) {
    await expect.poll(count(meridian, 'idle')).toBe(crash);
    await expect.poll(count(meridian, 'connect-page')).toBe(crash);
    await crashEngine(meridian);
  }
  await expect.poll(asked).toHaveLength(1);
  expect(new Set(said(meridian, 'connect-page')).size).toBe(3);
  expect((await asked())[0]?.message).toBe('Meridian’s engine stopped three times in a row');
  await press(0);
  await expect.poll(count(meridian, 'idle')).toBe(4);
  await expect.poll(count(meridian, 'connect-page')).toBe(4);
});

test('shows why the engine can not open its data, and tries again when asked to', async () => {
  const fatal = path.join(folder, 'fatal');
  const meridian = await launch({ env: { STAND_IN_FATAL: fatal } });
  const { asked, press } = await takeDialogs(meridian);
  await expect.poll(count(meridian, 'idle')).toBe(1);
  fs.writeFileSync(fatal, 'storage-full');
  await crashEngine(meridian);
  await expect.poll(asked).toHaveLength(1);
  // the first try finds the disk as full as before
  await press(0);
  await expect.poll(asked).toHaveLength(2);
  fs.rmSync(fatal);
  await press(0);
  await expect.poll(count(meridian, 'idle')).toBe(2);
  const [first] = await asked();
  expect(first?.message).toBe('Meridian can not open its data');
  expect(first?.detail).toContain('The disk is full');
  expect(first?.detail).toContain('storage-full: the stand-in was told so');
});

test('ends an engine that does not stop, after five seconds', async () => {
  const meridian = await launch({ env: { STAND_IN_DEAF: '1' } });
  await expect.poll(count(meridian, 'idle')).toBe(1);
  const child = meridian.app.process();
  const startedAt = performance.now();
  await meridian.close();
  expect(performance.now() - startedAt).toBeGreaterThan(4_500);
  expect(child.exitCode).toBe(0);
  expect(meridian.logs.join('')).toContain('did not stop within 5000 ms');
});

test('is one app per data folder: a second start hands over its link and ends', async () => {
  const meridian = await launch({ args: ['meridian://case/case_first'] });
  await expect.poll(() => said(meridian, 'event')).toEqual([{ type: 'deep-link', caseId: 'case_first' }]);
  const executable = createRequire(import.meta.url)('electron') as unknown as string;
  const second = spawn(executable, [...chromiumArguments(), appFolder, 'meridian://case/case_second'], {
    env: appEnvironment({ MERIDIAN_USER_DATA: meridian.userData, MERIDIAN_TEST_ENGINE: STAND_IN }),
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => {
    second.once('exit', resolve);
  });
  expect(code).toBe(0);
  await expect.poll(() => said(meridian, 'event').at(-1)).toEqual({ type: 'deep-link', caseId: 'case_second' });
  expect(count(meridian, 'start')()).toBe(1);
});

test('opens where it was, with the theme it had', async () => {
  const first = await launch({
    userData: folder,
    env: { STAND_IN_REQUESTS: JSON.stringify([['appearance.set', { theme: 'dark', locale: 'zh-CN' }]]) },
  });
  await expect.poll(count(first, 'answer appearance.set')).toBe(1);
  const menu = await first.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(menu).toEqual(['文件', '编辑', '显示', '前往', '工单', '帮助']);
  await expect.poll(async () => first.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  const bounds = { x: 90, y: 60, width: 1000, height: 640 };
  await first.app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
  }, bounds);
  await first.close();

  const again = await launch({ userData: folder });
  const seen = await again.app.evaluate(({ BrowserWindow, nativeTheme }) => {
    const window = BrowserWindow.getAllWindows()[0];
    return { bounds: window?.getBounds(), theme: nativeTheme.themeSource, ground: window?.getBackgroundColor() };
  });
  expect(seen).toEqual({ bounds, theme: 'dark', ground: '#101114' });
  await expect.poll(() => said(again, 'start')).toEqual([expect.objectContaining({ locale: 'zh-CN' })]);
});

test('answers what the engine asks', async () => {
  const requests: readonly (readonly [string, unknown])[] = [
    ['app.info', null],
    ['vault.status', null],
    ['secret.set', { ref: 'a', value: 'sesame' }],
    ['vault.create', { passphrase: 'short' }],
    ['vault.create', { passphrase: 'long enough to keep' }],
    ['secret.set', { ref: 'a', value: 'sesame' }],
    ['secret.get', { ref: 'a' }],
    ['external.open', { url: 'file:///etc/passwd' }],
    ['external.open', { url: 'http://example.org/' }],
    ['path.reveal', { path: '/etc/passwd' }],
    ['mail-body.put', { html: '<p>x</p>', links: [] }],
    ['status.show', { unread: 3, waiting: 1, sync: 'problem', onShift: true, workspace: 'main' }],
    ['notify', { title: 'Ana', body: 'Where is my order?', caseId: 'case_1' }],
    ['notify', { title: 'Ana', body: 'Hello?', caseId: 'case_1' }],
    ['secret.get', { ref: 7 }],
    ['nothing.such', null],
  ];
  const meridian = await launch({ env: { STAND_IN_REQUESTS: JSON.stringify(requests) } });
  await expect.poll(count(meridian, 'idle'), { timeout: 30_000 }).toBe(1);
  const answers = (name: string): unknown[] => said(meridian, `answer ${name}`);
  expect(answers('app.info')).toEqual([
    expect.objectContaining({
      electron: expect.any(String),
      packaged: false,
      userDataPath: meridian.userData,
      pinnedElectron: expect.stringMatching(/^\d+\./u),
    }),
  ]);
  // there is no keychain in the tests' environment
  expect(answers('vault.status')).toEqual([{ backend: 'passphrase', state: 'empty', reason: 'plain-text-keychain' }]);
  expect(answers('vault.create')).toEqual(['too-short', 'ok']);
  expect(answers('secret.set')).toEqual(['locked', 'ok']);
  expect(answers('secret.get')).toEqual(['sesame', { error: expect.stringContaining('malformed input') }]);
  expect(answers('external.open')).toEqual(['refused', 'refused']);
  expect(answers('path.reveal')).toEqual([{ error: 'this place is not shown' }]);
  expect(answers('mail-body.put')).toEqual([{ url: expect.stringMatching(/^mail-body:\/\/m[0-9a-f]{32}\/$/u), token: expect.any(String) }]);
  expect(answers('status.show')).toEqual([null]);
  expect(answers('notify')).toEqual([null, null]);
  expect(answers('nothing.such')).toEqual([{ error: 'there is no such request' }]);
  const vault = fs.readFileSync(path.join(meridian.userData, 'vault.json'), 'utf8');
  expect(vault).not.toContain('sesame');
});

test('opens another workspace with an engine of its own', async () => {
  const meridian = await launch({ env: { STAND_IN_REQUESTS: JSON.stringify([['workspace.open', { workspace: 'sample' }]]) } });
  await expect.poll(count(meridian, 'start')).toBe(2);
  expect(said(meridian, 'start')[1]).toMatchObject({
    workspace: 'sample',
    workspacePath: path.join(meridian.userData, 'workspaces', 'sample'),
  });
  expect(count(meridian, 'stop')()).toBe(1);
  await expect.poll(() => said(meridian, 'connect-page').at(-1)).toBe((said(meridian, 'start')[1] as { pid: number }).pid);
  const items = await meridian.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.submenu?.items.map(({ label }) => label));
  expect(items).toContain('Open My Workspace');
});

test('sends menu commands and shows the window for them', async () => {
  const meridian = await launch({ args: ['--hidden'] });
  await expect.poll(count(meridian, 'idle')).toBe(1);
  const isVisible = async (): Promise<boolean | undefined> =>
    meridian.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await meridian.page.waitForLoadState();
  expect(await isVisible()).toBe(false);
  await meridian.app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('case.claim')?.click();
  });
  await expect.poll(() => said(meridian, 'event')).toEqual([{ type: 'menu', command: 'case.claim' }]);
  await expect.poll(isVisible).toBe(true);
});

test('zooms within limits, survives a page that crashes, and asks the engine to stop when it quits', async () => {
  const meridian = await launch();
  const zoom = async (label: string, times: number): Promise<number | undefined> =>
    meridian.app.evaluate(
      ({ Menu, BrowserWindow }, [wanted, repeat]) => {
        const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
        for (let step = 0; step < repeat; step += 1) items.find((each) => each.label === wanted)?.click();
        return BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel();
      },
      [label, times] as const,
    );
  await expect.poll(count(meridian, 'connect-page')).toBe(1);
  expect(await zoom('Zoom In', 20)).toBe(6);
  expect(await zoom('Zoom Out', 20)).toBe(-3);
  expect(await zoom('Actual Size', 1)).toBe(0);

  await meridian.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(count(meridian, 'connect-page')).toBe(2);
  expect(count(meridian, 'start')()).toBe(1);

  const child = meridian.app.process();
  await meridian.close();
  expect(count(meridian, 'stop')()).toBe(1);
  expect(child.exitCode).toBe(0);
});

test('saves screenshots in both themes and ends, or says why it could not', async () => {
  const shots = path.join(folder, 'shots');
  await giveSample(path.join(folder, 'data'));
  const executable = createRequire(import.meta.url)('electron') as unknown as string;
  const child = spawn(executable, [...chromiumArguments(), appFolder, '--sample'], {
    env: appEnvironment({ MERIDIAN_USER_DATA: path.join(folder, 'data'), MERIDIAN_SCREENSHOT_DIR: shots }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  expect(code, output).toBe(0);
  expect(fs.readdirSync(shots).toSorted()).toEqual(['meridian-dark.png', 'meridian-light.png']);
});
