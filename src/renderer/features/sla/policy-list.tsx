import { GripVertical } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { clock } from '../../state/clock-store.ts';
import { Badge } from '../../ui/badge.tsx';
import type { CalendarDraft, PolicyDraft } from './rules-draft.ts';
import { countPolicyFaults, policyFaults } from './rules-problems.ts';
import { movePolicy, useRules } from './rules.store.ts';
import { useConditionsText } from './use-conditions-text.ts';

export interface PolicyListProps {
  readonly policies: readonly PolicyDraft[];
  readonly calendars: readonly CalendarDraft[];
  readonly saved: readonly PolicyDraft[];
  readonly shownId: string;
}

/** Policies in the order in which they are asked; the handle moves one by pointer and by arrow keys. */
export function PolicyList({ policies, calendars, saved, shownId }: PolicyListProps): ReactNode {
  const t = useWords('rules');
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [spoken, setSpoken] = useState('');
  const everybody = policies.findIndex((each) => Object.values(each.conditions).every((list) => list === undefined));
  const move = (policy: PolicyDraft, place: number): void => {
    if (place < 0 || place >= policies.length) return;
    movePolicy(policy.id, place);
    setSpoken(t('policies.moved', { name: policy.name, place: place + 1, count: policies.length }));
  };
  const drop = (place: number): void => {
    const policy = policies.find((each) => each.id === dragged);
    setDragged(null);
    setOver(null);
    if (policy !== undefined) move(policy, place);
  };
  return (
    <>
      <ol className="m-rows" aria-label={t('policies.list')}>
        {policies.map((policy, place) => (
          // The pointer's way of what the handle does by key.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={policy.id}
            className="rules-policy"
            data-over={over === place && dragged !== null ? '' : undefined}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(place);
            }}
            onDrop={(event) => {
              event.preventDefault();
              drop(place);
            }}
          >
            <Handle
              policy={policy}
              place={place}
              count={policies.length}
              onMove={(to) => move(policy, to)}
              onDrag={setDragged}
              onEnd={() => {
                setDragged(null);
                setOver(null);
              }}
            />
            <PolicyRow
              policy={policy}
              calendars={calendars}
              place={place}
              isEdited={!saved.includes(policy)}
              isShown={policy.id === shownId}
              above={everybody !== -1 && everybody < place ? (policies[everybody]?.name ?? null) : null}
            />
          </li>
        ))}
      </ol>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </>
  );
}

interface HandleProps {
  readonly policy: PolicyDraft;
  readonly place: number;
  readonly count: number;
  readonly onMove: (place: number) => void;
  readonly onDrag: (id: string) => void;
  readonly onEnd: () => void;
}

function Handle({ policy, place, count, onMove, onDrag, onEnd }: HandleProps): ReactNode {
  const t = useWords('rules');
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(to);
  };
  return (
    <button
      type="button"
      className="rules-handle"
      draggable
      aria-label={t('policies.move', { name: policy.name, place: place + 1, count })}
      onKeyDown={onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', policy.name);
        onDrag(policy.id);
      }}
      onDragEnd={onEnd}
    >
      <GripVertical aria-hidden="true" />
    </button>
  );
}

interface PolicyRowProps {
  readonly policy: PolicyDraft;
  readonly calendars: readonly CalendarDraft[];
  readonly place: number;
  readonly isEdited: boolean;
  readonly isShown: boolean;
  /** The policy above that takes every case, so that this one is never asked. */
  readonly above: string | null;
}

function PolicyRow({ policy, calendars, place, isEdited, isShown, above }: PolicyRowProps): ReactNode {
  const t = useWords('rules');
  const conditions = useConditionsText();
  const faults = countPolicyFaults(policyFaults(policy, calendars, clock.now()));
  return (
    <button
      type="button"
      className="m-row"
      aria-current={isShown ? 'true' : undefined}
      onClick={() => useRules.setState({ policyId: policy.id })}
    >
      <strong className="truncate">
        <span className="tabular muted">{place + 1}</span> {policy.name.trim() || t('policies.newName')}
      </strong>
      <span className="m-row-more muted">{conditions(policy.conditions)}</span>
      {above !== null && <span className="m-row-more rules-unreachable">{t('policies.unreachable', { name: above })}</span>}
      {faults > 0 ? <Badge tone="breach">{t('policies.fault', { count: faults })}</Badge> : isEdited && <Badge>{t('edited')}</Badge>}
    </button>
  );
}
