import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { rotationShifts } from '../../../../../shared/domain/coverage/rotations.ts';
import { ROTATION_STEPS } from '../../../../../shared/domain/coverage/roster.ts';
import type { Roster, Rotation, RotationStep } from '../../../../../shared/domain/coverage/roster.ts';
import { addDays, epochDayOf } from '../../../../../shared/domain/time/local-time.ts';
import { localDateOf } from '../../../../../shared/domain/time/zone.ts';
import { clock } from '../../../../state/clock-store.ts';
import { Switch } from '../../../../ui/check.tsx';
import { MultiCombobox } from '../../../../ui/combobox.tsx';
import { DateField } from '../../../../ui/date-field.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { NumberField } from '../../../../ui/number-field.tsx';
import { Select } from '../../../../ui/select.tsx';
import type { ShiftWords } from '../shift-words.ts';
import { MemberList } from './member-list.tsx';
import { Occurrences } from './occurrences.tsx';

export interface RotationEditorProps {
  readonly rotation: Rotation;
  /** As it is saved; null while it is new. */
  readonly stored: Rotation | null;
  readonly roster: Roster;
  readonly zoneData: string;
  readonly words: ShiftWords;
  readonly onChange: (rotation: Rotation) => void;
}

/** People who take turns over templates. */
export function RotationEditor({ rotation, stored, roster, zoneData, words, onChange }: RotationEditorProps): ReactNode {
  const t = useWords('plan');
  const edit = (patch: Partial<Rotation>): void => onChange({ ...rotation, ...patch });
  const zone = roster.templates.find((each) => rotation.templateIds.includes(each.templateId))?.zone ?? 'UTC';
  const today = localDateOf(zone, clock.now());
  const hasBegun = stored !== null && epochDayOf(stored.from) <= epochDayOf(today);
  const begin = (patch: Partial<Rotation>): void => {
    // A new version begins tomorrow at the earliest, unless the lead says when.
    const isFirstEdit = hasBegun && epochDayOf(rotation.from) === epochDayOf(stored.from);
    edit(isFirstEdit ? { from: addDays(today, 1), ...patch } : patch);
  };
  return (
    <div className="plan-form">
      {hasBegun && (
        <p className="m-note">
          <Info aria-hidden="true" />
          <span>{t('patterns.begun', { version: stored.version, next: stored.version + 1 })}</span>
        </p>
      )}
      <div className="plan-form-pair">
        <TextField
          label={t('patterns.name')}
          value={rotation.name}
          maxLength={120}
          onChange={(name) => edit({ name })}
          error={rotation.name.trim() === '' ? t('patterns.nameMissing') : undefined}
        />
        <Select<RotationStep>
          label={t('patterns.step')}
          value={rotation.step}
          onChange={(step) => begin({ step })}
          options={ROTATION_STEPS.map((step) => ({ value: step, label: t(`patterns.steps.${step}`) }))}
        />
      </div>
      <MultiCombobox
        label={t('patterns.of')}
        value={rotation.templateIds}
        onChange={(ids) =>
          begin({ templateIds: roster.templates.filter((each) => ids.includes(each.templateId)).map((each) => each.templateId) })
        }
        options={roster.templates
          .filter((each) => each.isActive || rotation.templateIds.includes(each.templateId))
          .map((each) => ({ value: each.templateId, label: each.name }))}
        error={rotation.templateIds.length === 0 ? t('patterns.templateMissing') : undefined}
      />
      <MemberList agents={roster.agents} value={rotation.agentIds} onChange={(agentIds) => begin({ agentIds })} />
      <div className="plan-form-pair">
        <NumberField
          label={t('patterns.seats')}
          hint={t('patterns.seatsHint')}
          value={rotation.seats}
          least={1}
          greatest={500}
          isWhole
          onChange={(seats) => begin({ seats })}
        />
        <DateField
          label={t('patterns.anchor')}
          hint={t('patterns.turnHint')}
          value={rotation.anchorDate}
          onChange={(anchorDate) => {
            if (anchorDate !== null) begin({ anchorDate });
          }}
        />
      </div>
      <div className="plan-form-pair">
        <DateField
          label={t(hasBegun ? 'patterns.newVersionFrom' : 'patterns.from')}
          value={rotation.from}
          onChange={(from) => {
            if (from !== null) edit({ from });
          }}
        />
        <DateField label={t('patterns.until')} value={rotation.until} onChange={(until) => edit({ until })} />
      </div>
      <Switch label={t('patterns.inUse')} checked={rotation.isActive} onChange={(isActive) => edit({ isActive })} />
      <RotationPreview rotation={rotation} roster={roster} zoneData={zoneData} words={words} />
    </div>
  );
}

function RotationPreview({
  rotation,
  roster,
  zoneData,
  words,
}: Pick<RotationEditorProps, 'rotation' | 'roster' | 'zoneData' | 'words'>): ReactNode {
  const t = useWords('plan');
  const groups = useMemo(() => {
    const today = localDateOf('UTC', clock.now());
    const from = epochDayOf(rotation.from) > epochDayOf(today) ? rotation.from : today;
    const shifts = rotationShifts(roster, { ...rotation, isActive: true }, from, addDays(from, 42), zoneData);
    return [{ key: 'next', title: t('patterns.next'), shifts: shifts.slice(0, 10).map(({ body }) => body) }];
  }, [rotation, roster, zoneData, t]);
  return <Occurrences groups={groups} words={words} isNamed />;
}
