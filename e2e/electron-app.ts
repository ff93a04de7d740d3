import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { copySample } from './sample-template.ts';

export interface LaunchRequest {
  readonly workspace?: 'sample' | 'main';
  /** Folder with the app's data; a fresh one, removed on close, when it is left out. */
  readonly userData?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly locale?: 'en-US' | 'zh-CN';
  /** The app makes its sample workspace itself, although a prepared one would do. */
  readonly isMadeHere?: boolean;
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
export function chromiumArguments(locale = 'en-US'): string[] {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return [...(isRoot ? ['--no-sandbox'] : []), '--force-device-scale-factor=1', `--lang=${locale}`];
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

/** Starts the real app with a data folder of its own and waits for its window. */
export async function launchMeridian(request: LaunchRequest = {}): Promise<RunningApp> {
  const userData = request.userData ?? fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-e2e-'));
  // elsewhere in the world the sample is another
  if (request.workspace === 'sample' && request.isMadeHere !== true && request.env?.['TZ'] === undefined)
    await copySample(userData, request.locale ?? 'en-US', async (making) => makeSample(making, request.locale));
  const logs: string[] = [];
  const app = await _electron.launch({
    args: [
      ...chromiumArguments(request.locale),
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
    await app.close();
    if (request.userData === undefined) fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
  };
  const once = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  try {
    const page = await app.firstWindow();
    return { app, page, userData, logs, close: once };
  } catch (error) {
    await once();
    throw new Error(`the window did not open:\n${logs.join('')}`, { cause: error });
  }
}

/** Lets the app make its sample workspace in this folder, and closes it. */
async function makeSample(userData: string, locale: LaunchRequest['locale']): Promise<void> {
  const meridian = await launchMeridian({ workspace: 'sample', userData, isMadeHere: true, ...(locale === undefined ? {} : { locale }) });
  try {
    await meridian.page.locator('[data-case-row]').first().waitFor({ timeout: 60_000 });
  } finally {
    await meridian.close();
  }
}
