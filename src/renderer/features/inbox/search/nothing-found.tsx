import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { nearOperator } from '../../../../shared/domain/query/near-operator.ts';
import { foldText } from '../../../../shared/domain/search-fold.ts';
import { tokensOf } from '../../../../shared/domain/search-text.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

/** So much of what was asked is said again. */
const MOST_SAID = 60;

export interface NothingFoundProps {
  /** What was typed. */
  readonly asked: string;
  /** The words of it that were looked for. */
  readonly words: string;
  /** Not everything was searched. */
  readonly isPart: boolean;
  /** The name of the list to go back to. */
  readonly view: string;
  readonly onBack: () => void;
  /** Searches for something else. */
  readonly onSearch: (text: string) => void;
}

/** A search without results says why, as far as that is known, and leads back. */
export function NothingFound({ asked, words, isPart, view, onBack, onSearch }: NothingFoundProps): ReactNode {
  const t = useWords('inbox');
  const beginning = [...asked].slice(0, MOST_SAID).join('');
  // signs and emoji are in no index
  const hasNoWord = words !== '' && tokensOf(foldText(words)).length === 0;
  const near = nearOperator(asked);
  return (
    <EmptyState
      icon={<SearchX />}
      title={t('search.noneTitle', { text: beginning.length < asked.length ? `${beginning}…` : asked })}
      description={
        near === null
          ? t(hasNoWord ? 'search.noWord' : isPart ? 'search.nonePart' : 'search.noneText')
          : t('search.mistyped', { typed: near.typed, meant: near.meant })
      }
      actions={
        <>
          {near !== null && (
            <Button variant="primary" onClick={() => onSearch(near.corrected)}>
              {t('search.asMeant', { meant: near.meant })}
            </Button>
          )}
          <Button onClick={onBack}>{t('search.back', { view })}</Button>
        </>
      }
    />
  );
}
