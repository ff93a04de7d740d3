import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // of what passes one place is enough: it is only counted
  resultTypes: ['violations'],
};

/** What axe finds on the page, one line a violation with the first element; also proves that it looked at something. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Through the debugger: a script tag would be stopped by the page's own policy. A page keeps it until it is left.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const first = await problemsNow(page);
  // A toast that began to fade while it was looked at is nobody's to judge either; what is really wrong is still there.
  return first.length === 0 ? first : problemsNow(page);
}

async function problemsNow(page: Page): Promise<string[]> {
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
    RULES as unknown as Record<string, unknown>,
  );
  if (passed < 10) throw new Error(`axe looked at next to nothing: ${passed} rules passed`);
  return problems;
}
