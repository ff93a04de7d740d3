import i18next from 'i18next';
import { actionRegistry, isPossible } from '../../shortcuts/registry.ts';
import type { Action } from '../../shortcuts/registry.ts';
import { wayTo } from '../../shortcuts/catalogue.ts';
import type { CatalogueEntry } from '../../shortcuts/catalogue.ts';
import { showToast } from '../../ui/toast.tsx';
import { noteVisit } from '../../state/visits.ts';

/** How long a screen may take to be there. */
const PATIENCE_MS = 2_500;

/** Runs a command that is on screen, and counts it. */
export function runCommand(action: Action): void {
  noteVisit('command', action.id);
  action.run();
}

/** Goes to where a command is heard and runs it there, as soon as it can be done; says why when it can not. */
export function goAndRun(entry: CatalogueEntry): void {
  wayTo(entry.place)?.();
  const tryNow = (): boolean => {
    if (!actionRegistry.run(entry.id)) return false;
    noteVisit('command', entry.id);
    return true;
  };
  const until = performance.now() + PATIENCE_MS;
  const again = (): void => {
    if (tryNow()) return;
    if (performance.now() < until) setTimeout(again, 50);
    else {
      const action = actionRegistry.list().findLast((each) => each.id === entry.id);
      showToast({ title: entry.label(), description: action === undefined ? i18next.t('keys:palette.whyNot.general') : whyNotOf(action) });
    }
  };
  again();
}

/** Labels can be put on any case, so that command is possible as soon as one is open, checked, or under the cursor of the list. */
function isCaseChosen(): boolean {
  const labels = actionRegistry.list().find((each) => each.id === 'case.labels');
  return labels !== undefined && isPossible(labels);
}

/** Why an action can not be done now, in a sentence. */
export function whyNotOf(action: Pick<Action, 'area' | 'whyNot'>): string {
  const own = action.whyNot?.() ?? null;
  if (own !== null) return own;
  if (action.area !== 'case') return i18next.t(`keys:palette.whyNot.${action.area}`);
  return i18next.t(`keys:palette.whyNot.${isCaseChosen() ? 'caseState' : 'case'}`);
}
