import path from 'node:path';
import { findDeepLink } from './deep-link.ts';

/** What the command line and the environment ask for. */
export interface LaunchOptions {
  /** Absolute folder for everything the app keeps; null for the platform's own place. */
  readonly userDataPath: string | null;
  readonly workspace: 'main' | 'sample';
  /** Start without showing the window; the tray brings it back. */
  readonly isHidden: boolean;
  /** A well-formed link of ours, as it came. */
  readonly deepLink: string | null;
  /** Where `npm start` without a display wants its screenshots. */
  readonly screenshotPath: string | null;
  /** Origin of the development server, without a trailing slash. Never set in a packaged app. */
  readonly devServer: string | null;
  /** Hooks for end-to-end tests. Never true in a packaged app. */
  readonly isTest: boolean;
  /** A stand-in for the engine in tests of the shell alone. Never set in a packaged app. */
  readonly testEnginePath: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the launch options. `--user-data=DIR` wins over `MERIDIAN_USER_DATA`; what serves development and tests is
 * ignored in a packaged app, so that no variable of the environment can point it at foreign code.
 */
export function readLaunchOptions(words: readonly string[], env: Environment, isPackaged: boolean): LaunchOptions {
  const userData = valueOf(words, 'user-data') ?? given(env['MERIDIAN_USER_DATA']);
  const screenshots = given(env['MERIDIAN_SCREENSHOT_DIR']);
  const isTest = !isPackaged && env['MERIDIAN_TEST'] === '1';
  return {
    userDataPath: userData === null ? null : path.resolve(userData),
    workspace: words.includes('--sample') ? 'sample' : 'main',
    isHidden: words.includes('--hidden'),
    deepLink: findDeepLink(words),
    screenshotPath: screenshots === null ? null : path.resolve(screenshots),
    devServer: isPackaged ? null : localOrigin(env['ELECTRON_RENDERER_URL']),
    isTest,
    testEnginePath: isTest ? given(env['MERIDIAN_TEST_ENGINE']) : null,
  };
}

function given(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

function valueOf(words: readonly string[], name: string): string | null {
  const prefix = `--${name}=`;
  const word = words.findLast((each) => each.startsWith(prefix));
  return given(word?.slice(prefix.length));
}

/** Only a server on this machine may stand in for the page. */
function localOrigin(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null;
  const { protocol, hostname, origin } = new URL(address);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? origin : null;
}
