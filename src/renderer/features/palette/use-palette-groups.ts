import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import type { SearchHit } from '../../../shared/contract/cases.contract.ts';
import { VIEWS } from '../../../shared/domain/views.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { isPossible, useActionList } from '../../shortcuts/registry.ts';
import { viewKeys } from '../../shortcuts/view-keys.ts';
import { useRoster } from '../../state/roster.ts';
import { openSavedView, useSavedViews } from '../../state/saved-views.ts';
import { openCase, openView, setSearchText, useSession } from '../../state/session.ts';
import { matchScore } from './rank.ts';
import { useWhoItems } from './use-who.ts';
import type { WhoQuestion } from './use-who.ts';

export interface PaletteItem {
  readonly id: string;
  readonly kind: 'recent' | 'action' | 'view' | 'case' | 'person' | 'who';
  readonly label: string;
  readonly detail?: string | undefined;
  readonly keys?: string | undefined;
  readonly isVip?: boolean | undefined;
  /** Choosing it asks something that the palette itself answers. */
  readonly staysOpen?: boolean | undefined;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly id: string;
  readonly label: string;
  readonly items: readonly PaletteItem[];
}

const MAX_CASES = 8;
const MAX_PEOPLE = 4;
const MAX_ACTIONS = 8;

/** What the palette shows for the typed text: recent and frequent things for none, matches of every kind otherwise. */
export function usePaletteGroups(
  typed: string,
  ask: (question: WhoQuestion) => void,
): {
  readonly groups: readonly PaletteGroup[];
  readonly isSearching: boolean;
  readonly isIncomplete: boolean;
} {
  const { t } = useTranslation('frame');
  const text = useDeferredValue(typed.trim());
  const search = useLive('cases.search', text === '' ? null : { text, limit: 40 });
  const found = search.state === 'ready' ? search.value : null;
  const commands = useCommandItems(text);
  const views = useViewItems(text);
  const who = useWhoItems(text, ask);
  const recent = useSession((state) => state.recentCases);
  const groups = useMemo(() => {
    const recentItems = recent.map((each): PaletteItem => ({
      id: `recent.${each.caseId}`,
      kind: 'recent',
      label: each.subject,
      detail: each.contactName,
      run: () => openCase(each.caseId),
    }));
    const whoGroup = { id: 'who', label: t('palette.groups.who'), items: who.items };
    const all: readonly PaletteGroup[] = [
      ...(who.isAsked ? [whoGroup] : []),
      { id: 'recent', label: t('palette.groups.recent'), items: text === '' ? recentItems.slice(0, 5) : [] },
      { id: 'actions', label: t('palette.groups.actions'), items: commands },
      { id: 'views', label: t('palette.groups.views'), items: views },
      ...(who.isAsked ? [] : [whoGroup]),
      { id: 'people', label: t('palette.groups.people'), items: peopleIn(found?.hits ?? [], text) },
      { id: 'cases', label: t('palette.groups.cases'), items: (found?.hits ?? []).slice(0, MAX_CASES).map(caseItem) },
    ];
    return all.filter((group) => group.items.length > 0);
  }, [t, text, recent, commands, views, found, who]);
  return { groups, isSearching: text !== '' && search.state === 'loading', isIncomplete: (found?.notIndexed ?? 0) > 0 };
}

function useCommandItems(text: string): readonly PaletteItem[] {
  const actions = useActionList();
  return useMemo(() => {
    const byId = new Map(actions.filter((action) => action.hidden !== true && isPossible(action)).map((action) => [action.id, action]));
    return [...byId.values()]
      .map((action) => ({ action, score: matchScore(action.label, text) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, text === '' ? 40 : MAX_ACTIONS)
      .map(({ action }): PaletteItem => ({ id: action.id, kind: 'action', label: action.label, keys: action.keys[0], run: action.run }));
  }, [actions, text]);
}

function useViewItems(text: string): readonly PaletteItem[] {
  const { t } = useTranslation('frame');
  const formats = useFormats();
  const { t: tViews } = useTranslation('views');
  const counts = useLiveValue('cases.counts', {}, null);
  const saved = useSavedViews();
  const { agents } = useRoster();
  return useMemo(
    () =>
      [
        ...VIEWS.map((view): PaletteItem => ({
          id: `view.${view}`,
          kind: 'view',
          label: t(`views.${view}`),
          detail: counts === null ? undefined : formats.number(counts[view]),
          keys: viewKeys(view),
          run: () => openView(view),
        })),
        ...saved.map((view): PaletteItem => ({
          id: `view.${view.viewId}`,
          kind: 'view',
          label: view.name,
          detail: view.isShared ? tViews('team') : tViews('mine'),
          run: () => openSavedView(view, agents),
        })),
      ].filter((item) => matchScore(item.label, text) > 0 || matchScore(tViews('go', { name: item.label }), text) > 0),
    [t, tViews, text, counts, saved, agents, formats],
  );
}

function caseItem(hit: SearchHit): PaletteItem {
  const { row } = hit;
  return {
    id: `case.${row.caseId}`,
    kind: 'case',
    label: row.subject,
    detail: row.contactName,
    isVip: row.tier !== 'standard',
    run: () => openCase(row.caseId),
  };
}

/** The people whose name or address matches; choosing one searches the inbox for them. */
function peopleIn(hits: readonly SearchHit[], text: string): readonly PaletteItem[] {
  const people = new Map<string, PaletteItem>();
  for (const { row } of hits) {
    if (people.has(row.contactId) || matchScore(`${row.contactName} ${row.contactAddress}`, text) === 0) continue;
    people.set(row.contactId, {
      id: `person.${row.contactId}`,
      kind: 'person',
      label: row.contactName === '' ? row.contactAddress : row.contactName,
      detail: row.contactAddress,
      isVip: row.tier !== 'standard',
      run: () => {
        openView('all');
        setSearchText(row.contactAddress);
      },
    });
  }
  return [...people.values()].slice(0, MAX_PEOPLE);
}
