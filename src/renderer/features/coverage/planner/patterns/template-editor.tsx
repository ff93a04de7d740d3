import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { holidaysOf } from '../../../../../shared/domain/coverage/rotations.ts';
import { templateShifts } from '../../../../../shared/domain/coverage/templates.ts';
import type { Roster, ShiftTemplate } from '../../../../../shared/domain/coverage/roster.ts';
import { instant, DAY_MS } from '../../../../../shared/domain/time.ts';
import { addDays, WEEKDAYS } from '../../../../../shared/domain/time/local-time.ts';
import { localDateOf, zoneTransitions } from '../../../../../shared/domain/time/zone.ts';
import { clock } from '../../../../state/clock-store.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { Checkbox, Switch } from '../../../../ui/check.tsx';
import { DateField } from '../../../../ui/date-field.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { NumberField } from '../../../../ui/number-field.tsx';
import { Select } from '../../../../ui/select.tsx';
import { TimeField } from '../../../../ui/week/time-field.tsx';
import { useDayNames } from '../../../../ui/week/use-day-names.ts';
import '../../../../ui/week/week.css';
import { ZonePicker } from '../../../../ui/zone-picker.tsx';
import { SelectorFields } from '../selector-fields.tsx';
import type { ShiftWords } from '../shift-words.ts';
import { useSeamText } from '../time-header.tsx';
import { Occurrences } from './occurrences.tsx';
import type { OccurrenceGroup } from './occurrences.tsx';

export interface TemplateEditorProps {
  readonly template: ShiftTemplate;
  readonly roster: Roster;
  readonly words: ShiftWords;
  readonly onChange: (template: ShiftTemplate) => void;
}

const NO_HUB = 'none';

/** A pattern that shifts are made from, and the shifts that come of it. */
export function TemplateEditor({ template, roster, words, onChange }: TemplateEditorProps): ReactNode {
  const t = useWords('plan');
  const names = useDayNames();
  const edit = (patch: Partial<ShiftTemplate>): void => onChange({ ...template, ...patch });
  return (
    <div className="plan-form">
      <div className="plan-form-pair">
        <TextField
          label={t('patterns.name')}
          value={template.name}
          maxLength={120}
          onChange={(name) => edit({ name })}
          error={template.name.trim() === '' ? t('patterns.nameMissing') : undefined}
        />
        <Select
          label={t('editor.hub')}
          value={template.hubId ?? NO_HUB}
          onChange={(value) => {
            const hub = roster.hubs.find((each) => each.hubId === value);
            edit({ hubId: hub?.hubId ?? null, zone: hub?.zone ?? template.zone });
          }}
          options={[
            { value: NO_HUB, label: t('rows.noHub') },
            ...roster.hubs
              .filter((hub) => hub.isActive || hub.hubId === template.hubId)
              .map((hub) => ({ value: hub.hubId as string, label: hub.name })),
          ]}
        />
      </div>
      <ZonePicker
        label={t('editor.zone')}
        value={template.zone}
        onChange={(zone) => {
          if (zone !== null) edit({ zone });
        }}
      />
      <fieldset className="plan-days">
        <legend>{t('patterns.days')}</legend>
        {WEEKDAYS.map((day) => (
          <Checkbox
            key={day}
            label={names[day]}
            checked={template.days.includes(day)}
            onChange={(isOn) => edit({ days: WEEKDAYS.filter((each) => (each === day ? isOn : template.days.includes(each))) })}
          />
        ))}
      </fieldset>
      {template.days.length === 0 && <p className="m-field-error">{t('patterns.daysMissing')}</p>}
      <div className="plan-times">
        <NamedTime
          name={t('editor.start')}
          label={t('patterns.startTime')}
          value={template.startMinute}
          greatest={1_439}
          onChange={(startMinute) => edit({ startMinute })}
        />
        <NamedTime
          name={t('editor.end')}
          label={t('patterns.endTime')}
          value={template.endMinute}
          greatest={1_440}
          onChange={(endMinute) => edit({ endMinute })}
        />
        {template.endMinute <= template.startMinute && <span className="muted">{t('patterns.nextDay')}</span>}
      </div>
      <Breaks template={template} onChange={(breaks) => edit({ breaks })} />
      <Cycle template={template} edit={edit} />
      <div className="plan-form-pair">
        <DateField label={t('patterns.validFrom')} value={template.validFrom} onChange={(validFrom) => edit({ validFrom })} />
        <DateField label={t('patterns.validUntil')} value={template.validUntil} onChange={(validUntil) => edit({ validUntil })} />
      </div>
      <Select<'work' | 'skip'>
        label={t('patterns.onHolidays')}
        value={template.onHolidays}
        onChange={(onHolidays) => edit({ onHolidays })}
        options={[
          { value: 'skip', label: t('patterns.skip') },
          { value: 'work', label: t('patterns.work') },
        ]}
      />
      <SelectorFields legend={t('editor.needs')} roster={roster} value={template.needs} onChange={(needs) => edit({ needs })} />
      <Switch label={t('patterns.inUse')} checked={template.isActive} onChange={(isActive) => edit({ isActive })} />
      <TemplatePreview template={template} roster={roster} words={words} />
    </div>
  );
}

interface NamedTimeProps {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly greatest: 1_439 | 1_440;
  readonly onChange: (minute: number) => void;
}

function NamedTime({ name, label, value, greatest, onChange }: NamedTimeProps): ReactNode {
  return (
    <span className="plan-time">
      <span aria-hidden="true">{name}</span>
      <TimeField label={label} value={value} greatest={greatest} onChange={onChange} />
    </span>
  );
}

function Breaks({
  template,
  onChange,
}: {
  readonly template: ShiftTemplate;
  readonly onChange: (breaks: ShiftTemplate['breaks']) => void;
}): ReactNode {
  const t = useWords('plan');
  const { breaks } = template;
  return (
    <fieldset className="plan-breaks">
      <legend>{t('editor.breaks')}</legend>
      {breaks.map((each, index) => (
        <div key={index} className="plan-times">
          <TimeField
            label={t('editor.breakStart', { number: index + 1 })}
            value={each.openMinute}
            greatest={1_439}
            onChange={(openMinute) => onChange(breaks.map((one, at) => (at === index ? { ...one, openMinute } : one)))}
          />
          <span aria-hidden="true">–</span>
          <TimeField
            label={t('editor.breakEnd', { number: index + 1 })}
            value={each.closeMinute}
            greatest={1_440}
            onChange={(closeMinute) => onChange(breaks.map((one, at) => (at === index ? { ...one, closeMinute } : one)))}
          />
          <IconButton
            size="sm"
            label={t('editor.removeBreak', { number: index + 1 })}
            icon={<Trash2 />}
            onClick={() => onChange(breaks.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        icon={<Plus aria-hidden="true" />}
        onClick={() =>
          onChange([...breaks, { openMinute: (template.startMinute + 240) % 1_440, closeMinute: (template.startMinute + 270) % 1_440 }])
        }
      >
        {t('editor.addBreak')}
      </Button>
    </fieldset>
  );
}

function Cycle({
  template,
  edit,
}: {
  readonly template: ShiftTemplate;
  readonly edit: (patch: Partial<ShiftTemplate>) => void;
}): ReactNode {
  const t = useWords('plan');
  const weeks = Array.from({ length: template.cycleWeeks }, (_, week) => week);
  return (
    <>
      <div className="plan-form-pair">
        <NumberField
          label={t('patterns.cycleWeeks')}
          hint={t('patterns.cycleHint')}
          value={template.cycleWeeks}
          least={1}
          greatest={52}
          isWhole
          onChange={(cycleWeeks) => {
            const kept = template.activeWeeks.filter((week) => week < cycleWeeks);
            edit({ cycleWeeks, activeWeeks: kept.length === 0 ? [0] : kept });
          }}
        />
        <DateField
          label={t('patterns.anchor')}
          hint={t('patterns.anchorHint')}
          value={template.anchorDate}
          onChange={(anchorDate) => {
            if (anchorDate !== null) edit({ anchorDate });
          }}
        />
      </div>
      {weeks.length > 1 && (
        <fieldset className="plan-days">
          <legend>{t('patterns.activeWeeks')}</legend>
          {weeks.map((week) => (
            <Checkbox
              key={week}
              label={t('patterns.week', { number: week + 1 })}
              checked={template.activeWeeks.includes(week)}
              onChange={(isOn) =>
                edit({ activeWeeks: weeks.filter((each) => (each === week ? isOn : template.activeWeeks.includes(each))) })
              }
            />
          ))}
        </fieldset>
      )}
    </>
  );
}

/** The next shifts, and those around the next change of the clocks: where a pattern is not what it looks like. */
function TemplatePreview({ template, roster, words }: Pick<TemplateEditorProps, 'template' | 'roster' | 'words'>): ReactNode {
  const t = useWords('plan');
  const seamText = useSeamText();
  const groups = useMemo((): readonly OccurrenceGroup[] => {
    const now = clock.now();
    const today = localDateOf(template.zone, now);
    const holidays = holidaysOf(roster, template.hubId);
    const active = { ...template, isActive: true };
    const shifts = (from: number, to: number): OccurrenceGroup['shifts'] =>
      templateShifts(active, addDays(today, from), addDays(today, to), holidays).map((shift) => ({
        ...shift,
        agentId: null,
        zone: template.zone,
      }));
    const next: OccurrenceGroup = { key: 'next', title: t('patterns.next'), shifts: shifts(0, 60).slice(0, 4) };
    const [seam] = zoneTransitions(template.zone, now, instant(now + 400 * DAY_MS));
    if (seam === undefined) return [next];
    const days = Math.round((seam.at - now) / DAY_MS);
    const around = shifts(days - 4, days + 5);
    const title = t('patterns.around', {
      what: seamText({ at: seam.at, shiftMs: seam.afterMs - seam.beforeMs }),
      day: words.day(seam.at, template.zone),
    });
    return [next, { key: 'seam', title, shifts: around.slice(0, 6) }];
  }, [template, roster, words, t, seamText]);
  return <Occurrences groups={groups} words={words} />;
}
