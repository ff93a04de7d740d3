import i18next from 'i18next';
import { create } from 'zustand';
import type { Suggestion, SuggestionSource, Suggestions } from '../../../../shared/contract/suggest.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { openSettings } from '../../../state/session.ts';
import { offerUndo } from '../../../state/undo.ts';
import { showToast } from '../../../ui/toast.tsx';
import { tellFailure } from '../actions/apply-actions.ts';
import { showCase, startWriting } from '../inbox-store.ts';
import { replyArea } from '../macros/insert-macro.ts';
import { useMacros } from '../macros/macro-store.ts';

interface SuggestState {
  /** What is on screen, for the keys. */
  readonly shown: { readonly caseId: CaseId; readonly suggestions: readonly Suggestion[] } | null;
  /** The source that is being read. */
  readonly read: Suggestion | null;
}

export const useSuggestions = create<SuggestState>(() => ({ shown: null, read: null }));

/** A source in a few words: its name. */
export function sourceName(source: SuggestionSource): string {
  const t = i18next.getFixedT(null, 'inbox');
  switch (source.kind) {
    case 'case':
      return source.subject.trim() === '' ? t('conversation.noSubject') : source.subject;
    case 'macro':
    case 'playbook':
      return source.name;
    case 'article':
      return source.heading === '' || source.heading === source.title ? source.title : `${source.title} › ${source.heading}`;
  }
}

/** Puts an answer into the reply: where the cursor is for somebody who is writing, else at its begin. One step of undo; nobody but the person sends it. */
export function insertSuggestion(caseId: CaseId, { source, text }: Suggestion): void {
  const area = replyArea();
  const caret = area !== null && document.activeElement === area ? area.selectionStart : null;
  startWriting(caseId, 'reply');
  const name = sourceName(source);
  const macro = source.kind === 'macro' && source.actions.length > 0 ? { name, actions: source.actions } : null;
  useMacros.setState({ insert: { caseId, text, caret, macro, name: i18next.t('suggest:inserted', { source: name }) } });
  if (source.kind === 'macro') void call('macros.used', { opId: newOperationId(), macroId: source.macroId });
}

/** Inserts the best suggestion, asking for it where the panel that shows them is hidden. */
export async function insertBest(caseId: CaseId): Promise<void> {
  const { shown } = useSuggestions.getState();
  const known = shown?.caseId === caseId ? shown.suggestions : await fetched(caseId);
  const [best] = known ?? [];
  if (best !== undefined) insertSuggestion(caseId, best);
  else if (known !== null) showToast({ title: i18next.t('suggest:nothingToInsert') });
}

async function fetched(caseId: CaseId): Promise<readonly Suggestion[] | null> {
  const answer = await call('suggest.forCase', { caseId, asOf: null });
  if (answer.ok) return answer.value.suggestions;
  tellFailure(answer.error.code, answer.error.detail);
  return null;
}

export function openSource(suggestion: Suggestion): void {
  const { source } = suggestion;
  if (source.kind === 'case') showCase(source.caseId);
  else if (source.kind === 'macro') openSettings('macros');
  else useSuggestions.setState({ read: suggestion });
}

/** Is not shown for this case again, until that is taken back. */
export async function hideSuggestion(caseId: CaseId, { key }: Suggestion): Promise<void> {
  const opId = newOperationId();
  const hide = async (): Promise<string | null> => {
    const answer = await call('suggest.hide', { opId: newOperationId(), caseId, key });
    return answer.ok ? null : answer.error.code;
  };
  const answer = await call('suggest.hide', { opId, caseId, key });
  if (!answer.ok) return tellFailure(answer.error.code, answer.error.detail);
  return offerUndo({ opId, label: i18next.t('suggest:hidden'), takeBack: async () => show(caseId, key), doAgain: hide });
}

async function show(caseId: CaseId, key: string | null): Promise<string | null> {
  const answer = await call('suggest.show', { opId: newOperationId(), caseId, key });
  return answer.ok ? null : answer.error.code;
}

export async function showHidden(caseId: CaseId): Promise<void> {
  const code = await show(caseId, null);
  if (code === null) showToast({ title: i18next.t('suggest:shownAgain'), tone: 'ok' });
  else tellFailure(code, '');
}

/** How many suggestions there are, for the words of an empty section. */
export function isEmpty({ suggestions, similar }: Suggestions): boolean {
  return suggestions.length === 0 && similar.length === 0;
}
