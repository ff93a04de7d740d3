import { MessageCircleReply, Users } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { NextShift } from '../../../../shared/contract/reminders.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { after, DAY_MS, instant } from '../../../../shared/domain/time.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Select } from '../../../ui/select.tsx';
import { closePicker, useInbox } from '../inbox-store.ts';
import { useRowsOf } from './rows-of.ts';
import { snooze } from './snooze-cases.ts';
import { useClocks } from './use-clocks.ts';
import { WhenList } from './when-list.tsx';

/** Days after which a case whose customer does not write comes back: nothing sleeps for ever. */
const LATEST_DAYS = ['1', '3', '7', '14', '30', '60'] as const;
const MOST_ASKED = 200;
const NO_SHIFTS: readonly NextShift[] = [];

/** Until a time on anybody's clock, until the customer writes, or until somebody comes who can take it. */
export function SnoozeChoice({ caseIds }: { readonly caseIds: readonly CaseId[] }): ReactNode {
  const t = useWords('reminders');
  const inboxText = useWords('inbox');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const names = useTeamNames();
  const rows = useRowsOf(caseIds);
  const clocks = useClocks(rows);
  const days = useInbox((state) => state.replyDays);
  const asked = useMemo(() => ({ caseIds: caseIds.slice(0, MOST_ASKED) }), [caseIds]);
  const shifts = useLiveValue('reminders.nextShifts', asked, NO_SHIFTS);
  const latest = after(now, days * DAY_MS);
  const first = shifts.reduce<NextShift | null>((best, each) => (best === null || each.from < best.from ? each : best), null);
  const shiftDetail = (): string => {
    if (first === null) return t('snooze.shiftNobody');
    const at = formats.dateTime(first.from);
    if (caseIds.length === 1) return t('snooze.shiftNext', { name: names.agent(first.agentId), at });
    const without = asked.caseIds.length - shifts.length;
    return without === 0 ? t('snooze.shiftAll', { at }) : t('snooze.shiftMany', { count: without, at });
  };
  const more = [
    {
      value: 'reply',
      label: t('snooze.reply'),
      detail: t('snooze.replyDetail', { at: formats.dateTime(latest) }),
      icon: <MessageCircleReply aria-hidden="true" />,
      keywords: 'reply customer answer 客户 回复',
      onChoose: () => {
        closePicker();
        snooze(caseIds, { until: latest, awaits: 'reply' }, { rows, at: formats.dateTime(latest) });
      },
    },
    {
      value: 'shift',
      label: t('snooze.shift'),
      detail: shiftDetail(),
      icon: <Users aria-hidden="true" />,
      keywords: 'shift colleague on call 值班 上班',
      onChoose: () => {
        closePicker();
        const until = instant(Math.max(now, ...shifts.map((each) => each.from)));
        const untilOf = (caseId: CaseId) => shifts.find((each) => each.caseId === caseId)?.from ?? null;
        snooze(caseIds, { until, awaits: 'shift' }, { rows, at: formats.dateTime(until), untilOf });
      },
    },
  ];
  return (
    <WhenList
      clocks={clocks}
      label={inboxText('snooze.title')}
      submit={inboxText('snooze.apply')}
      more={more}
      onPick={(until) => {
        closePicker();
        snooze(caseIds, { until, awaits: null }, { rows, at: formats.dateTime(until) });
      }}
    >
      {(isReady) =>
        isReady && (
          <Select
            className="ib-when-latest"
            label={t('snooze.latest')}
            value={LATEST_DAYS.find((each) => Number(each) === days) ?? '14'}
            onChange={(next) => useInbox.setState({ replyDays: Number(next) })}
            options={LATEST_DAYS.map((value) => ({ value, label: t('snooze.days', { count: Number(value) }) }))}
          />
        )
      }
    </WhenList>
  );
}
