import { createContext, use, useDeferredValue, useMemo } from 'react';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import { parseCaseQuery } from '../../../../shared/domain/query/parse-case-query.ts';
import { foldText } from '../../../../shared/domain/search-fold.ts';
import { findClause, parseQuery } from '../../../../shared/domain/search-text.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { useSession } from '../../../state/session.ts';

/** Messages that are opened for what is in them: a common word is in all of a long conversation. */
const MOST_OPEN = 40;

/** What is looked for in the open conversation; null where nothing is. */
export const FindQuery = createContext<Query | null>(null);

/** The words of the search that led here. */
export function useSearchedWords(): Query | null {
  const typed = useDeferredValue(useSession((state) => state.searchText));
  return useMemo(() => {
    // who is named by conditions is nothing to look for in a text
    const query = parseQuery(parseCaseQuery(typed, []).text);
    return query.clauses.length === 0 ? null : query;
  }, [typed]);
}

/** Whether any of the words is in a text. */
export function isFoundIn(text: string, query: Query | null): boolean {
  if (query === null || text === '') return false;
  const folded = foldText(text);
  return query.clauses.some((clause) => findClause(folded, clause, 1).length > 0);
}

/** Whether something of what is looked for is in this text of the open conversation. */
export function useIsFound(text: string): boolean {
  const query = use(FindQuery);
  return useMemo(() => isFoundIn(text, query), [text, query]);
}

/** Which messages have the words in them, and how many of the newest entries must be drawn to show the oldest of those. */
export function foundIn(
  items: readonly TimelineItem[],
  query: Query | null,
): { readonly messageIds: readonly MessageId[]; readonly reach: number } {
  if (query === null) return { messageIds: [], reach: 0 };
  const written = items.filter((item) => item.kind !== 'event');
  const has = (item: (typeof written)[number]): boolean =>
    isFoundIn(item.text, query) || (item.kind === 'message' && item.attachments.some(({ name }) => isFoundIn(name, query)));
  const found = written.flatMap((item, index) => (has(item) ? [{ index, messageId: item.messageId }] : [])).slice(-MOST_OPEN);
  const [oldest] = found;
  return { messageIds: found.map(({ messageId }) => messageId), reach: oldest === undefined ? 0 : written.length - oldest.index };
}
