import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
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
}

/** A search without results says why, as far as that is known, and leads back. */
export function NothingFound({ asked, words, isPart, view, onBack }: NothingFoundProps): ReactNode {
  const t = useWords('inbox');
  const beginning = [...asked].slice(0, MOST_SAID).join('');
  // signs and emoji are in no index
  const hasNoWord = words !== '' && tokensOf(foldText(words)).length === 0;
  return (
    <EmptyState
      icon={<SearchX />}
      title={t('search.noneTitle', { text: beginning.length < asked.length ? `${beginning}…` : asked })}
      description={t(hasNoWord ? 'search.noWord' : isPart ? 'search.nonePart' : 'search.noneText')}
      actions={<Button onClick={onBack}>{t('search.back', { view })}</Button>}
    />
  );
}
