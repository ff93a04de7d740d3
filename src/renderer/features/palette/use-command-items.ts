import i18next from 'i18next';
import { useMemo } from 'react';
import { keysOf } from '../../../shared/domain/desk/key-map.ts';
import { CATALOGUE, entryOf, wayTo } from '../../shortcuts/catalogue.ts';
import type { CatalogueEntry } from '../../shortcuts/catalogue.ts';
import { inEnglish } from '../../shortcuts/in-english.ts';
import { actionRegistry, isPossible, useActionList } from '../../shortcuts/registry.ts';
import type { Action } from '../../shortcuts/registry.ts';
import { showToast } from '../../ui/toast.tsx';
import type { PaletteItem } from './palette-item.ts';
import { matchScore, ranked } from './rank.ts';
import { goAndRun, runCommand, whyNotOf } from './run-command.ts';
import { useHabits } from './use-habits.ts';

const MAX_TYPED = 10;
const MAX_UNTYPED = 40;
const MAX_SCOPED = 200;

/**
 * The commands that match: those that can be done now, those of other screens, and, once something is typed, those that can not be done now,
 * with why.
 * @param isAlone nothing but commands is looked for
 */
export function useCommandItems(text: string, isAlone: boolean): readonly PaletteItem[] {
  const actions = useActionList();
  const habits = useHabits();
  return useMemo(() => {
    const here = new Map<string, Action>();
    for (const action of actions) {
      const before = here.get(action.id);
      // of two with one id the one that can be done counts
      if (action.hidden !== true && (before === undefined || isPossible(action) || !isPossible(before))) here.set(action.id, action);
    }
    const isWide = isAlone || text !== '';
    const items = [
      ...[...here.values()].filter((action) => isWide || action.onlyTyped !== true).map((action) => itemOf(action)),
      ...(isWide ? CATALOGUE.filter((entry) => isElsewhere(entry, here)).map(elsewhere) : []),
    ];
    const found = ranked(
      items.map(({ item, words }) => ({
        thing: item,
        score: matchScore(words, text) - (item.whyNot === undefined ? 0 : 0.5),
        habit: habits('command', item.id),
      })),
    );
    const shown = isWide ? found : found.filter((item) => item.whyNot === undefined);
    return shown.slice(0, isAlone ? MAX_SCOPED : text === '' ? MAX_UNTYPED : MAX_TYPED);
  }, [actions, text, isAlone, habits]);
}

interface Offered {
  readonly item: PaletteItem;
  readonly words: string;
}

function itemOf(action: Action): Offered {
  const words = `${action.label} ${inEnglish(action.id)} ${action.keywords ?? ''}`;
  const base = { id: action.id, kind: 'action', label: action.label, keys: action.keys[0] } as const;
  if (isPossible(action)) return { words, item: { ...base, run: () => runCommand(action) } };
  const whyNot = whyNotOf(action);
  return {
    words,
    item: { ...base, whyNot, detail: whyNot, staysOpen: true, run: () => showToast({ title: action.label, description: whyNot }) },
  };
}

/** A command of another screen, to which there is a way. */
function isElsewhere(entry: CatalogueEntry, here: ReadonlyMap<string, Action>): boolean {
  return entry.isHidden !== true && !here.has(entry.id) && wayTo(entry.place) !== null;
}

function elsewhere(entry: CatalogueEntry): Offered {
  const label = entry.label();
  return {
    words: `${label} ${inEnglish(entry.id)}`,
    item: {
      id: entry.id,
      kind: 'action',
      label,
      detail: placeText(entry.place),
      keys: keysOf(entryOf(entry.id) ?? entry, actionRegistry.keyMap())[0],
      run: () => goAndRun(entry),
    },
  };
}

const PLACES = ['inbox', 'handoffs.lanes', 'handoffs.sweep', 'handoffs.brief', 'handoffs.promises', 'plan', 'conflicts'] as const;

function placeText(place: string): string | undefined {
  const known = PLACES.find((each) => each === place);
  return known === undefined ? undefined : i18next.t('keys:palette.goesTo', { place: i18next.t(`keys:place.${known}`) });
}
