import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { setSearchText, useSession } from '../../../state/session.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { focusCurrentRow } from '../actions/use-case-commands.ts';
import { useSuggestions } from '../search/use-suggestions.ts';

/** How long typing must pause before the search is asked. */
const ASK_AFTER_MS = 110;

/** The search over all cases, with its operators. Results take the place of the list; Escape brings the list back. */
export function SearchBox({ ref }: { readonly ref: RefObject<HTMLInputElement | null> }): ReactNode {
  const { t } = useTranslation('inbox');
  const { t: tSearch } = useTranslation('search');
  const asked = useSession((state) => state.searchText);
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  const [caret, setCaret] = useState(asked.length);
  const suggestions = useSuggestions(typed, caret);
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
      event.currentTarget.blur();
      focusCurrentRow();
    }
  };
  return (
    <search className="ib-search">
      <SuggestField
        ref={ref}
        label={t('search.label')}
        listLabel={tSearch('suggestions')}
        placeholder={t('search.placeholder')}
        value={typed}
        onChange={(next, at) => {
          setTyped(next);
          setCaret(at);
        }}
        suggestions={suggestions}
        onKeyDown={onKeyDown}
        leading={<Search aria-hidden="true" />}
        trailing={
          typed === '' ? (
            <Kbd keys="/" />
          ) : (
            <IconButton size="sm" label={t('search.clear')} icon={<X aria-hidden="true" />} onClick={leave} />
          )
        }
      />
    </search>
  );
}
