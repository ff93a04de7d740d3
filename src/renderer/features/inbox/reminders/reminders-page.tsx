import { AlarmClock } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { ReminderRow } from '../../../../shared/contract/reminders.contract.ts';
import type { ReminderId } from '../../../../shared/domain/ids.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { useLive } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { isInsidePopup } from '../../../shortcuts/keys.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { useNow } from '../../../state/clock-store.ts';
import { openCase, useSession } from '../../../state/session.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { keyText } from '../../../ui/kbd.tsx';
import { Failed } from '../../../ui/loaded.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { clearReminder } from '../actions/reminder-actions.ts';
import { ReminderDialog } from '../actions/reminder-dialog.tsx';
import { ReminderMenu } from '../conversation/put-off-strips.tsx';
import { openReminder } from '../inbox-store.ts';
import './reminders.css';

const MOST = 500;
type Whose = 'me' | 'all';

/** What somebody is to think of: what is due, and what is coming. */
export function RemindersPage(): ReactNode {
  const t = useWords('reminders');
  const [whose, setWhose] = useState<Whose>('me');
  const live = useLive('reminders.list', { of: whose, limit: MOST });
  return (
    <section className="reminders" aria-label={t('page.label')}>
      <div className="reminders-tools">
        <Segments<Whose>
          label={t('page.filter')}
          value={whose}
          onChange={setWhose}
          options={[
            { value: 'me', label: t('page.mine') },
            { value: 'all', label: t('page.all') },
          ]}
        />
        <p className="muted">{t('page.hint')}</p>
      </div>
      {live.state === 'loading' && <Spinner label={t('page.loading')} />}
      {live.state === 'error' && <Failed code={live.error.code} title={t('page.failed')} />}
      {live.state === 'ready' && live.value.rows.length === 0 && (
        <EmptyState
          icon={<AlarmClock />}
          title={t(whose === 'me' ? 'page.empty' : 'page.emptyAll')}
          description={t('page.emptyText', { key: keyText('b') })}
          actions={whose === 'me' ? <Button onClick={() => setWhose('all')}>{t('page.showAll')}</Button> : undefined}
        />
      )}
      {live.state === 'ready' && live.value.rows.length > 0 && (
        <Reminders rows={live.value.rows} rest={live.value.total - live.value.rows.length} />
      )}
      <ReminderDialog />
    </section>
  );
}

function Reminders({ rows, rest }: { readonly rows: readonly ReminderRow[]; readonly rest: number }): ReactNode {
  const t = useWords('reminders');
  const [chosen, setChosen] = useState<ReminderId | null>(null);
  const now = useNow((from) => rows.find((row) => row.at > from)?.at ?? null);
  const { due, coming } = useMemo(
    () => ({ due: rows.filter((row) => row.at <= now), coming: rows.filter((row) => row.at > now) }),
    [rows, now],
  );
  // what is done leaves the list; whoever stood on it stands on the next one
  const current = rows.find((row) => row.reminderId === chosen) ?? rows[0];
  useActions(useReminderKeys(rows, current, setChosen));
  const section = (title: string, shown: readonly ReminderRow[]): ReactNode =>
    shown.length > 0 && (
      <section className="reminders-section" aria-label={`${title}: ${t('page.count', { count: shown.length })}`}>
        <h2>
          {title} <span className="muted tabular">{shown.length}</span>
        </h2>
        <ul>
          {shown.map((row) => (
            <Line
              key={row.reminderId}
              row={row}
              now={now}
              isCurrent={row.reminderId === current?.reminderId}
              onChoose={() => setChosen(row.reminderId)}
            />
          ))}
        </ul>
      </section>
    );
  return (
    <>
      {section(t('page.due'), due)}
      {section(t('page.coming'), coming)}
      {rest > 0 && <p className="muted">{t('page.more', { count: rest })}</p>}
    </>
  );
}

interface LineProps {
  readonly row: ReminderRow;
  readonly now: Instant;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}

function Line({ row, now, isCurrent, onChoose }: LineProps): ReactNode {
  const t = useWords('reminders');
  const desk = useWords('desk');
  const formats = useFormats();
  const names = useTeamNames();
  const isDue = row.at <= now;
  const subject = row.subject.trim() === '' ? desk('noSubject') : row.subject;
  const what = row.note === '' ? t('reminder.noNote') : row.note;
  const whom = row.forId ?? row.concerns;
  return (
    <li className="reminders-line" data-current={isCurrent || undefined} data-due={isDue || undefined}>
      <button
        type="button"
        className="reminders-open"
        data-reminder-row=""
        tabIndex={isCurrent ? 0 : -1}
        onFocus={onChoose}
        onClick={() => openCase(row.caseId)}
      >
        <time className="tabular" dateTime={new Date(row.at).toISOString()} title={formats.dateTimeFull(row.at)}>
          {formats.soonTime(row.at, now)}
        </time>
        <span className="reminders-what">
          <strong className="truncate" dir="auto">
            {what}
          </strong>
          <span className="truncate" dir="auto">
            {row.contactName} · {subject}
          </span>
        </span>
        {row.isForSilence && <Badge tone="neutral">{t('reminder.ifSilent')}</Badge>}
        {row.isSolved && <Badge tone="ok">{t('page.solved')}</Badge>}
        {whom !== null && whom !== names.me && <Badge tone="neutral">{names.agent(whom)}</Badge>}
      </button>
      <Button size="sm" onClick={() => void clearReminder([row.caseId], row.reminderId, 'done')}>
        {t('reminder.doneButton')}
      </Button>
      <ReminderMenu caseId={row.caseId} reminder={row} what={what} />
    </li>
  );
}

function focusCurrent(): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>('[data-reminder-row][tabindex="0"]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  });
}

function useReminderKeys(
  rows: readonly ReminderRow[],
  current: ReminderRow | undefined,
  onMove: (id: ReminderId) => void,
): readonly Action[] {
  const t = useWords('reminders');
  const isActive = (): boolean => {
    const { route, handoffsTab } = useSession.getState();
    return route === 'handoffs' && handoffsTab === 'reminders' && !isInsidePopup(document.activeElement);
  };
  const at = rows.findIndex((row) => row.reminderId === current?.reminderId);
  const go = (by: number): void => {
    const target = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (target === undefined) return;
    onMove(target.reminderId);
    focusCurrent();
  };
  const action = (id: string, label: string, keys: readonly string[], run: (row: ReminderRow) => void): Action => ({
    id: `reminders.${id}`,
    label,
    keys,
    area: 'handoff',
    when: () => isActive() && current !== undefined,
    run: () => {
      if (current !== undefined) run(current);
    },
  });
  return [
    {
      ...action('next', t('page.next'), ['j', 'arrowdown'], () =>
        go(document.activeElement?.matches('[data-reminder-row]') === true ? 1 : 0),
      ),
      hidden: true,
    },
    { ...action('previous', t('page.previous'), ['k', 'arrowup'], () => go(-1)), hidden: true },
    action('open', t('page.openCase'), ['o'], (row) => openCase(row.caseId)),
    action('done', t('reminder.doneCommand'), ['d'], (row) => {
      const next = rows[at + 1] ?? rows[at - 1];
      if (next !== undefined) onMove(next.reminderId);
      void clearReminder([row.caseId], row.reminderId, 'done').then(focusCurrent);
    }),
    action('move', t('reminder.moveCommand'), ['l'], (row) => openReminder([row.caseId], row)),
    action('cancel', t('reminder.cancelCommand'), ['delete'], (row) => void clearReminder([row.caseId], row.reminderId, 'cancelled')),
  ];
}
