import { CalendarPlus, Download, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Holiday, Hub } from '../../../shared/domain/coverage/roster.ts';
import { addDays, epochDayOf, formatLocalDate, WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone, localDateOf } from '../../../shared/domain/time/zone.ts';
import { clock } from '../../state/clock-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { useDayNames } from '../../ui/week/use-day-names.ts';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import type { HolidayImportDialog } from './hubs-page.tsx';
import { focusRow } from './team-focus.ts';
import { RetireAction } from './retire-action.tsx';
import { teamFaults } from './team-problems.ts';
import type { EditedTeam } from './team.store.ts';

export interface HubEditorProps {
  readonly hub: Hub;
  readonly team: EditedTeam;
  readonly importDialog: HolidayImportDialog;
  readonly onChange: (hub: Hub) => void;
}

/** One site: its name, clocks, weekend and holidays. */
export function HubEditor({ hub, team, importDialog, onChange }: HubEditorProps): ReactNode {
  const t = useWords('team');
  const names = useDayNames();
  const faults = teamFaults({ kind: 'hub', hub }, team);
  const edit = (patch: Partial<Hub>): void => onChange({ ...hub, ...patch });
  return (
    <div className="team-editor">
      <div className="m-pair">
        <TextField
          label={t('name')}
          value={hub.name}
          maxLength={120}
          onChange={(name) => edit({ name })}
          error={faults.includes('name-missing') ? t('nameMissing') : faults.includes('name-taken') ? t('nameTaken') : undefined}
        />
        <ZonePicker
          label={t('zone')}
          value={hub.zone === '' ? null : hub.zone}
          onChange={(zone) => edit({ zone: zone ?? '' })}
          error={faults.includes('zone-missing') ? t('zoneMissing') : undefined}
        />
      </div>
      <fieldset className="team-days">
        <legend>{t('hubs.weekend')}</legend>
        {WEEKDAYS.map((day) => (
          <Checkbox
            key={day}
            label={names[day]}
            checked={hub.weekend.includes(day)}
            onChange={(isOn) => edit({ weekend: WEEKDAYS.filter((each) => (each === day ? isOn : hub.weekend.includes(each))) })}
          />
        ))}
        <p className="muted">{t('hubs.weekendHint')}</p>
      </fieldset>
      <Holidays
        hub={hub}
        isDouble={faults.includes('holiday-twice')}
        importDialog={importDialog}
        onChange={(holidays) => edit({ holidays })}
      />
      <Position hub={hub} onChange={(position) => edit({ position })} />
      <RetireAction isActive={hub.isActive} hint={t('hubs.retireHint')} onChange={(isActive) => edit({ isActive })} />
    </div>
  );
}

interface HolidaysProps {
  readonly hub: Hub;
  readonly isDouble: boolean;
  readonly importDialog: HolidayImportDialog;
  readonly onChange: (holidays: readonly Holiday[]) => void;
}

function Holidays({ hub, isDouble, importDialog: ImportDialog, onChange }: HolidaysProps): ReactNode {
  const t = useWords('team');
  const section = useRef<HTMLElement>(null);
  const [isPastShown, setPastShown] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const today = localDateOf(isKnownZone(hub.zone) ? hub.zone : 'UTC', clock.now());
  const rows = hub.holidays
    .map((holiday, index) => ({ holiday, index }))
    .sort((a, b) => epochDayOf(a.holiday.date) - epochDayOf(b.holiday.date));
  const past = rows.filter(({ holiday }) => epochDayOf(holiday.date) < epochDayOf(today));
  const shown = isPastShown ? rows : rows.filter((row) => !past.includes(row));
  const isTwice = (holiday: Holiday): boolean =>
    isDouble && hub.holidays.filter((each) => epochDayOf(each.date) === epochDayOf(holiday.date)).length > 1;
  return (
    <section className="m-section" aria-label={t('hubs.holidays')} ref={section}>
      <h3>{t('hubs.holidays')}</h3>
      <p className="muted">{t('hubs.holidaysLead')}</p>
      {rows.length === 0 && <p className="muted">{t('hubs.holidaysNone')}</p>}
      {past.length > 0 && !isPastShown && (
        <div>
          <Button size="sm" variant="ghost" onClick={() => setPastShown(true)}>
            {t('hubs.past', { count: past.length })}
          </Button>
        </div>
      )}
      {shown.length > 0 && (
        <ul className="team-holidays">
          {shown.map(({ holiday, index }) => (
            <li key={index} data-index={index}>
              <DateField
                label={t('hubs.holidayDate')}
                hideLabel
                value={holiday.date}
                onChange={(date) => date !== null && onChange(hub.holidays.with(index, { ...holiday, date }))}
                error={isTwice(holiday) ? t('hubs.duplicate') : undefined}
              />
              <TextField
                label={t('hubs.holidayName')}
                hideLabel
                value={holiday.name}
                maxLength={200}
                placeholder={t('hubs.holidayName')}
                onChange={(name) => onChange(hub.holidays.with(index, { ...holiday, name }))}
              />
              <IconButton
                label={t('hubs.removeHoliday', { name: holiday.name.trim() || formatLocalDate(holiday.date) })}
                icon={<Trash2 aria-hidden="true" />}
                onClick={() => onChange(hub.holidays.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="m-actions">
        <Button
          icon={<CalendarPlus aria-hidden="true" />}
          onClick={() => {
            onChange([...hub.holidays, { date: firstFree(hub, today), name: '' }]);
            focusRow(section.current, `[data-index="${String(hub.holidays.length)}"]`);
          }}
        >
          {t('hubs.addHoliday')}
        </Button>
        <Button icon={<Download aria-hidden="true" />} onClick={() => setImporting(true)}>
          {t('hubs.importHolidays')}
        </Button>
      </div>
      {isImporting && (
        <ImportDialog
          taken={new Set(hub.holidays.map(({ date }) => formatLocalDate(date)))}
          thisYear={today.year}
          onClose={() => setImporting(false)}
          onAdd={(entries) => onChange([...hub.holidays, ...entries.map(({ date, name }) => ({ date, name }))])}
        />
      )}
    </section>
  );
}

/** The next day that is not in the list yet. */
function firstFree(hub: Hub, today: Holiday['date']): Holiday['date'] {
  const taken = new Set(hub.holidays.map(({ date }) => epochDayOf(date)));
  let date = addDays(today, 1);
  while (taken.has(epochDayOf(date))) date = addDays(date, 1);
  return date;
}

/** Degrees as they are typed; kept only when both are there. */
function Position({ hub, onChange }: { readonly hub: Hub; readonly onChange: (position: Hub['position']) => void }): ReactNode {
  const t = useWords('team');
  const [latitude, setLatitude] = useState(hub.position === null ? '' : String(hub.position.latitude));
  const [longitude, setLongitude] = useState(hub.position === null ? '' : String(hub.position.longitude));
  const change = (north: string, east: string): void => {
    setLatitude(north);
    setLongitude(east);
    const values = { latitude: degrees(north, 90), longitude: degrees(east, 180) };
    onChange(values.latitude === null || values.longitude === null ? null : { latitude: values.latitude, longitude: values.longitude });
  };
  const isHalf = (latitude.trim() === '') !== (longitude.trim() === '');
  const fault = (text: string, limit: number): boolean => text.trim() !== '' && degrees(text, limit) === null;
  return (
    <details className="team-position" open={hub.position !== null}>
      <summary>{t('hubs.position')}</summary>
      <div className="m-pair">
        <TextField
          label={t('hubs.latitude')}
          value={latitude}
          inputMode="decimal"
          maxLength={12}
          onChange={(text) => change(text, longitude)}
          hint={t('hubs.positionHint')}
          error={fault(latitude, 90) || (isHalf && latitude.trim() === '') ? t('hubs.positionHalf') : undefined}
        />
        <TextField
          label={t('hubs.longitude')}
          value={longitude}
          inputMode="decimal"
          maxLength={12}
          onChange={(text) => change(latitude, text)}
          error={fault(longitude, 180) || (isHalf && longitude.trim() === '') ? t('hubs.positionHalf') : undefined}
        />
      </div>
    </details>
  );
}

function degrees(text: string, limit: number): number | null {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(number) && Math.abs(number) <= limit ? number : null;
}
