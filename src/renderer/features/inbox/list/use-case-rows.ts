import { useEffect, useMemo, useState } from 'react';
import type { CaseGroup, CaseRow, SearchHit, SearchResult, SearchScope } from '../../../../shared/contract/cases.contract.ts';
import type { Input } from '../../../../shared/contract/contract.ts';
import type { CallError } from '../../../../shared/contract/define.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { CaseQuery, Condition } from '../../../../shared/domain/query/case-query.ts';
import { conditionsOfGroup } from '../../../../shared/domain/saved-view.ts';
import type { Grouping } from '../../../../shared/domain/saved-view.ts';
import type { SortId, ViewId } from '../../../../shared/domain/views.ts';
import { useLive } from '../../../bridge/use-live.ts';
import type { Live } from '../../../bridge/live-queries.ts';
import { useSession } from '../../../state/session.ts';
import { viewerZone } from '../format/zone-time.ts';
import { keyOfQuestion, showAnswer, useFurther } from '../search/further-store.ts';
import type { Further } from '../search/further-store.ts';
import { useSearch } from '../search/search-store.ts';
import { useListsInReserve } from './lists-in-reserve.ts';

/** How many rows are asked for at first, and how many more whenever the end comes near. */
export const PAGE_SIZE = 200;
const MAX_ROWS = 5_000;
const GROUPED_ROWS = 1_000;
/** Of one group no more are shown. */
export const WHOLE_ROWS = 2_000;
const SEARCH_LIMIT = 100;

export interface CaseRows {
  readonly state: 'loading' | 'ready' | 'error';
  readonly rows: readonly CaseRow[];
  readonly total: number;
  readonly error: CallError | null;
  /** What was found in each case, when this is a search. */
  readonly hits: ReadonlyMap<CaseId, SearchHit> | null;
  /** How many cases of the whole list stand in each group; null where nothing is grouped or it is not known yet. */
  readonly groups: readonly CaseGroup[] | null;
  /** All cases of the group that was asked for. */
  readonly whole: { readonly key: string; readonly rows: readonly CaseRow[] } | null;
  /** The answer to an earlier question, shown until the one to this question is there. */
  readonly isEarlier: boolean;
  readonly notIndexed: number;
  /** What was looked through, with what was looked through further back; null where no words are searched for. */
  readonly scope: SearchScope | null;
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

/**
 * The cases to list: those of a view, those with a label, those that conditions let through, or those in which a text is found among them.
 * A search without a text is a list like others. Groups are made of the first thousand cases at once, so that they hold what they say.
 */
export function useCaseRows(
  view: ViewId,
  sort: SortId,
  asked: CaseQuery,
  labelFilter: string | null,
  grouping: Grouping = 'none',
  wholeKey: string | null = null,
): CaseRows {
  const isGrouped = grouping !== 'none';
  const isSearch = asked.text !== '' || asked.conditions.length > 0;
  const zone = viewerZone();
  const conditions = useMemo(
    (): readonly Condition[] =>
      isSearch ? asked.conditions : labelFilter === null ? [] : [{ field: 'label', not: false, values: [labelFilter] }],
    [isSearch, asked.conditions, labelFilter],
  );
  const filter = conditions.length === 0 ? undefined : { conditions, zone };
  const shown = isSearch ? { view: 'all' as const, sort } : { view: labelFilter === null ? view : ('all' as const), sort };
  const listKey = `${shown.view} ${shown.sort} ${JSON.stringify(conditions)}`;
  const [limit, setLimit] = useState({ key: listKey, rows: PAGE_SIZE });
  const rowLimit = isGrouped ? GROUPED_ROWS : limit.key === listKey ? limit.rows : PAGE_SIZE;
  const listed = { ...shown, limit: rowLimit, ...(filter === undefined ? {} : { filter }) };
  const list = useKept(useLive('cases.list', asked.text === '' ? listed : null), listKey);
  useListsInReserve(asked.text === '' && rowLimit === PAGE_SIZE ? listed : null);
  const groups = useGroups({ ...shown, conditions, grouping: asked.text === '' ? grouping : 'none', wholeKey });
  const found = useFound(asked.text, filter);

  if (asked.text !== '') return found;
  if (list.state === 'error') return { ...EMPTY, state: 'error', error: list.error };
  if (list.state === 'loading') return EMPTY;
  const { rows, total } = list.value;
  return {
    ...EMPTY,
    state: 'ready',
    rows,
    total,
    ...groups,
    grow: () => {
      if (!isGrouped && rows.length < total && rows.length >= rowLimit && rowLimit < MAX_ROWS)
        setLimit({ key: listKey, rows: rowLimit + PAGE_SIZE });
    },
  };
}

const EMPTY: CaseRows = {
  state: 'loading',
  rows: NO_ROWS,
  total: 0,
  error: null,
  hits: null,
  groups: null,
  whole: null,
  isEarlier: false,
  notIndexed: 0,
  scope: null,
  grow: () => undefined,
};

type Filter = NonNullable<Input<'cases.search'>['filter']>;

interface GroupedList {
  readonly view: ViewId;
  readonly sort: SortId;
  readonly conditions: readonly Condition[];
  readonly grouping: Grouping;
  readonly wholeKey: string | null;
}

/** How many cases stand in each group, and all of the one that was asked for. */
function useGroups({ view, sort, conditions, grouping, wholeKey }: GroupedList): Pick<CaseRows, 'groups' | 'whole'> {
  const zone = useSession((state) => state.zone);
  const filter = conditions.length === 0 ? {} : { filter: { conditions, zone } };
  const groups = useLive('cases.countGroups', grouping === 'none' ? null : { view, zone, grouping, ...filter });
  const isWhole = grouping !== 'none' && wholeKey !== null;
  const inGroup = { zone, conditions: isWhole ? [...conditions, ...conditionsOfGroup(grouping, wholeKey)] : [] };
  const whole = useLive('cases.list', isWhole ? { view, sort, limit: WHOLE_ROWS, filter: inGroup } : null);
  return {
    groups: groups.state === 'ready' ? groups.value : null,
    whole: isWhole && whole.state === 'ready' ? { key: wholeKey, rows: whole.value.rows } : null,
  };
}

/** What a search for words finds, with what was found further back; nothing is asked without any. */
function useFound(text: string, filter: Filter | undefined): CaseRows {
  const order = useSearch((state) => state.order);
  const question = { text, order, ...(filter === undefined ? {} : { filter }) };
  const questionKey = keyOfQuestion(question);
  const live = useLive('cases.search', text === '' ? null : { ...question, limit: SEARCH_LIMIT });
  const search = useKept(live, `search ${text === '' ? '' : 'on'}`);
  const further = useFurther((state) => (state.key === questionKey ? state : null));
  const answer = live.state === 'ready' ? live.value : null;
  useEffect(() => {
    showAnswer(text === '' ? null : question, answer);
    // the key says everything about the question
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [questionKey, answer]);
  return { ...fromSearch(search, further), isEarlier: live.state === 'loading' };
}

interface Shown {
  readonly further: readonly SearchHit[];
  readonly rows: readonly CaseRow[];
  readonly hits: ReadonlyMap<CaseId, SearchHit>;
}
const NONE: readonly SearchHit[] = [];
const shownOf = new WeakMap<readonly SearchHit[], Shown>();

/** The answer, and below it what was found further back. */
function fromSearch(search: Live<SearchResult>, beyond: Further | null): CaseRows {
  if (search.state === 'error') return { ...EMPTY, state: 'error', error: search.error };
  if (search.state === 'loading') return EMPTY;
  const { hits, notIndexed, scope } = search.value;
  const further = beyond?.hits ?? NONE;
  const known = shownOf.get(hits);
  const shown = known?.further === further ? known : joined(hits, further);
  shownOf.set(hits, shown);
  return {
    ...EMPTY,
    state: 'ready',
    rows: shown.rows,
    total: shown.rows.length,
    hits: shown.hits,
    notIndexed,
    scope: beyond?.scope ?? scope,
  };
}

function joined(hits: readonly SearchHit[], further: readonly SearchHit[]): Shown {
  const all = new Map(hits.map((hit) => [hit.row.caseId, hit]));
  for (const hit of further) if (!all.has(hit.row.caseId)) all.set(hit.row.caseId, hit);
  return { further, rows: [...all.values()].map((hit) => hit.row), hits: all };
}
