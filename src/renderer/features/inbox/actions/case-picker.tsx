import { CircleUserRound, Clock, Flag, Plus, Tag } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { AgentCard } from '../../../../shared/contract/workspace.contract.ts';
import { PRIORITIES } from '../../../../shared/domain/case.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useSession } from '../../../state/session.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { compareShifts, useShifts } from '../sla/shift-of.ts';
import type { ShiftState } from '../sla/shift-of.ts';
import { dueBefore } from '../sla/snooze-warning.tsx';
import { closePicker, useInbox } from '../inbox-store.ts';
import { placeOf } from '../format/zone-time.ts';
import { applyAction, applySnooze } from './apply-actions.ts';
import './case-picker.css';
import { OptionList } from './option-list.tsx';
import { fieldValue, snoozeFromField, snoozeTimes } from './snooze-times.ts';

/** The choice that an action needs: whom, until when, which label, how urgent. */
export function CasePicker(): ReactNode {
  const { t } = useTranslation('inbox');
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

/** The rows of the cases that are on screen; what is chosen already is told from them. */
function useRowsOf(caseIds: readonly CaseId[]): readonly CaseRow[] {
  const rows = useInbox((state) => state.rows);
  const detail = useLiveValue('cases.detail', caseIds.length === 1 && caseIds[0] !== undefined ? { caseId: caseIds[0] } : null, null);
  if (detail !== null) return [detail];
  return rows.filter((row) => caseIds.includes(row.caseId));
}

const NOBODY = 'nobody';
const NO_AGENTS: readonly AgentCard[] = [];

function AssignChoice({ caseIds }: ChoiceProps): ReactNode {
  const { t } = useTranslation('inbox');
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
  const { t } = useTranslation('inbox');
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
  const { t } = useTranslation('inbox');
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

/** Ready-made times and a time of one's own, on the viewer's clock and on the customer's. */
function SnoozeChoice({ caseIds }: ChoiceProps): ReactNode {
  const { t } = useTranslation('inbox');
  const formats = useFormats();
  const zone = useSession((state) => state.zone);
  const now = useNow(nextMinute);
  const rows = useRowsOf(caseIds);
  const [own, setOwn] = useState(() => fieldValue(snoozeTimes(now, { zone })[2]?.until ?? now, { zone }));
  const [isPast, setPast] = useState(false);
  const customer = rows.length === 1 && rows[0] !== undefined ? placeOf(rows[0].contactZone, rows[0].contactOffsetMinutes) : null;
  const theirs = (at: Instant): string => {
    if (customer === null) return '';
    const time = 'zone' in customer ? formats.weekdayTimeIn(at, customer.zone) : formats.weekdayTimeAtOffset(at, customer.offsetMinutes);
    return t('snooze.theirs', { time });
  };
  const snooze = (until: Instant): void => {
    closePicker();
    const sleptThrough = dueBefore(rows, until);
    if (sleptThrough === null) void applySnooze(caseIds, until, formats.dateTime(until));
    else useInbox.setState({ snoozeQuestion: { caseIds, until, ...sleptThrough } });
  };
  const times = snoozeTimes(now, { zone });
  const ownAt = snoozeFromField(own, { zone }, now);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ownAt === null) setPast(true);
    else snooze(ownAt);
  };
  return (
    <>
      <OptionList
        label={t('snooze.title')}
        placeholder={t('snooze.choose')}
        emptyText=""
        options={times.map(({ preset, until }) => ({
          value: preset,
          label: t(`snooze.${preset}`),
          detail: [formats.weekdayTimeIn(until, zone), theirs(until)].filter((each) => each !== '').join(' · '),
          icon: <Clock aria-hidden="true" />,
        }))}
        onChoose={(value) => {
          const chosen = times.find((each) => each.preset === value);
          if (chosen !== undefined) snooze(chosen.until);
        }}
      />
      <form className="ib-picker-own" onSubmit={submit}>
        <TextField
          type="datetime-local"
          label={t('snooze.pick', { zone })}
          value={own}
          onChange={(value) => {
            setOwn(value);
            setPast(false);
          }}
          error={isPast ? t('snooze.past') : undefined}
          hint={ownAt === null ? undefined : theirs(ownAt)}
        />
        <Button type="submit" variant="primary">
          {t('snooze.apply')}
        </Button>
      </form>
    </>
  );
}
