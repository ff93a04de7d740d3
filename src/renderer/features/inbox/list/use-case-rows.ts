import { useState } from 'react';
import type { CaseRow, SearchHit } from '../../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../../shared/contract/define.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { SortId, ViewId } from '../../../../shared/domain/views.ts';
import { useLive } from '../../../bridge/use-live.ts';
import type { Live } from '../../../bridge/live-queries.ts';

/** How many rows are asked for at first, and how many more whenever the end comes near. */
export const PAGE_SIZE = 200;
const MAX_ROWS = 5_000;
const SEARCH_LIMIT = 100;

export interface CaseRows {
  readonly state: 'loading' | 'ready' | 'error';
  readonly rows: readonly CaseRow[];
  readonly total: number;
  readonly error: CallError | null;
  /** What was found in each case, when this is a search. */
  readonly hits: ReadonlyMap<CaseId, SearchHit> | null;
  readonly notIndexed: number;
  readonly more: boolean;
  /** Asks for more rows, if there are any. */
  readonly grow: () => void;
}

const NO_ROWS: readonly CaseRow[] = [];

/** The newest answer to a query, kept while the same list is asked for again with another length, so that nothing jumps. */
function useKept<Value>(live: Live<Value>, key: string): Live<Value> {
  const [kept, setKept] = useState<{ readonly key: string; readonly live: Live<Value> }>({ key, live });
  if (live.state !== 'loading' && (kept.live !== live || kept.key !== key)) setKept({ key, live });
  else if (live.state === 'loading' && kept.key !== key) setKept({ key, live });
  return live.state === 'loading' && kept.key === key ? kept.live : live;
}

/** The cases to list: those of a view, those with a label, or those that a search found. */
export function useCaseRows(view: ViewId, sort: SortId, searchText: string, labelFilter: string | null): CaseRows {
  const text = searchText.trim();
  const listKey = `${view} ${sort} ${labelFilter ?? ''}`;
  const [limit, setLimit] = useState({ key: listKey, rows: PAGE_SIZE });
  // A label has no query of its own yet: its cases are picked out of all of them.
  const listed =
    labelFilter === null
      ? { view, sort, limit: limit.key === listKey ? limit.rows : PAGE_SIZE }
      : { view: 'all' as const, sort, limit: MAX_ROWS };
  const list = useKept(useLive('cases.list', text === '' ? listed : null), listKey);
  const search = useKept(useLive('cases.search', text === '' ? null : { text, limit: SEARCH_LIMIT }), `search ${text === '' ? '' : 'on'}`);

  if (text !== '') return fromSearch(search);
  if (list.state === 'error') return { ...EMPTY, state: 'error', error: list.error };
  if (list.state === 'loading') return EMPTY;
  const rows = labelFilter === null ? list.value.rows : withLabel(list.value.rows, labelFilter);
  const total = labelFilter === null ? list.value.total : rows.length;
  return {
    ...EMPTY,
    state: 'ready',
    rows,
    total,
    grow: () => {
      const asked = limit.key === listKey ? limit.rows : PAGE_SIZE;
      if (labelFilter === null && rows.length < total && rows.length >= asked && asked < MAX_ROWS)
        setLimit({ key: listKey, rows: asked + PAGE_SIZE });
    },
  };
}

const EMPTY: CaseRows = {
  state: 'loading',
  rows: NO_ROWS,
  total: 0,
  error: null,
  hits: null,
  notIndexed: 0,
  more: false,
  grow: () => undefined,
};

const filtered = new WeakMap<readonly CaseRow[], Map<string, readonly CaseRow[]>>();
function withLabel(rows: readonly CaseRow[], label: string): readonly CaseRow[] {
  const byLabel = filtered.get(rows) ?? new Map<string, readonly CaseRow[]>();
  filtered.set(rows, byLabel);
  const known = byLabel.get(label) ?? rows.filter((row) => row.labels.includes(label));
  byLabel.set(label, known);
  return known;
}

interface Searched {
  readonly hits: readonly SearchHit[];
  readonly notIndexed: number;
  readonly more: boolean;
}
const searched = new WeakMap<readonly SearchHit[], { readonly rows: readonly CaseRow[]; readonly hits: ReadonlyMap<CaseId, SearchHit> }>();

function fromSearch(search: Live<Searched>): CaseRows {
  if (search.state === 'error') return { ...EMPTY, state: 'error', error: search.error };
  if (search.state === 'loading') return EMPTY;
  const { hits, notIndexed, more } = search.value;
  const known = searched.get(hits) ?? { rows: hits.map((hit) => hit.row), hits: new Map(hits.map((hit) => [hit.row.caseId, hit])) };
  searched.set(hits, known);
  return { ...EMPTY, state: 'ready', rows: known.rows, total: known.rows.length, hits: known.hits, notIndexed, more };
}
