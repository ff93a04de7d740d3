import { useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';

/** The team by id. */
export interface People {
  readonly me: AgentId | null;
  /** `You` for the reader; a general word for somebody who is not known here. */
  nameOf(agentId: AgentId | null): string;
  /** The name that colleagues know, also of the reader. */
  ownNameOf(agentId: AgentId | null): string;
}

export function usePeople(): People {
  const t = useWords('inbox');
  const workspace = useLiveValue('workspace.get', {}, null);
  return useMemo(() => {
    const names = new Map(workspace?.agents.map((agent) => [agent.agentId, agent.name]));
    const me = workspace?.me?.agentId ?? null;
    const ownNameOf = (agentId: AgentId | null): string => (agentId === null ? null : names.get(agentId)) ?? t('conversation.colleague');
    return { me, ownNameOf, nameOf: (agentId) => (agentId !== null && agentId === me ? t('conversation.you') : ownNameOf(agentId)) };
  }, [workspace, t]);
}
