import { useWords } from '../../../i18n/use-words.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { togglePane, useSession } from '../../../state/session.ts';
import { contextPaneId, isPaneShown } from '../actions/use-case-commands.ts';
import { insertBest } from './suggest-store.ts';

export const SUGGESTIONS_ID = 'ib-suggestions';

/** Tries so often, a frame apart, until the section that was hidden is drawn. */
const MOST_FRAMES = 60;

function focusSuggestions(): void {
  const pane = contextPaneId(window.innerWidth);
  if (!isPaneShown(pane, useSession.getState().collapsedPanes)) togglePane(pane);
  const attempt = (left: number): void => {
    const section = document.getElementById(SUGGESTIONS_ID);
    const target = section?.querySelector<HTMLElement>('[data-insert]') ?? (left === 0 ? section : null);
    if (target !== null && target !== undefined) target.focus();
    else if (left > 0) requestAnimationFrame(() => attempt(left - 1));
  };
  attempt(MOST_FRAMES);
}

/** What keys and the palette can do with suggested answers. */
export function useSuggestCommands(): readonly Action[] {
  const t = useWords('suggest');
  const isOpen = (): boolean => useSession.getState().route === 'inbox' && useSession.getState().selectedCaseId !== null;
  return [
    {
      id: 'suggest.insert',
      label: t('command.insert'),
      area: 'compose',
      keys: ['y', 'mod+shift+y'],
      when: isOpen,
      run: () => {
        const { selectedCaseId } = useSession.getState();
        if (selectedCaseId !== null) void insertBest(selectedCaseId);
      },
    },
    { id: 'suggest.focus', label: t('command.focus'), area: 'compose', keys: ['shift+y'], when: isOpen, run: focusSuggestions },
  ];
}
