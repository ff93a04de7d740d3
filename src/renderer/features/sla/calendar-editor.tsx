import { Archive, CalendarClock, CircleAlert, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CalendarVersion } from '../../../shared/domain/time/calendar.ts';
import { parseLocalDate } from '../../../shared/domain/time/local-time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import { ExceptionList } from './exception-list.tsx';
import type { CalendarDraft } from './rules-draft.ts';
import type { CalendarFaults } from './rules-problems.ts';
import { editCalendar, removeCalendar, retireCalendar } from './rules.store.ts';
import { useDateText } from '../../ui/week/use-day-names.ts';
import { WeekForm } from '../../ui/week/week-form.tsx';
import { WeekGrid } from '../../ui/week/week-grid.tsx';

export interface CalendarEditorProps {
  readonly calendar: CalendarDraft;
  readonly saved: CalendarDraft | undefined;
  readonly versions: readonly CalendarVersion[];
  /** Names of the policies that promise these hours, as they are edited. */
  readonly promisedBy: readonly string[];
  readonly faults: CalendarFaults;
}

/** One calendar's newest version: zone, week, exceptions and when it begins to apply. */
export function CalendarEditor({ calendar, saved, versions, promisedBy, faults }: CalendarEditorProps): ReactNode {
  const t = useWords('rules');
  const formats = useFormats();
  const { id, name, zone, week, exceptions, fromText } = calendar;
  const edit = (patch: Partial<CalendarDraft>): void => editCalendar(id, patch);
  const has = (code: string): boolean => faults.problems.some((problem) => problem.code === code);
  return (
    <div className="rules-editor">
      <div className="m-pair">
        <TextField
          label={t('hours.name')}
          value={name}
          onChange={(next) => edit({ name: next })}
          maxLength={120}
          error={faults.isNameMissing ? t('hours.nameMissing') : undefined}
        />
        <ZonePicker
          label={t('hours.zone')}
          value={zone}
          onChange={(next) => edit({ zone: next })}
          error={has('unknown-zone') ? t('hours.zoneUnknown') : undefined}
        />
      </div>
      <section className="m-section" aria-label={t('hours.week')}>
        <h3>{t('hours.week')}</h3>
        {has('never-opens') && (
          <p className="m-note" data-tone="breach" role="alert">
            <CircleAlert aria-hidden="true" />
            <span>{t('hours.neverOpens')}</span>
          </p>
        )}
        <WeekGrid week={week} onChange={(next) => edit({ week: next })} />
        <details className="rules-exact" open>
          <summary>{t('hours.exact')}</summary>
          <WeekForm week={week} problems={faults.problems} onChange={(next) => edit({ week: next })} />
        </details>
      </section>
      <ExceptionList exceptions={exceptions} zone={zone} problems={faults.problems} onChange={(next) => edit({ exceptions: next })} />
      <From fromText={fromText} saved={saved} versions={versions} fault={faults.from} onChange={(next) => edit({ fromText: next })} />
      <div className="m-actions">
        {versions.length === 0 ? (
          <>
            <Button variant="danger" icon={<Trash2 aria-hidden="true" />} onClick={() => removeCalendar(id)}>
              {t('hours.remove')}
            </Button>
            <span className="muted">{t('hours.removeHint')}</span>
          </>
        ) : (
          <>
            <Button
              icon={<Archive aria-hidden="true" />}
              disabled={promisedBy.length > 0}
              aria-describedby={`${id}-retire`}
              onClick={() => retireCalendar(id)}
            >
              {t('hours.retire')}
            </Button>
            <span className="muted rules-actions-text" id={`${id}-retire`}>
              {promisedBy.length > 0
                ? t('hours.retirePromised', { count: promisedBy.length, names: formats.list(promisedBy) })
                : t('hours.retireHint')}
            </span>
          </>
        )}
      </div>
    </div>
  );
}

interface FromProps {
  readonly fromText: string;
  readonly saved: CalendarDraft | undefined;
  readonly versions: readonly CalendarVersion[];
  readonly fault: CalendarFaults['from'];
  readonly onChange: (fromText: string) => void;
}

function From({ fromText, saved, versions, fault, onChange }: FromProps): ReactNode {
  const t = useWords('rules');
  const dateText = useDateText();
  const ahead = saved === undefined ? null : parseLocalDate(saved.fromText);
  if (versions.length === 0) return <p className="muted">{t('hours.fromNewHint')}</p>;
  const error = fault === 'past' ? t('hours.fromPast') : fault === 'bad-date' ? t('hours.fromBad') : undefined;
  return (
    <div className="rules-from">
      {ahead !== null && (
        <p className="m-note">
          <CalendarClock aria-hidden="true" />
          <span>{t('hours.ahead', { date: dateText(ahead) })}</span>
        </p>
      )}
      <TextField type="date" label={t('hours.from')} value={fromText} onChange={onChange} hint={t('hours.fromHint')} error={error} />
      {versions.length > 1 && <p className="muted">{t('hours.history', { count: versions.length - 1 })}</p>}
    </div>
  );
}
