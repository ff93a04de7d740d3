import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What is looked at: all there is, or only what another theme can change. */
type Look = 'everything' | 'colours';
const RULES: Readonly<Record<Look, RunOptions['runOnly']>> = {
  everything: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};
/** So many rules pass on any page of ours; with less, axe has looked at nothing. */
const FEWEST_PASSED: Readonly<Record<Look, number>> = { everything: 10, colours: 1 };

/** What axe finds on the page, one line a violation with the first element; also proves that it looked at something. */
export async function accessibilityProblems(page: Page, look: Look = 'everything'): Promise<string[]> {
  // Through the debugger: a script tag would be stopped by the page's own policy. A page keeps it until it is left.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const first = await problemsNow(page, look);
  // A toast that began to fade while it was looked at is nobody's to judge either; what is really wrong is still there.
  return first.length === 0 ? first : problemsNow(page, look);
}

async function problemsNow(page: Page, look: Look): Promise<string[]> {
  // Colours that are still fading in are nobody's to judge; a spinner that turns for ever is not waited for.
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((animation) => Number.isFinite(Number(animation.effect?.getComputedTiming().endTime)));
    await Promise.allSettled(passing.map((animation) => animation.finished));
  });
  // What it found is put into words over there: all that passed, node by node, takes longer to hand over than to look at.
  const { passed, problems } = await page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { readonly axe: { run(context: Document, options: unknown): Promise<AxeResults> } };
      const results = await axe.run(document, options);
      return {
        passed: results.passes.length,
        problems: results.violations.map(
          (violation) =>
            `${violation.id} (${violation.nodes.length}): ${violation.nodes[0]?.html.slice(0, 200) ?? ''} ${violation.nodes[0]?.failureSummary?.replaceAll('\n', ' ').slice(0, 200) ?? ''}`,
        ),
      };
    },
    // of what passes one place is enough: it is only counted
    { runOnly: RULES[look], resultTypes: ['violations'] } as unknown as Record<string, unknown>,
  );
  if (passed < FEWEST_PASSED[look]) throw new Error(`axe looked at next to nothing: ${passed} rules passed`);
  return problems;
}
