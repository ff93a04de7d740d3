import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { VIEWS } from '../../../shared/domain/views.ts';
import { keysOf } from '../../../shared/domain/desk/key-map.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { inEnglish } from '../../shortcuts/in-english.ts';
import { actionRegistry } from '../../shortcuts/registry.ts';
import { viewKeys } from '../../shortcuts/view-keys.ts';
import { useOwnNames } from '../../state/own-names.ts';
import { useRoster } from '../../state/roster.ts';
import { openSavedView, useSavedViews } from '../../state/saved-views.ts';
import { openView } from '../../state/session.ts';
import type { PaletteItem } from './palette-item.ts';
import { matchScore, ranked } from './rank.ts';
import { useHabits } from './use-habits.ts';

/** The standing views and the saved ones that match, by the name the page has for them. */
export function useViewItems(text: string): readonly PaletteItem[] {
  const all = useAllViews();
  const tViews = useWords('views');
  const habits = useHabits();
  return useMemo(
    () =>
      ranked(
        [...all].map(([view, item]) => ({
          thing: item,
          score: Math.max(
            matchScore(item.label, text),
            matchScore(tViews('go', { name: item.label }), text),
            matchScore(inEnglish(`go.view.${view}`), text),
          ),
          // without words they stay in their own order
          habit: text === '' ? 0 : habits('view', view),
        })),
      ),
    [all, tViews, text, habits],
  );
}

/** Every view there is, by what a visit calls it. */
export function useAllViews(): ReadonlyMap<string, PaletteItem> {
  const t = useWords('frame');
  const formats = useFormats();
  const tViews = useWords('views');
  const counts = useLiveValue('cases.counts', {}, null);
  const saved = useSavedViews();
  const { agents } = useRoster();
  const own = useOwnNames();
  return useMemo(
    () =>
      new Map<string, PaletteItem>([
        ...VIEWS.map((view): [string, PaletteItem] => [
          view,
          {
            id: `view.${view}`,
            kind: 'view',
            label: t(`views.${view}`),
            detail: counts === null ? undefined : formats.number(counts[view]),
            keys: keysOf({ id: `go.view.${view}`, keys: [viewKeys(view)] }, actionRegistry.keyMap())[0],
            run: () => openView(view),
          },
        ]),
        ...saved.map((view): [string, PaletteItem] => [
          view.viewId,
          {
            id: `view.${view.viewId}`,
            kind: 'view',
            label: view.name,
            detail: view.isShared ? tViews('team') : tViews('mine'),
            run: () => openSavedView(view, agents, own),
          },
        ]),
      ]),
    [t, tViews, counts, saved, agents, own, formats],
  );
}
