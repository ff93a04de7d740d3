import { useWords } from '../../../i18n/use-words.ts';
import { formatCaseQuery } from '../../../../shared/domain/query/format-case-query.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { setSearchText, useSession } from '../../../state/session.ts';
import { isComposerAwaited, setLabelFilter } from '../inbox-store.ts';
import { setAdding } from './filter-store.ts';
import { UNSOLVED } from './use-question.ts';

/** Opens the conditions of the list; where there are none yet, they begin with what is unsolved. */
export function startFilter(): void {
  if (useSession.getState().searchText.trim() === '') {
    setLabelFilter(null);
    setSearchText(formatCaseQuery({ conditions: [UNSOLVED], text: '' }, []));
  }
  // once the bar is there
  setTimeout(() => setAdding(true));
}

/** The keys of the filter. */
export function useFilterCommands(): readonly Action[] {
  const t = useWords('views');
  return [
    {
      id: 'list.filter',
      label: t('filterCommand'),
      area: 'inbox',
      keys: ['f'],
      when: () => !isComposerAwaited() && useSession.getState().route === 'inbox',
      run: startFilter,
    },
  ];
}
