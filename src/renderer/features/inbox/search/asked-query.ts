import { useMemo } from 'react';
import { parseCaseQuery } from '../../../../shared/domain/query/parse-case-query.ts';
import type { NamedAgent, ParsedQuery } from '../../../../shared/domain/query/parse-case-query.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useOwnNames } from '../../../state/own-names.ts';
import { useRoster } from '../../../state/roster.ts';

/** The people that a search may name: the roster, and who works here before there is one. */
export function useNamedAgents(): readonly NamedAgent[] {
  const { agents } = useRoster();
  const workspace = useLiveValue('workspace.get', {}, null);
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const agent of workspace?.agents ?? []) names.set(agent.agentId, agent.name);
    for (const agent of agents) names.set(agent.agentId, agent.name);
    return [...names].map(([agentId, name]) => ({ agentId, name }));
  }, [agents, workspace]);
}

/** What the search box asks for; the same object as long as it asks the same. */
export function useAskedQuery(typed: string): ParsedQuery {
  const people = useNamedAgents();
  const own = useOwnNames();
  return useMemo(() => parseCaseQuery(typed, people, own), [typed, people, own]);
}
