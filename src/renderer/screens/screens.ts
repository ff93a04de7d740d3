import { lazyScreen } from './lazy-screen.tsx';
import { whenIdle } from './when-idle.ts';

/** The screens beside the inbox and the dialogs over it: half of the code of the page, which the first picture does not wait for. */
export const outbox = lazyScreen(async () => (await import('../features/outbox/outbox-screen.tsx')).OutboxScreen);
export const handoffs = lazyScreen(async () => (await import('./handoffs.tsx')).Handoffs);
export const conflicts = lazyScreen(async () => (await import('../features/conflicts/conflicts-screen.tsx')).ConflictsScreen);
export const coverage = lazyScreen(async () => (await import('./coverage.tsx')).Coverage);
export const settings = lazyScreen(async () => (await import('./settings.tsx')).Settings);
export const dialogs = lazyScreen(async () => (await import('./dialogs.tsx')).Dialogs);

const ALL = [dialogs, handoffs, outbox, settings, coverage, conflicts];
/** After so long without a free moment they come all the same. */
const LONGEST_MS = 2_000;

/** Brings all of them, one after the other, whenever the page has nothing else to do. */
export function bringScreens(): () => void {
  let stop = (): void => undefined;
  let isOver = false;
  const bring = async (): Promise<void> => {
    for (const screen of ALL) {
      await new Promise<void>((resolve) => {
        stop = whenIdle(resolve, LONGEST_MS);
      });
      if (isOver) return;
      await screen.load();
    }
  };
  void bring();
  return () => {
    isOver = true;
    stop();
  };
}
