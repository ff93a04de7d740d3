import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { SearchHit } from '../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import { openCase, openView, setSearchText } from '../../state/session.ts';
import type { PaletteGroup, PaletteItem } from './palette-item.ts';
import { caseIdIn, scopeOf } from './scope.ts';
import type { Scope } from './scope.ts';
import { useCommandItems } from './use-command-items.ts';
import { usePeopleItems } from './use-people-items.ts';
import { useRecentItems } from './use-recent-items.ts';
import { useViewItems } from './use-view-items.ts';
import { useWhoItems } from './use-who.ts';
import type { WhoQuestion } from './use-who.ts';

const MAX_CASES = 8;
const MAX_CASES_ALONE = 40;
const EVERYTHING = ['case', 'view', 'person'] as const;
const CASES = ['case'] as const;
const NO_HITS: readonly SearchHit[] = [];

/** What the palette shows for the typed text: recent and frequent things for none, matches of every kind, or of one, otherwise. */
export function usePaletteGroups(
  typed: string,
  ask: (question: WhoQuestion) => void,
): {
  readonly groups: readonly PaletteGroup[];
  readonly scope: Scope;
  readonly isSearching: boolean;
  readonly isIncomplete: boolean;
} {
  const t = useWords('frame');
  const tKeys = useWords('keys');
  const { scope, text } = scopeOf(typed);
  const asksCases = text !== '' && scope !== 'commands' && scope !== 'views';
  const search = useLive('cases.search', asksCases ? { text: text.slice(0, 500), limit: 40 } : null);
  const found = search.state === 'ready' && asksCases ? search.value : null;
  const hits = found?.hits ?? NO_HITS;
  const commands = useCommandItems(text, scope === 'commands');
  const views = useViewItems(text);
  const people = usePeopleItems(text, hits, scope === 'people');
  const who = useWhoItems(scope === 'all' || scope === 'people' ? text : '', ask);
  const recent = useRecentItems(scope === 'cases' ? CASES : EVERYTHING);
  const named = useNamedCase(text);
  const groups = useMemo(() => {
    const cases = [...named, ...hits.slice(0, scope === 'cases' ? MAX_CASES_ALONE : MAX_CASES).map(caseItem)];
    const group = {
      recent: { id: 'recent', label: t('palette.groups.recent'), items: text === '' ? recent : [] },
      actions: { id: 'actions', label: t('palette.groups.actions'), items: commands },
      views: { id: 'views', label: t('palette.groups.views'), items: views },
      who: { id: 'who', label: t('palette.groups.who'), items: who.items },
      people: { id: 'people', label: t('palette.groups.people'), items: people },
      cases: { id: 'cases', label: t('palette.groups.cases'), items: distinct(cases) },
      search: {
        id: 'search',
        label: t('palette.groups.cases'),
        items: text === '' ? [] : [searchItem(text, tKeys('palette.searchMessages', { text }))],
      },
    };
    const order: Readonly<Record<Scope, readonly PaletteGroup[]>> = {
      all: [
        ...(who.isAsked ? [group.who] : []),
        group.recent,
        group.actions,
        group.views,
        group.people,
        ...(who.isAsked ? [] : [group.who]),
        { ...group.cases, items: [...group.cases.items, ...group.search.items] },
      ],
      commands: [group.actions],
      people: [group.people, group.who],
      cases: [group.recent, { ...group.cases, items: [...group.cases.items, ...group.search.items] }],
      views: [group.views],
    };
    return order[scope].filter(({ items }) => items.length > 0);
  }, [t, tKeys, scope, text, recent, commands, views, people, who, hits, named]);
  return { groups, scope, isSearching: asksCases && search.state === 'loading', isIncomplete: (found?.notIndexed ?? 0) > 0 };
}

/** The case that a pasted link or id names. */
function useNamedCase(text: string): readonly PaletteItem[] {
  const caseId = caseIdIn(text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the engine refuses what is no id, and finds none for another
  const detail = useLiveValue('cases.detail', caseId === null ? null : { caseId: caseId as CaseId }, null);
  return useMemo(
    () =>
      detail === null || caseId === null
        ? []
        : [
            {
              id: `case.${detail.caseId}`,
              kind: 'case',
              label: detail.subject,
              detail: detail.contactName,
              run: () => openCase(detail.caseId),
            },
          ],
    [detail, caseId],
  );
}

function caseItem({ row }: SearchHit): PaletteItem {
  return {
    id: `case.${row.caseId}`,
    kind: 'case',
    label: row.subject,
    detail: row.contactName,
    isVip: row.tier !== 'standard',
    run: () => openCase(row.caseId),
  };
}

/** Goes on in the list, which searches every message and shows where it was found. */
function searchItem(text: string, label: string): PaletteItem {
  return {
    id: 'search.messages',
    kind: 'search',
    label,
    run: () => {
      openView('all');
      setSearchText(text);
    },
  };
}

function distinct(items: readonly PaletteItem[]): readonly PaletteItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
