import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { QueryProblem } from '../../../../shared/domain/query/parse-case-query.ts';

/** So many are told in words: more would push the list off the screen. */
const MOST_TOLD = 3;

/** `-refund`, which elsewhere leaves out what has the word; not what stands in quotes. */
const LEFT_OUT = /(?<=^|\s)-(\p{L}[^\s"“”„]*)/u;
const QUOTED = /["“”„][^"“”„]*(?:["“”„]|$)/gu;

export interface SearchProblemsProps {
  readonly problems: readonly QueryProblem[];
  /** What is looked for. */
  readonly words: string;
}

/** What of a search was not understood, or means something else elsewhere. What is being written is no problem yet. */
export function SearchProblems({ problems, words }: SearchProblemsProps): ReactNode {
  const t = useWords('search');
  const told = problems.flatMap(({ code, ...rest }) => (code === 'empty' ? [] : [{ code, ...rest }]));
  const leftOut = LEFT_OUT.exec(words.replaceAll(QUOTED, ' '))?.[1];
  if (told.length === 0 && leftOut === undefined) return null;
  // a line that only says that there is one more takes as much room as the one
  const shown = told.length > MOST_TOLD ? told.slice(0, MOST_TOLD - 1) : told;
  const rest = told.length - shown.length;
  return (
    <ul className="ib-search-problems" role="status">
      {shown.map(({ code, name, value, start }) => (
        <li key={start}>
          <CircleAlert aria-hidden="true" /> {t(`problem.${code}`, { name, value })}
        </li>
      ))}
      {leftOut !== undefined && (
        <li>
          <CircleAlert aria-hidden="true" /> {t('leftOut', { word: leftOut })}
        </li>
      )}
      {rest > 0 && (
        <li>
          <CircleAlert aria-hidden="true" /> {t('moreProblems', { count: rest })}
        </li>
      )}
    </ul>
  );
}
