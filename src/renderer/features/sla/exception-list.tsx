import { CalendarPlus, Download, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CalendarProblem, WallWindow } from '../../../shared/domain/time/calendar.ts';
import { formatLocalDate } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone, localDateOf } from '../../../shared/domain/time/zone.ts';
import { clock } from '../../state/clock-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { HolidayImport } from './holiday-import.tsx';
import type { ExceptionDraft } from './rules-draft.ts';
import { freeWindow } from '../../ui/week/week-edit.ts';
import { WindowRows } from '../../ui/week/window-rows.tsx';

export interface ExceptionListProps {
  readonly exceptions: readonly ExceptionDraft[];
  readonly zone: string | null;
  readonly problems: readonly CalendarProblem[];
  readonly onChange: (exceptions: readonly ExceptionDraft[]) => void;
}

/** Dates with their own hours, by date; what is past is folded away. */
export function ExceptionList({ exceptions, zone, problems, onChange }: ExceptionListProps): ReactNode {
  const t = useWords('rules');
  const [isPastShown, setPastShown] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const today = formatLocalDate(localDateOf(zone !== null && isKnownZone(zone) ? zone : 'UTC', clock.now()));
  const rows = exceptions
    .map((row, index) => ({ row, own: problems.filter((problem) => problem.exception === index) }))
    .sort((a, b) => sortKey(a.row).localeCompare(sortKey(b.row)));
  const isPast = (row: ExceptionDraft): boolean => row.dateText !== '' && row.dateText < today;
  const past = rows.filter(({ row, own }) => isPast(row) && own.length === 0);
  const shown = isPastShown ? rows : rows.filter((each) => !past.includes(each));
  const edit = (key: string, patch: Partial<ExceptionDraft>): void =>
    onChange(exceptions.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  return (
    <section className="m-section" aria-label={t('exceptions.title')}>
      <h3>{t('exceptions.title')}</h3>
      <p className="muted">{t('exceptions.lead')}</p>
      {exceptions.length === 0 && <p className="rules-none muted">{t('exceptions.empty')}</p>}
      {past.length > 0 && !isPastShown && (
        <div>
          <Button size="sm" variant="ghost" onClick={() => setPastShown(true)}>
            {t('exceptions.past', { count: past.length })}
          </Button>
        </div>
      )}
      {shown.length > 0 && (
        <ul className="rules-exceptions">
          {shown.map(({ row, own }) => (
            <ExceptionRow
              key={row.key}
              row={row}
              problems={own}
              onEdit={(patch) => edit(row.key, patch)}
              onRemove={() => onChange(exceptions.filter((each) => each.key !== row.key))}
            />
          ))}
        </ul>
      )}
      <div className="m-actions">
        <Button
          icon={<CalendarPlus aria-hidden="true" />}
          onClick={() => onChange([...exceptions, { key: crypto.randomUUID(), dateText: '', name: '', windows: [] }])}
        >
          {t('exceptions.add')}
        </Button>
        <Button icon={<Download aria-hidden="true" />} onClick={() => setImporting(true)}>
          {t('exceptions.import')}
        </Button>
      </div>
      {isImporting && (
        <HolidayImport
          taken={new Set(exceptions.map((row) => row.dateText))}
          thisYear={Number(today.slice(0, 4))}
          onClose={() => setImporting(false)}
          onAdd={(entries) =>
            onChange([
              ...exceptions,
              ...entries.map(({ date, name }) => ({ key: crypto.randomUUID(), dateText: formatLocalDate(date), name, windows: [] })),
            ])
          }
        />
      )}
    </section>
  );
}

/** What has no date yet stays last, where it was added. */
function sortKey(row: ExceptionDraft): string {
  return row.dateText === '' ? '9999' : row.dateText;
}

interface ExceptionRowProps {
  readonly row: ExceptionDraft;
  readonly problems: readonly CalendarProblem[];
  readonly onEdit: (patch: Partial<ExceptionDraft>) => void;
  readonly onRemove: () => void;
}

function ExceptionRow({ row, problems, onEdit, onRemove }: ExceptionRowProps): ReactNode {
  const t = useWords('rules');
  const { dateText, name, windows } = row;
  const isBad = problems.some((problem) => problem.code === 'bad-date');
  const isDouble = problems.some((problem) => problem.code === 'duplicate-exception');
  const free = freeWindow({ mon: windows }, 'mon');
  const title = name.trim() || dateText;
  const set = (next: readonly WallWindow[]): void => onEdit({ windows: next });
  return (
    <li className="rules-exception">
      <TextField
        type="date"
        label={t('exceptions.date')}
        hideLabel
        value={dateText}
        onChange={(next) => onEdit({ dateText: next })}
        error={isBad ? t('exceptions.badDate') : isDouble ? t('exceptions.duplicate') : undefined}
      />
      <TextField
        label={t('exceptions.name')}
        hideLabel
        value={name}
        onChange={(next) => onEdit({ name: next })}
        maxLength={200}
        placeholder={t('exceptions.name')}
      />
      <Select<'closed' | 'own'>
        label={t('exceptions.hours')}
        hideLabel
        value={windows.length === 0 ? 'closed' : 'own'}
        options={[
          { value: 'closed', label: t('exceptions.closed') },
          { value: 'own', label: t('exceptions.own') },
        ]}
        onChange={(next) => set(next === 'closed' ? [] : [{ openMinute: 9 * 60, closeMinute: 13 * 60 }])}
      />
      <IconButton label={t('exceptions.remove', { name: title })} icon={<Trash2 aria-hidden="true" />} onClick={onRemove} />
      {windows.length > 0 && (
        <WindowRows
          day={t('exceptions.day', { date: title })}
          windows={windows}
          problems={problems}
          onChange={(index, window) => set(windows.with(index, window))}
          onRemove={(index) => set(windows.toSpliced(index, 1))}
          onAdd={free === null ? null : () => set([...windows, free])}
        />
      )}
    </li>
  );
}
