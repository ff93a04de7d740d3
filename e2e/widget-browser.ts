import path from 'node:path';
import type { Page } from '@playwright/test';
import { bundleWidget } from '../scripts/widget.mjs';
import { serveWidgetSite } from '../scripts/lib/widget-site.mjs';
import { ChatTeam } from '../test/channels/chat-team.ts';
import { newSiteKeys } from '../test/channels/chat-visitor.ts';
import { TestHub } from '../test/hub/hub-server.ts';
import { appEnvironment, chromiumArguments, launchElectron } from './electron-app.ts';

/**
 * The chat widget in a real browser against a real hub. The browser is the Chromium of the app's own runtime, in a bare window without
 * any of the app's protection: it is on every machine that runs these tests, and one of the older ones that the widget supports.
 */
export interface WidgetBrowser extends AsyncDisposable {
  readonly hub: TestHub;
  /** The other end; made anew by `reconnectTeam` after the hub was down. */
  team(): ChatTeam;
  reconnectTeam(): Promise<void>;
  /** The page of the invented exchange. */
  readonly url: string;
  readonly page: Page;
  /** Another tab of the same browser. */
  openTab(): Promise<Page>;
  /** Names of files that the page had the browser save; none is kept. */
  saved(): Promise<readonly string[]>;
}

export async function openWidgetBrowser(): Promise<WidgetBrowser> {
  const [hub, keys, widget] = await Promise.all([
    TestHub.start({
      users: [
        { name: 'gate', role: 'gateway' },
        { name: 'shop', role: 'widget' },
      ],
      hasBrowsers: true,
    }),
    newSiteKeys(),
    bundleWidget(),
  ]);
  const { address, password } = await hub.site('shop');
  const site = await serveWidgetSite({ widget, hub: address, site: 'shop', password, key: keys.publicKey });
  let team = await ChatTeam.start(await hub.joinAs('gate'), 'shop', keys);
  const app = await launchElectron({
    args: [...chromiumArguments(), path.join(import.meta.dirname, 'control-app'), 'about:blank'],
    env: appEnvironment(),
    timeout: 60_000,
  });
  const page = await app.firstWindow();
  await app.evaluate(({ session }) => {
    const names: string[] = [];
    Object.assign(globalThis, { savedNames: names });
    session.defaultSession.on('will-download', (event, item) => {
      names.push(item.getFilename());
      event.preventDefault();
    });
  });
  return {
    hub,
    team: () => team,
    reconnectTeam: async () => {
      team = await ChatTeam.start(await hub.joinAs('gate'), 'shop', keys, team);
    },
    url: site.url,
    page,
    openTab: async () => {
      const opened = app.waitForEvent('window');
      await app.evaluate(({ BrowserWindow }) => void new BrowserWindow({ width: 800, height: 600 }).loadURL('about:blank'));
      return opened;
    },
    saved: async () => app.evaluate(() => (globalThis as unknown as { readonly savedNames: readonly string[] }).savedNames),
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await site.close();
      await hub[Symbol.asyncDispose]();
    },
  };
}
