import { GripVertical, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import type { AgentProfile } from '../../../../../shared/domain/coverage/roster.ts';
import type { AgentId } from '../../../../../shared/domain/ids.ts';
import { IconButton } from '../../../../ui/button.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { usePointerDrag } from '../../../../ui/use-pointer-drag.ts';

export interface MemberListProps {
  readonly agents: readonly AgentProfile[];
  readonly value: readonly AgentId[];
  readonly onChange: (agentIds: readonly AgentId[]) => void;
}

interface Dragged {
  readonly item: HTMLElement;
  readonly place: number;
  readonly clientY: number;
  readonly height: number;
}

/** People in the order in which they take turns; the handle moves one by pointer and by arrow keys. */
export function MemberList({ agents, value, onChange }: MemberListProps): ReactNode {
  const t = useWords('plan');
  const list = useRef<HTMLOListElement>(null);
  const [spoken, setSpoken] = useState('');
  const nameOf = (id: AgentId): string => agents.find((agent) => agent.agentId === id)?.name ?? t('shift.unknown');
  const move = (place: number, to: number): void => {
    const member = value[place];
    const target = Math.max(0, Math.min(value.length - 1, to));
    if (member === undefined || target === place) return;
    const others = value.filter((_, index) => index !== place);
    onChange([...others.slice(0, target), member, ...others.slice(target)]);
    setSpoken(t('patterns.memberMoved', { name: nameOf(member), place: target + 1, count: value.length }));
  };
  const placeAfter = ({ place, clientY, height }: Dragged, y: number): number => place + Math.round((y - clientY) / height);
  const drag = usePointerDrag<Dragged>({
    begin: (event) => {
      const item =
        event.target instanceof Element && event.target.closest('.plan-member-handle') !== null
          ? event.target.closest<HTMLElement>('li')
          : null;
      if (item === null) return null;
      return { item, place: [...(list.current?.children ?? [])].indexOf(item), clientY: event.clientY, height: item.offsetHeight };
    },
    move: (dragged, point) => {
      dragged.item.style.transform = `translateY(${point.clientY - dragged.clientY}px)`;
      dragged.item.dataset['dragged'] = '';
    },
    drop: (dragged, point) => {
      rest(dragged);
      move(dragged.place, placeAfter(dragged, point.clientY));
    },
    cancel: rest,
  });
  const onKeyDown = (event: KeyboardEvent, place: number): void => {
    const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: value.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(place, to);
  };
  return (
    <fieldset className="plan-members">
      <legend>{t('patterns.members', { count: value.length })}</legend>
      <ol ref={list} onPointerDown={drag.onPointerDown}>
        {value.map((agentId, place) => (
          <li key={agentId}>
            <button
              type="button"
              className="plan-member-handle"
              aria-label={t('patterns.moveMember', { name: nameOf(agentId), place: place + 1, count: value.length })}
              onKeyDown={(event) => onKeyDown(event, place)}
            >
              <GripVertical aria-hidden="true" />
            </button>
            <span className="tabular muted">{place + 1}</span>
            <span className="truncate">{nameOf(agentId)}</span>
            <IconButton
              size="sm"
              label={t('patterns.removeMember', { name: nameOf(agentId) })}
              icon={<X />}
              onClick={() => onChange(value.filter((each) => each !== agentId))}
            />
          </li>
        ))}
      </ol>
      <Combobox
        label={t('patterns.addMember')}
        value={null}
        onChange={(id) => {
          const agent = agents.find((each) => each.agentId === id);
          if (agent !== undefined) onChange([...value, agent.agentId]);
        }}
        options={agents
          .filter((agent) => agent.isActive && !value.includes(agent.agentId))
          .map((agent) => ({ value: agent.agentId, label: agent.name }))}
      />
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </fieldset>
  );
}

function rest({ item }: Dragged): void {
  item.style.transform = '';
  delete item.dataset['dragged'];
}
