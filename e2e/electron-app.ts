import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { copySample } from './sample-template.ts';
import type { SampleAge } from './sample-template.ts';
import { keepWhereItWas } from './where-it-was.ts';

export interface LaunchRequest {
  readonly workspace?: 'sample' | 'main';
  /** Folder with the app's data; a fresh one, removed on close, when it is left out. */
  readonly userData?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly locale?: 'en-US' | 'zh-CN';
  /** Where its sample workspace comes from: a prepared one of this run, one of the last minutes, or the app makes it itself. */
  readonly sample?: SampleAge | 'made-here';
  /** Things move as they do for most people; else they are there at once, and gone at once. */
  readonly isMoving?: boolean;
}

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Everything that the app and its engine printed, in pieces as they came. */
  readonly logs: readonly string[];
  /** Closes the app as a person would and, if the data folder was made here, removes it. May be called twice. */
  close(): Promise<void>;
}

/** The app under test: the built one of this repository unless `MERIDIAN_APP` names another folder with a build. */
export const appFolder = process.env['MERIDIAN_APP'] ?? path.resolve(import.meta.dirname, '..');

/** Arguments that Chromium needs here, and such that make pictures equal everywhere. As root its sandbox can not start. */
export function chromiumArguments(locale = 'en-US', isMoving = false): string[] {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return [
    ...(isRoot ? ['--no-sandbox'] : []),
    '--force-device-scale-factor=1',
    ...(isMoving ? [] : ['--force-prefers-reduced-motion']),
    `--lang=${locale}`,
  ];
}

/**
 * The display of this worker where there are several (`MERIDIAN_TEST_DISPLAYS`, separated by commas): two apps on one display would
 * take the focus from each other.
 */
function ownDisplay(): Record<string, string> {
  const displays = process.env['MERIDIAN_TEST_DISPLAYS']?.split(',') ?? [];
  const display = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0) % displays.length];
  return display === undefined ? {} : { DISPLAY: display };
}

/** The environment for an app of its own: no desktop session, UTC, test hooks on. */
export function appEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  // the language of the machine must not decide what a test sees
  for (const name of ['LANGUAGE', 'LC_ALL', 'LC_MESSAGES', 'ELECTRON_RENDERER_URL', 'MERIDIAN_SCREENSHOT_DIR']) delete env[name];
  return { ...env, ...ownDisplay(), TZ: 'UTC', DBUS_SESSION_BUS_ADDRESS: 'disabled:', MERIDIAN_TEST: '1', ...extra };
}

type LaunchOptions = NonNullable<Parameters<typeof _electron.launch>[0]>;

/** Starts Electron. Without a graphics card it now and again dies of a signal before it has read a line of ours: then it is started once more. */
export async function launchElectron(options: LaunchOptions): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options);
  } catch (error) {
    if (!(error instanceof Error) || !/Process failed to launch[\s\S]*signal=SIG(?:SEGV|TRAP|ABRT)/u.test(error.message)) throw error;
    process.stderr.write('Electron died before it had started; it is started once more\n');
    return _electron.launch(options);
  }
}

/** Starts the real app with a data folder of its own and waits for its window. */
export async function launchMeridian(request: LaunchRequest = {}): Promise<RunningApp> {
  const userData = request.userData ?? fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-e2e-'));
  if (request.workspace === 'sample' && request.sample !== 'made-here') await giveSample(userData, request.locale, request.sample);
  const logs: string[] = [];
  const app = await launchElectron({
    args: [
      ...chromiumArguments(request.locale, request.isMoving),
      appFolder,
      ...(request.workspace === 'sample' ? ['--sample'] : []),
      ...(request.args ?? []),
    ],
    cwd: appFolder,
    // the app's own theme decides, not an emulated one
    colorScheme: null,
    env: appEnvironment({ MERIDIAN_USER_DATA: userData, ...request.env }),
    timeout: 60_000,
  });
  const child = app.process();
  child.stdout?.on('data', (chunk: Buffer) => logs.push(chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => logs.push(chunk.toString('utf8')));
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    for (const page of app.windows()) await keepWhereItWas(page);
    await app.close();
    if (request.userData === undefined) fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
  };
  const once = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  try {
    const page = await app.firstWindow();
    // the window is there before its page is: until then it can not be asked to load that anew
    await page.waitForURL(({ protocol }) => protocol === 'app:', { waitUntil: 'domcontentloaded' });
    return { app, page, userData, logs, close: once };
  } catch (error) {
    await once();
    throw new Error(`the window did not open:\n${logs.join('')}`, { cause: error });
  }
}

/** Puts a prepared sample workspace into the folder of an app that has none yet. */
export async function giveSample(
  userData: string,
  locale: LaunchRequest['locale'] = 'en-US',
  age: SampleAge = 'of-this-run',
): Promise<void> {
  await copySample(userData, locale, age, async (making) => {
    const meridian = await openSample({ userData: making, sample: 'made-here', locale });
    await meridian.close();
  });
}

/** Starts the app on the sample workspace, and waits for its list of cases. */
export async function openSample(request: Omit<LaunchRequest, 'workspace'> = {}): Promise<RunningApp> {
  const meridian = await launchMeridian({ ...request, workspace: 'sample' });
  try {
    await meridian.page.locator('[data-case-row]').first().waitFor({ timeout: 90_000 });
    return meridian;
  } catch (error) {
    await meridian.close();
    throw error;
  }
}
