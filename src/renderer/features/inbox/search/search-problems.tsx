import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { QueryProblem } from '../../../../shared/domain/query/parse-case-query.ts';

/** So many are told in words: more would push the list off the screen. */
const MOST_TOLD = 3;

/** What of a search was not understood. What is being written is no problem yet. */
export function SearchProblems({ problems }: { readonly problems: readonly QueryProblem[] }): ReactNode {
  const t = useWords('search');
  const told = problems.flatMap(({ code, ...rest }) => (code === 'empty' ? [] : [{ code, ...rest }]));
  if (told.length === 0) return null;
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
      {rest > 0 && (
        <li>
          <CircleAlert aria-hidden="true" /> {t('moreProblems', { count: rest })}
        </li>
      )}
    </ul>
  );
}
