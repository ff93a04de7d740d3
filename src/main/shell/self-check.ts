import { app, ipcMain, session, webContents } from 'electron';
import type { WebContents } from 'electron';
import { APP_PAGE, isAppPage } from './addresses.ts';
import type { PageOrigin } from './addresses.ts';
import { externalAddress } from './external-address.ts';
import { areContentsGuarded, isSessionGuarded } from './security.ts';

/**
 * `ok`: read back and as it must be. `failed`: it is not. `elsewhere`: decided when the app is packaged or by the runtime
 * in use, and checked there; the detail says what is the case here.
 */
export interface CheckResult {
  /** Number in Electron's own security checklist. */
  readonly item: number;
  readonly name: string;
  readonly state: 'ok' | 'failed' | 'elsewhere';
  readonly detail: string;
}

type Preferences = Readonly<Record<string, unknown>>;

/** What the contents really run with; Electron has the method but does not document it. */
function preferencesOf(contents: WebContents): Preferences {
  const read: unknown = Reflect.get(contents, 'getLastWebPreferences');
  const value: unknown = typeof read === 'function' ? Reflect.apply(read, contents, []) : null;
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Runs in the page itself and tells what it could reach. Written as text because it is not part of this process. */
const PROBE = `(async () => {
  const permission = async (name) => { try { return (await navigator.permissions.query({ name })).state; } catch (error) { return String(error); } };
  const load = async (url) => { try { await fetch(url); return 'loaded'; } catch { return 'refused'; } };
  const evaluate = () => { try { return String((0, eval)('1 + 1')); } catch { return 'refused'; } };
  return JSON.stringify({
    require: typeof globalThis.require, process: typeof globalThis.process, module: typeof globalThis.module,
    bridge: Object.keys(globalThis.meridian ?? {}).sort().join(','),
    geolocation: await permission('geolocation'), camera: await permission('camera'), notifications: Notification.permission,
    opened: String(window.open('https://example.org/')), network: await load('https://example.org/'), file: await load('file:///etc/passwd'),
    eval: evaluate(), secure: String(isSecureContext), origin: location.origin,
  });
})()`;

async function probePage(contents: WebContents): Promise<Readonly<Record<string, string>>> {
  const answer: unknown = await contents.executeJavaScript(PROBE);
  const parsed: unknown = JSON.parse(String(answer));
  return typeof parsed === 'object' && parsed !== null
    ? Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
    : {};
}

/**
 * Reads Electron's security checklist back from the running app: from live preferences, handlers, headers, and from a
 * probe inside the page. Nothing here trusts that the code which sets them up was called.
 */
export async function selfCheck(origin: PageOrigin): Promise<readonly CheckResult[]> {
  const all = webContents.getAllWebContents().filter((each) => !each.getURL().startsWith('devtools:'));
  const page = all.find((each) => isAppPage(each.getURL(), origin));
  if (page === undefined) throw new Error('the page is not loaded');
  const seen = await probePage(page);
  const policy = (await session.defaultSession.fetch(APP_PAGE)).headers.get('content-security-policy') ?? '';
  const preferences = all.map((each) => preferencesOf(each));
  const every = (name: string, value: boolean): boolean => preferences.every((each) => each[name] === value);
  const never = (name: string): boolean =>
    preferences.every((each) => each[name] === undefined || each[name] === false || each[name] === '');
  const listened = (event: string): boolean => all.every((each) => each.listenerCount(event) > 0);
  const isGuarded = isSessionGuarded(session.defaultSession) && all.every((each) => areContentsGuarded(each));
  const resolver = app.commandLine.getSwitchValue('host-resolver-rules');
  const hasSandbox = !app.commandLine.hasSwitch('no-sandbox');
  const isPinned = process.versions.electron === __PINNED_ELECTRON__;
  // Electron itself listens to `error`
  const channels = ipcMain
    .eventNames()
    .map(String)
    .filter((name) => name !== 'error')
    .join(',');

  const results: CheckResult[] = [];
  const check = (item: number, name: string, isOk: boolean, detail: string): void => {
    results.push({ item, name, state: isOk ? 'ok' : 'failed', detail });
  };
  const elsewhere = (item: number, name: string, detail: string): void => {
    results.push({ item, name, state: 'elsewhere', detail });
  };

  const isAlone = resolver.startsWith('MAP * ~NOTFOUND') && seen['network'] === 'refused';
  check(1, 'only secure content', isAlone && all.every((each) => !each.getURL().startsWith('http:')), `resolver: ${resolver}`);
  check(
    2,
    'no Node in the page',
    every('nodeIntegration', false) && [seen['require'], seen['process'], seen['module']].every((each) => each === 'undefined'),
    `require: ${String(seen['require'])}`,
  );
  check(3, 'context isolation', every('contextIsolation', true), `${String(all.length)} contents`);
  if (hasSandbox) check(4, 'process sandbox', every('sandbox', true), 'on for every process');
  else
    elsewhere(4, 'process sandbox', `${every('sandbox', true) ? 'asked for' : 'not asked for'}; switched off for this run by --no-sandbox`);
  check(
    5,
    'permissions denied',
    isGuarded && seen['geolocation'] === 'denied' && seen['camera'] === 'denied' && seen['notifications'] === 'denied',
    `geolocation ${String(seen['geolocation'])}`,
  );
  check(
    6,
    'web security',
    preferences.every((each) => each['webSecurity'] !== false),
    '',
  );
  check(
    7,
    'content security policy',
    policy.includes("default-src 'none'") &&
      policy.includes("require-trusted-types-for 'script'") &&
      !policy.includes('unsafe') &&
      seen['eval'] === 'refused',
    policy,
  );
  check(8, 'no insecure content', never('allowRunningInsecureContent'), '');
  check(9, 'no experimental features', never('experimentalFeatures'), '');
  check(10, 'no Blink features', never('enableBlinkFeatures'), '');
  check(11, 'no webview with pop-ups', never('webviewTag'), '');
  check(12, 'webviews refused', listened('will-attach-webview'), '');
  check(13, 'navigation limited', isGuarded && listened('will-frame-navigate') && listened('will-redirect'), '');
  check(14, 'no new windows', seen['opened'] === 'null', `window.open gave ${String(seen['opened'])}`);
  check(
    15,
    'external links checked',
    ['http://example.org', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share', 'https://a@b.example'].every(
      (each) => externalAddress(each) === null,
    ),
    '',
  );
  if (isPinned) check(16, 'current Electron', true, process.versions.electron);
  else elsewhere(16, 'current Electron', `${process.versions.electron}, the fallback runtime for ${__PINNED_ELECTRON__}`);
  check(17, 'senders checked', channels === 'request-port', `channels: ${channels}`);
  check(
    18,
    'no file: addresses',
    seen['file'] === 'refused' && all.every((each) => !each.getURL().startsWith('file:')),
    `origin ${String(seen['origin'])}`,
  );
  elsewhere(19, 'fuses', app.isPackaged ? 'set by the packager and compared with the full list there' : 'not packaged');
  check(20, 'no Electron in the page', seen['bridge'] === 'platform,requestPort', `bridge: ${String(seen['bridge'])}`);
  return results;
}
