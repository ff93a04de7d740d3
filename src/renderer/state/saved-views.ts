import i18next from 'i18next';
import type { ListedView } from '../../shared/contract/views.contract.ts';
import { makeId } from '../../shared/domain/ids.ts';
import type { SavedViewId } from '../../shared/domain/ids.ts';
import { formatCaseQuery } from '../../shared/domain/query/format-case-query.ts';
import type { OwnNames } from '../../shared/domain/query/own-names.ts';
import type { NamedAgent } from '../../shared/domain/query/parse-case-query.ts';
import type { SavedView } from '../../shared/domain/saved-view.ts';
import { call, newOperationId } from '../bridge/client.ts';
import { useLiveValue } from '../bridge/use-live.ts';
import { showToast } from '../ui/toast.tsx';
import { openQuestion } from './session.ts';
import { offerUndo } from './undo.ts';
import { errorText } from '../i18n/error-text.ts';

const NO_VIEWS: readonly ListedView[] = [];

/** Views that were saved here and by the team, in this person's order. */
export function useSavedViews(): readonly ListedView[] {
  return useLiveValue('views.list', {}, NO_VIEWS);
}

/**
 * @param people to write assignees by name
 * @param own to write the team's kinds and facts by name
 */
export function openSavedView(view: SavedView, people: readonly NamedAgent[], own: OwnNames): void {
  openQuestion(view.viewId, formatCaseQuery(view, people, own));
}

export function newViewId(): SavedViewId {
  return makeId('view', crypto.randomUUID());
}

/** What is kept of a view in the list. */
export function bareView({ viewId, name, conditions, text, sort, hiddenColumns, grouping }: SavedView): SavedView {
  return { viewId, name, conditions, text, sort, hiddenColumns, grouping };
}

const words = () => i18next.getFixedT(null, 'views');

/**
 * Saves a view and offers to take that back.
 * @param before how it was; null for a new one
 * @returns whether it was saved
 */
export async function saveView(view: SavedView, isShared: boolean, before: ListedView | null): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('views.save', { opId, view: bareView(view), isShared });
  if (!answer.ok) {
    tell(answer.error.code);
    return false;
  }
  const done = before === null || before.isShared === isShared ? 'saved' : isShared ? 'shared' : 'unshared';
  offerUndo({
    opId,
    label: words()(`done.${before === null && isShared ? 'shared' : done}`, { name: view.name }),
    takeBack: async () => (before === null ? removed(view.viewId) : saved(before, before.isShared)),
    doAgain: async () => saved(view, isShared),
  });
  return true;
}

export async function removeView(view: ListedView): Promise<void> {
  const opId = newOperationId();
  const answer = await call('views.remove', { opId, viewId: view.viewId });
  if (!answer.ok) tell(answer.error.code);
  else
    offerUndo({
      opId,
      label: words()('done.removed', { name: view.name }),
      takeBack: async () => saved(view, view.isShared),
      doAgain: async () => removed(view.viewId),
    });
}

export async function orderViews(viewIds: readonly SavedViewId[]): Promise<void> {
  const answer = await call('views.order', { opId: newOperationId(), viewIds: [...viewIds] });
  if (!answer.ok) tell(answer.error.code);
}

async function saved(view: SavedView, isShared: boolean): Promise<string | null> {
  const answer = await call('views.save', { opId: newOperationId(), view: bareView(view), isShared });
  return answer.ok ? null : answer.error.code;
}

async function removed(viewId: SavedViewId): Promise<string | null> {
  const answer = await call('views.remove', { opId: newOperationId(), viewId });
  return answer.ok ? null : answer.error.code;
}

function tell(code: string): void {
  const known = code === 'not-allowed' || code === 'too-many' ? code : null;
  showToast({
    title: words()('done.failed'),
    description: known === null ? errorText(i18next.getFixedT(null, 'errors'), code) : words()(`done.${known}`),
    tone: 'problem',
  });
}
