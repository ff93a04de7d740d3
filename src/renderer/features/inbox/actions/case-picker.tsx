import { CircleUserRound, Flag, Plus, Tag } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { AgentCard } from '../../../../shared/contract/workspace.contract.ts';
import { PRIORITIES } from '../../../../shared/domain/case.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { compareShifts, useShifts } from '../sla/shift-of.ts';
import type { ShiftState } from '../sla/shift-of.ts';
import { closePicker, useInbox } from '../inbox-store.ts';
import { applyAction } from './apply-actions.ts';
import './case-picker.css';
import { OptionList } from '../../../ui/option-list.tsx';
import { useRowsOf } from './rows-of.ts';
import { SnoozeChoice } from './snooze-choice.tsx';

/** The choice that an action needs: whom, until when, which label, how urgent. */
export function CasePicker(): ReactNode {
  const t = useWords('inbox');
  const picker = useInbox((state) => state.picker);
  const titles = {
    assign: t('action.assignTo'),
    snooze: t('snooze.title'),
    labels: t('labels.title'),
    priority: t('action.priority'),
    status: t('action.status'),
  };
  return (
    <Dialog
      open={picker !== null}
      onOpenChange={closePicker}
      size={picker?.kind === 'snooze' || picker?.kind === 'assign' ? 'md' : 'sm'}
      title={picker === null ? '' : titles[picker.kind]}
      description={picker !== null && picker.caseIds.length > 1 ? t('list.total', { count: picker.caseIds.length }) : undefined}
    >
      {picker?.kind === 'assign' && <AssignChoice caseIds={picker.caseIds} />}
      {picker?.kind === 'snooze' && <SnoozeChoice caseIds={picker.caseIds} />}
      {picker?.kind === 'labels' && <LabelChoice caseIds={picker.caseIds} />}
      {picker?.kind === 'priority' && <PriorityChoice caseIds={picker.caseIds} />}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly caseIds: readonly CaseId[];
}

const NOBODY = 'nobody';
const NO_AGENTS: readonly AgentCard[] = [];

function AssignChoice({ caseIds }: ChoiceProps): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const workspace = useLiveValue('workspace.get', {}, null);
  const agents = workspace?.agents ?? NO_AGENTS;
  const rows = useRowsOf(caseIds);
  const common = rows.every((row) => row.assigneeId === rows[0]?.assigneeId) ? rows[0]?.assigneeId : undefined;
  const shiftOf = useShifts(caseIds);
  const planned = agents.map((agent) => ({ agent, shift: shiftOf(agent.agentId) }));
  planned.sort(
    (a, b) => Number(b.agent.isMe) - Number(a.agent.isMe) || compareShifts(a.shift, b.shift) || a.agent.name.localeCompare(b.agent.name),
  );
  const shiftWords = (shift: ShiftState): string => {
    if (shift.kind === 'unplanned') return '';
    if (shift.kind === 'next') return t('runway.onShiftFrom', { time: formats.soonTime(shift.from, now) });
    return t(shift.kind === 'on' ? 'runway.onShiftUntil' : 'runway.cannot', { time: formats.soonTime(shift.until, now) });
  };
  const options = [
    ...planned.map(({ agent, shift }) => ({
      value: agent.agentId,
      label: agent.isMe ? `${agent.name} (${t('person.you')})` : agent.name,
      detail: [`${agent.hub} ${formats.timeIn(now, agent.zone)}`.trim(), shiftWords(shift)].filter((each) => each !== '').join(' · '),
      icon: <Avatar name={agent.name} size="sm" />,
      isChosen: agent.agentId === common,
      keywords: `${agent.hub} ${agent.languages.join(' ')}`,
    })),
    { value: NOBODY, label: t('person.nobody'), icon: <CircleUserRound aria-hidden="true" />, isChosen: common === null },
  ];
  const choose = (value: string): void => {
    closePicker();
    const agent = agents.find((each) => each.agentId === value);
    const name = agent?.name ?? t('person.nobody');
    void applyAction(caseIds, { kind: 'assign', agentId: agent?.agentId ?? null }, (count) =>
      agent === undefined ? t('done.release', { count }) : t('done.assign', { count, name }),
    );
  };
  return (
    <OptionList
      label={t('action.assignTo')}
      placeholder={t('action.assignTo')}
      options={options}
      emptyText={t('person.nobody')}
      onChoose={choose}
    />
  );
}

function PriorityChoice({ caseIds }: ChoiceProps): ReactNode {
  const t = useWords('inbox');
  const rows = useRowsOf(caseIds);
  const common = rows.every((row) => row.priority === rows[0]?.priority) ? rows[0]?.priority : undefined;
  const options = [...PRIORITIES]
    .reverse()
    .map((value) => ({ value, label: t(`priority.${value}`), icon: <Flag aria-hidden="true" />, isChosen: value === common }));
  const choose = (value: string): void => {
    closePicker();
    const to = PRIORITIES.find((each) => each === value);
    if (to !== undefined)
      void applyAction(caseIds, { kind: 'priority', to }, (count) => t('done.priority', { count, priority: t(`priority.${to}`) }));
  };
  return <OptionList label={t('action.priority')} placeholder={t('action.priority')} options={options} emptyText="" onChoose={choose} />;
}

const NO_LABELS: readonly { readonly label: string; readonly count: number }[] = [];
const CREATE = 'create:';
const MAX_LABEL_LENGTH = 40;

/** Adds and removes labels, one press each; stays open so that several can be set. */
function LabelChoice({ caseIds }: ChoiceProps): ReactNode {
  const t = useWords('inbox');
  const [typed, setTyped] = useState('');
  const known = useLiveValue('cases.labels', {}, NO_LABELS);
  const rows = useRowsOf(caseIds);
  const onAll = (label: string): boolean => rows.length > 0 && rows.every((row) => row.labels.includes(label));
  const wanted = typed.replaceAll(',', ' ').trim().slice(0, MAX_LABEL_LENGTH);
  const exists = known.some((each) => each.label.toLocaleLowerCase() === wanted.toLocaleLowerCase());
  const options = [
    ...known.map(({ label, count }) => ({
      value: label,
      label,
      detail: String(count),
      icon: <Tag aria-hidden="true" />,
      isChosen: onAll(label),
    })),
    ...(wanted === '' || exists
      ? []
      : [{ value: CREATE + wanted, label: t('labels.create', { label: wanted }), keywords: typed, icon: <Plus aria-hidden="true" /> }]),
  ];
  const choose = (value: string): void => {
    const label = value.startsWith(CREATE) ? value.slice(CREATE.length) : value;
    if (onAll(label)) void applyAction(caseIds, { kind: 'remove-label', label }, (count) => t('done.removeLabel', { count, label }));
    else void applyAction(caseIds, { kind: 'add-label', label }, (count) => t('done.addLabel', { count, label }));
  };
  return (
    <OptionList
      label={t('labels.title')}
      placeholder={t('labels.placeholder')}
      options={options}
      emptyText={t('labels.none')}
      onChoose={choose}
      onType={setTyped}
    />
  );
}
