import { useMemo } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { AgentId, HubId } from '../../shared/domain/ids.ts';
import type { Recipient } from '../../shared/domain/handoff/packet.ts';
import { useLiveValue } from '../bridge/use-live.ts';
import { useRosterIndex } from './roster.ts';

/** Names of people and hubs as the page says them. */
export interface TeamNames {
  readonly me: AgentId | null;
  /** `You` for the reader, a general word for somebody who is not known here, empty for nobody. */
  agent(agentId: AgentId | null): string;
  /** The name that colleagues know, also of the reader. */
  ownName(agentId: AgentId | null): string;
  /** Empty for none. */
  hub(hubId: HubId | null): string;
  /** A person, anybody of a hub, or whoever can. */
  recipient(to: Recipient): string;
  /** IANA zone of a person, or of a hub; null when it is not known. */
  zoneOf(agentId: AgentId): string | null;
  hubZone(hubId: HubId): string | null;
}

/** The names of the team; stays the same as long as the team does. */
export function useTeamNames(): TeamNames {
  const t = useWords('handoff');
  const { agents, hubs } = useRosterIndex();
  const workspace = useLiveValue('workspace.get', {}, null);
  return useMemo(() => {
    const me = workspace?.me?.agentId ?? null;
    // who works here is known before there is any roster
    const cards = new Map(workspace?.agents.map((agent) => [agent.agentId, agent]));
    const ownName = (agentId: AgentId | null): string =>
      agentId === null ? '' : (agents.get(agentId)?.name ?? cards.get(agentId)?.name ?? t('recipient.unknown'));
    const agent = (agentId: AgentId | null): string => (agentId !== null && agentId === me ? t('recipient.you') : ownName(agentId));
    const hub = (hubId: HubId | null): string => (hubId === null ? '' : (hubs.get(hubId)?.name ?? hubId));
    return {
      me,
      agent,
      ownName,
      hub,
      recipient: (to) => {
        if (to.kind === 'agent') return agent(to.agentId);
        return to.kind === 'hub' ? t('recipient.hub', { hub: hub(to.hubId) }) : t('recipient.queue');
      },
      zoneOf: (agentId) => agents.get(agentId)?.zone ?? cards.get(agentId)?.zone ?? null,
      hubZone: (hubId) => hubs.get(hubId)?.zone ?? null,
    };
  }, [agents, hubs, workspace, t]);
}
