import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { setSearchText, useSession } from '../../../state/session.ts';
import { IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { focusCurrentRow } from '../actions/use-case-commands.ts';

/** How long typing must pause before the search is asked. */
const ASK_AFTER_MS = 110;

/** The search over all cases. Results take the place of the list; Escape brings the list back. */
export function SearchBox({ ref }: { readonly ref: Ref<HTMLInputElement> }): ReactNode {
  const { t } = useTranslation('inbox');
  const asked = useSession((state) => state.searchText);
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
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
      <TextField
        ref={ref}
        label={t('search.label')}
        hideLabel
        placeholder={t('search.placeholder')}
        value={typed}
        onChange={setTyped}
        onKeyDown={onKeyDown}
        type="text"
        spellCheck={false}
        autoComplete="off"
        enterKeyHint="search"
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
