import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { useRoster } from '../../state/roster.ts';
import { openCase, useSession } from '../../state/session.ts';
import type { PaletteItem } from './palette-item.ts';
import { useVisits } from './use-habits.ts';
import { colleague, customer } from './use-people-items.ts';
import { useAllViews } from './use-view-items.ts';

const MAX_RECENT = 8;

/** Cases, views and people that were visited lately, the newest first, without what is open now. */
export function useRecentItems(kinds: readonly ('case' | 'view' | 'person')[]): readonly PaletteItem[] {
  const t = useWords('keys');
  const tInbox = useWords('inbox');
  const visits = useVisits();
  const views = useAllViews();
  const { agents } = useRoster();
  const openCaseId = useSession((state) => (state.route === 'inbox' ? state.selectedCaseId : null));
  const openViewId = useSession((state) =>
    state.route === 'inbox' && state.selectedCaseId === null ? (state.savedViewId ?? state.view) : null,
  );
  const wanted = kinds.join(' ');
  return useMemo(
    () =>
      visits
        .flatMap(({ kind, target, title, detail }): readonly PaletteItem[] => {
          if (!wanted.split(' ').includes(kind)) return [];
          if (kind === 'case') {
            if (target === openCaseId) return [];
            const label = title.trim() === '' ? tInbox('conversation.noSubject') : title;
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the engine found the case by it
            return [{ id: `recent.${target}`, kind: 'recent', label, detail, run: () => openCase(target as CaseId) }];
          }
          if (kind === 'view') {
            const item = views.get(target);
            return item === undefined || target === openViewId ? [] : [{ ...item, id: `recent.${item.id}` }];
          }
          const agent = agents.find((each) => each.agentId === target);
          const person = agent === undefined ? customer(target, title, detail, false) : colleague(agent, agents, t('palette.colleague'));
          return person.label === '' ? [] : [{ ...person, id: `recent.${person.id}` }];
        })
        .slice(0, MAX_RECENT),
    [visits, views, agents, openCaseId, openViewId, wanted, t, tInbox],
  );
}
