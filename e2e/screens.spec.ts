import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { launchMeridian, openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { lookInBothThemes, picture, showTheme } from './look.ts';

/** Every screen in each theme and each language, on the sample workspace and on an empty one: looked at by axe, kept as a picture. */
let meridian: RunningApp;

async function size(app: RunningApp, width: number, height: number): Promise<void> {
  await app.app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0), [width, height]);
}

test.describe('the sample workspace', () => {
  for (const locale of ['en-US', 'zh-CN'] as const) {
    test.describe(locale, () => {
      let page: Page;
      const words =
        locale === 'en-US'
          ? { inbox: /^Inbox/u, outbox: /^Outbox/u, handoffs: /^Handoffs/u, settings: 'Settings', cases: 'Cases' }
          : { inbox: /^收件箱/u, outbox: /^发件箱/u, handoffs: /^交接/u, settings: '设置', cases: '工单' };

      test.beforeAll(async () => {
        meridian = await openSample({ locale });
        ({ page } = meridian);
      });
      test.afterAll(() => meridian.close());

      // Words do not depend on the theme, nor colours on the language: each of them, and each size, is looked at once.
      const [source, width, height] = locale === 'en-US' ? (['light', 1280, 800] as const) : (['dark', 1920, 1080] as const);
      test(`${source}, ${width} x ${height}`, async () => {
        // some twenty looks at whole pages
        test.setTimeout(240_000);
        await size(meridian, width, height);
        await showTheme(meridian, source);
        const look = async (name: string): Promise<void> => {
          await picture(page, `${name}-${locale}-${source}-${width}`);
          expect.soft(await accessibilityProblems(page), `${name}, ${locale}, ${source}, ${width}`).toEqual([]);
        };
        await page.getByRole('button', { name: words.inbox }).click();
        await expect(page.getByRole('grid').getByRole('row').nth(3)).toBeVisible();
        await look('list');
        await page.getByRole('grid').getByRole('row').nth(2).click();
        await expect(page.getByRole('article').first()).toBeVisible();
        await look('conversation');
        await page.getByRole('button', { name: words.outbox }).click();
        await look('outbox');
        const tabs = page.getByRole('tab');
        const lookAtTabs = async (screen: string, place: string): Promise<void> => {
          // those of the screen before are gone by then
          await expect(page.locator(place).first()).toBeVisible();
          for (let index = 0; index < (await tabs.count()); index += 1) {
            await tabs.nth(index).click();
            await look(`${screen}-${index}`);
          }
        };
        await page.getByRole('button', { name: words.handoffs }).click();
        await lookAtTabs('handoffs', '.hd-main');
        await page.getByRole('button', { name: words.settings, exact: true }).click();
        await lookAtTabs('settings', '.settings-page');
        await page.getByRole('button', { name: words.inbox }).click();
        await page.keyboard.press('Control+k');
        await expect(page.locator('.m-dialog')).toBeVisible();
        await look('palette');
        await page.keyboard.press('Escape');
        await expect(page.locator('.m-dialog')).toBeHidden();
        await page.keyboard.press('?');
        await expect(page.locator('.m-dialog')).toBeVisible();
        await look('help');
        await page.keyboard.press('Escape');
      });
    });
  }
});

test.describe('an empty workspace', () => {
  for (const locale of ['en-US', 'zh-CN'] as const) {
    test(locale, async () => {
      const app = await launchMeridian({ locale });
      try {
        const { page } = app;
        await expect(page.getByRole('textbox').first()).toBeVisible();
        await lookInBothThemes(app, `welcome-${locale}`);
      } finally {
        await app.close();
      }
    });
  }
});
