import { Autocomplete } from '@base-ui/react/autocomplete';
import { Check, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { AgentProfile } from '../../shared/domain/coverage/roster.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { nextMinute, useNow } from '../state/clock-store.ts';
import { useMe, useRoster, useRosterIndex } from '../state/roster.ts';
import { useIsInTeam } from '../state/team.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import './switch-person.css';
import { setSwitchPersonOpen, sitDown, useSwitchPerson } from './switch-person.store.ts';

/** True when somebody else may sit down here: others are active, and no hub knows this workstation as one person's. */
export function useHasColleagues(): boolean {
  const { agents } = useRoster();
  const me = useMe();
  const isOnHub = useIsInTeam();
  return !isOnHub && me !== null && agents.some((agent) => agent.isActive && agent.agentId !== me.agentId);
}

/** Asks who sits at this desk now: the active people of the team, with their hub and what their clocks show. */
export function SwitchPerson(): ReactNode {
  const t = useWords('desk');
  const isOpen = useSwitchPerson((state) => state.isOpen);
  const hasColleagues = useHasColleagues();
  return (
    <Dialog open={isOpen && hasColleagues} onOpenChange={setSwitchPersonOpen} title={t('switch.title')} description={t('switch.hint')}>
      <People />
    </Dialog>
  );
}

function People(): ReactNode {
  const t = useWords('desk');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { agents } = useRoster();
  const { hubs } = useRosterIndex();
  const me = useMe();
  const people = agents
    .filter((agent) => agent.isActive)
    .sort((a, b) => Number(b.agentId === me?.agentId) - Number(a.agentId === me?.agentId) || a.name.localeCompare(b.name));
  const hubOf = (agent: AgentProfile): string => (agent.hubId === null ? undefined : hubs.get(agent.hubId)?.name) ?? t('switch.noHub');
  const choose = (agent: AgentProfile): void => {
    setSwitchPersonOpen(false);
    if (agent.agentId !== me?.agentId) void sitDown(agent, me);
  };
  return (
    <Autocomplete.Root
      inline
      open
      items={people}
      filter={(agent: AgentProfile, typed) => matches(`${agent.name} ${hubOf(agent)}`, typed)}
      itemToStringValue={(agent: AgentProfile) => agent.name}
      autoHighlight="always"
      keepHighlight
    >
      <div className="m-input-box">
        <Search aria-hidden="true" />
        <Autocomplete.Input className="m-input" aria-label={t('switch.search')} placeholder={t('switch.search')} />
      </div>
      <Autocomplete.Empty className="m-combobox-empty">{t('switch.empty')}</Autocomplete.Empty>
      <Autocomplete.List className="switch-list" aria-label={t('switch.title')}>
        {(agent: AgentProfile) => (
          <Autocomplete.Item key={agent.agentId} value={agent} className="m-item" onClick={() => choose(agent)}>
            <Avatar name={agent.name} size="sm" />
            <span className="m-item-text truncate">
              {agent.agentId === me?.agentId ? t('switch.me', { name: agent.name }) : agent.name}
            </span>
            <span className="m-item-detail tabular">{`${hubOf(agent)} · ${formats.weekdayTimeIn(now, agent.zone)}`}</span>
            <span className="m-item-check">{agent.agentId === me?.agentId && <Check aria-hidden="true" />}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function matches(words: string, typed: string): boolean {
  const haystack = words.toLocaleLowerCase();
  return typed
    .trim()
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => haystack.includes(word));
}
