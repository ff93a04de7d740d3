import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { SearchHit } from '../../../shared/contract/cases.contract.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { formatCaseQuery } from '../../../shared/domain/query/format-case-query.ts';
import { useRoster } from '../../state/roster.ts';
import { openView, setSearchText } from '../../state/session.ts';
import { noteVisit } from '../../state/visits.ts';
import type { PaletteItem } from './palette-item.ts';
import { matchScore, ranked } from './rank.ts';
import { useHabits, useVisits } from './use-habits.ts';

const MAX_PEOPLE = 5;
const MAX_ALONE = 60;

/** Colleagues and customers that match; choosing one shows their cases. Without words, those that were visited, then the team. */
export function usePeopleItems(text: string, hits: readonly SearchHit[], isAlone: boolean): readonly PaletteItem[] {
  const t = useWords('keys');
  const { agents } = useRoster();
  const visits = useVisits();
  const habits = useHabits();
  return useMemo(() => {
    if (text === '' && !isAlone) return [];
    const people = new Map<string, { readonly item: PaletteItem; readonly words: string }>();
    for (const visit of visits) {
      if (visit.kind === 'person' && visit.title !== '')
        people.set(visit.target, {
          item: customer(visit.target, visit.title, visit.detail, false),
          words: `${visit.title} ${visit.detail}`,
        });
    }
    for (const agent of agents) {
      if (agent.isActive) people.set(agent.agentId, { item: colleague(agent, agents, t('palette.colleague')), words: agent.name });
    }
    for (const { row } of hits) {
      const name = row.contactName === '' ? row.contactAddress : row.contactName;
      people.set(row.contactId, {
        item: customer(row.contactId, name, row.contactAddress, row.tier !== 'standard'),
        words: `${row.contactName} ${row.contactAddress}`,
      });
    }
    const found = ranked(
      [...people].map(([id, { item, words }]) => ({ thing: item, score: matchScore(words, text), habit: habits('person', id) })),
    );
    return found.slice(0, isAlone ? MAX_ALONE : MAX_PEOPLE);
  }, [text, hits, isAlone, agents, visits, habits, t]);
}

/** A customer as an item that shows all of their cases. */
export function customer(contactId: string, name: string, address: string, isVip: boolean): PaletteItem {
  return {
    id: `person.${contactId}`,
    kind: 'person',
    label: name,
    detail: address === name ? undefined : address,
    isVip,
    run: () => {
      noteVisit('person', contactId);
      openView('all');
      setSearchText(address === '' ? name : address);
    },
  };
}

/** A colleague as an item that shows what they have. */
export function colleague(agent: AgentProfile, agents: readonly AgentProfile[], detail: string): PaletteItem {
  return {
    id: `person.${agent.agentId}`,
    kind: 'person',
    label: agent.name,
    detail,
    run: () => {
      noteVisit('person', agent.agentId);
      openView('all');
      setSearchText(formatCaseQuery({ conditions: [{ field: 'assignee', not: false, values: [agent.agentId] }], text: '' }, agents));
    },
  };
}
