import { createAtRest } from '../../shared/domain/at-rest.ts';

/** So long nobody has touched anything: whoever reads a mail is not interrupted. */
const REST_MS = 30_000;

/** What a person does in a page. */
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'focus'] as const;

/** V8's own, where the shell asks for it (`js-flags` in `src/main/index.ts`). */
type Collect = (options: { readonly type: 'major'; readonly execution: 'async' }) => unknown;

/**
 * Gives back what is not needed any more when nobody has touched the page for a while. V8 waits for more to come, and at a quiet desk none does: after an
 * hour of work half of the page's memory was what nobody needed. Does nothing in a browser that does not let it.
 */
export function giveBackAtRest(page: EventTarget & { readonly gc?: Collect }): void {
  const collect = page.gc;
  if (collect === undefined) return;
  const touch = createAtRest(() => void collect({ type: 'major', execution: 'async' }), REST_MS, {
    nowMs: () => performance.now(),
    startTimer: (run, ms) => void setTimeout(run, ms),
  });
  for (const name of TOUCHES) page.addEventListener(name, touch, { capture: true, passive: true });
  touch();
}
