import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { setSearchText, useSession } from '../../../state/session.ts';
import { IconButton } from '../../../ui/button.tsx';
import { KeyHint } from '../../../ui/kbd.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { focusCurrentRow } from '../actions/use-case-commands.ts';
import { forgetSearch, recentOf, rememberSearch, useSearch } from '../search/search-store.ts';
import { useSuggestions } from '../search/use-suggestions.ts';

/** How long typing must pause before the search is asked. */
const ASK_AFTER_MS = 110;

/** The search over all cases, with its operators. Results take the place of the list; Escape brings the list back. */
export function SearchBox({ ref }: { readonly ref: RefObject<HTMLInputElement | null> }): ReactNode {
  const t = useWords('inbox');
  const tSearch = useWords('search');
  const asked = useSession((state) => state.searchText);
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  const [caret, setCaret] = useState(asked.length);
  const agentId = useLiveValue('workspace.get', {}, null)?.me?.agentId ?? null;
  const recent = useSearch((state) => recentOf(state, agentId));
  const suggested = useSuggestions(typed, caret);
  const isRecent = typed === '' && recent.length > 0;
  const suggestions = isRecent
    ? recent.map((text) => ({ typed: text, caret: text.length, word: text, meaning: '', removeLabel: tSearch('forget', { text }) }))
    : suggested;
  useRemembered(agentId);
  // Cleared from elsewhere, such as by choosing a view.
  if (asked !== known) {
    setKnown(asked);
    setTyped(asked);
  }
  useEffect(() => {
    if (typed === asked) return undefined;
    const timer = setTimeout(() => {
      setKnown(typed);
      setSearchText(typed);
    }, ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, asked]);

  const leave = (): void => {
    rememberSearch(agentId, asked);
    setTyped('');
    setSearchText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      leave();
      event.currentTarget.blur();
      focusCurrentRow();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      setSearchText(typed);
      rememberSearch(agentId, typed);
      event.currentTarget.blur();
      focusCurrentRow();
    }
  };
  return (
    <search className="ib-search">
      <SuggestField
        ref={ref}
        label={t('search.label')}
        listLabel={isRecent ? tSearch('recent') : tSearch('suggestions')}
        placeholder={t('search.placeholder')}
        value={typed}
        onChange={(next, at) => {
          setTyped(next);
          setCaret(at);
        }}
        suggestions={suggestions}
        onKeyDown={onKeyDown}
        onRemove={({ word }) => forgetSearch(agentId, word)}
        footer={
          isRecent ? (
            <p className="m-suggestions-foot">
              <span>{tSearch('recent')}</span>
              <span>{tSearch('forgetKey')}</span>
            </p>
          ) : undefined
        }
        leading={<Search aria-hidden="true" />}
        trailing={
          typed === '' ? (
            <KeyHint keys="/" />
          ) : (
            <IconButton size="sm" label={t('search.clear')} icon={<X aria-hidden="true" />} onClick={leave} />
          )
        }
      />
    </search>
  );
}

/** A search is meant when a case of it is opened. */
function useRemembered(agentId: AgentId | null): void {
  const selected = useSession((state) => state.selectedCaseId);
  const before = useRef(selected);
  useEffect(() => {
    const { searchText, savedViewId } = useSession.getState();
    if (selected !== null && selected !== before.current && savedViewId === null) rememberSearch(agentId, searchText);
    before.current = selected;
  }, [selected, agentId]);
}
