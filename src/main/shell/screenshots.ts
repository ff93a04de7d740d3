import fs from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow } from 'electron';

const READY_LIMIT_MS = 60_000;
const POLL_MS = 150;
const SETTLE_TRIES = 25;

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Waits until an expression holds in the page. Throws, naming what was awaited, when it does not in time. */
async function waitInPage(window: BrowserWindow, expression: string, what: string, untilMs: number): Promise<void> {
  for (;;) {
    const holds: unknown = await window.webContents.executeJavaScript(expression).catch(() => false);
    if (holds === true) return;
    if (performance.now() > untilMs) throw new Error(`${what} did not happen within ${String(READY_LIMIT_MS / 1000)} s`);
    await pause(POLL_MS);
  }
}

/** A picture of the window once two in a row are equal, so that nothing is half drawn or still moving. */
async function settledPicture(window: BrowserWindow): Promise<Buffer> {
  let last: Buffer = Buffer.alloc(0);
  for (let attempt = 0; attempt < SETTLE_TRIES; attempt += 1) {
    const picture = (await window.webContents.capturePage()).toPNG();
    if (picture.length > 0 && picture.equals(last)) return picture;
    last = picture;
    await pause(POLL_MS);
  }
  if (last.length === 0) throw new Error('the window gave no picture');
  return last;
}

/**
 * Waits until the page says that it is ready and saves a picture of the window in both themes.
 * @param setTheme switches the theme the way that the page's setting does
 * @returns the files that were written
 */
export async function takeScreenshots(
  window: BrowserWindow,
  folder: string,
  setTheme: (theme: 'light' | 'dark') => void,
): Promise<readonly string[]> {
  await fs.mkdir(folder, { recursive: true });
  const untilMs = performance.now() + READY_LIMIT_MS;
  await waitInPage(window, "document.documentElement.dataset['ready'] === 'true'", 'the page becoming ready', untilMs);
  await waitInPage(window, "document.fonts.status === 'loaded'", 'loading the fonts', untilMs);
  const files: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    setTheme(theme);
    const isDark = String(theme === 'dark');
    await waitInPage(window, `matchMedia('(prefers-color-scheme: dark)').matches === ${isDark}`, `the ${theme} theme`, untilMs);
    const picture = await settledPicture(window);
    const file = path.join(folder, `meridian-${theme}.png`);
    await fs.writeFile(file, picture);
    files.push(file);
  }
  return files;
}
