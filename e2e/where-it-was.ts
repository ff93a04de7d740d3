import { test } from '@playwright/test';
import type { Page } from '@playwright/test';

/** How long a page may take to say where it is: one that hangs does not. */
const PATIENCE_MS = 3_000;

/**
 * After a failure, keeps what a person would look at first with the results, in a few lines: what has the focus, dialogs, headings, what was
 * told, the current row. `scripts/test.mjs` prints it at its end.
 */
export async function keepWhereItWas(page: Page): Promise<void> {
  if (!hasFailed() || page.isClosed()) return;
  const tooLate = new Promise<string>((resolve) => {
    setTimeout(() => resolve('the page does not answer'), PATIENCE_MS).unref();
  });
  const lines = await Promise.race([describePage(page), tooLate]).catch((error: unknown) => String(error));
  await test.info().attach('where it was', { body: lines, contentType: 'text/plain' });
}

function hasFailed(): boolean {
  try {
    return test.info().errors.length > 0;
  } catch {
    // no test runs: the app was started by somebody else
    return false;
  }
}

async function describePage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const MOST_OF_A_KIND = 4;
    const short = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/gu, ' ').trim().slice(0, 100);
    const nameOf = (element: Element): string => short(element.getAttribute('aria-label') ?? element.textContent);
    const tell = (what: string, selector: string): string[] =>
      [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .slice(0, MOST_OF_A_KIND)
        .map((element) => `${what}${element.hasAttribute('data-closed') ? ' (closing)' : ''}: ${nameOf(element)}`);
    const focused = document.activeElement;
    const role = focused?.getAttribute('role') ?? focused?.localName ?? 'nothing';
    return [
      `page ${location.pathname}${location.hash}, ${document.hasFocus() ? 'has' : 'has not'} the focus of the computer`,
      `focus: ${role} ${focused === null || focused === document.body ? '' : `${focused.className} ${nameOf(focused)}`}`,
      ...tell('dialog', '[role=dialog], [role=alertdialog]'),
      ...tell('heading', 'h1, h2, h3'),
      ...tell('marked option', '[role=option][data-highlighted]'),
      ...tell('current row', '.ib-row-current'),
      ...tell('told', '.m-toast, [role=alert]'),
    ].join('\n');
  });
}
