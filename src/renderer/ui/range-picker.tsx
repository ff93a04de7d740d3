import type { ReactNode } from 'react';
import type { Instant } from '../../shared/domain/time.ts';
import { ownDates, spanOfRange } from './date-range.ts';
import type { RangePreset, RangeValue } from './date-range.ts';
import { DateField } from './date-field.tsx';
import './range-picker.css';
import { Select } from './select.tsx';

export interface RangePickerProps<Preset extends string> {
  readonly label: string;
  readonly value: RangeValue<Preset>;
  readonly onChange: (value: RangeValue<Preset>) => void;
  readonly presets: readonly (RangePreset<Preset> & { readonly label: string })[];
  readonly words: { readonly own: string; readonly from: string; readonly to: string; readonly order: string; readonly tooLong: string };
  readonly zone: string;
  readonly now: Instant;
}

/** Chooses a stretch of days: one of a few around today, or two dates. */
export function RangePicker<Preset extends string>({
  label,
  value,
  onChange,
  presets,
  words,
  zone,
  now,
}: RangePickerProps<Preset>): ReactNode {
  const span = spanOfRange(value, presets, zone, now);
  const problem = span === 'order' ? words.order : span === 'too-long' ? words.tooLong : undefined;
  return (
    <div className="m-range">
      <Select<Preset | 'own'>
        label={label}
        value={value.preset}
        onChange={(preset) => onChange(preset === 'own' ? { preset, ...ownDates(span, zone) } : { ...value, preset })}
        options={[...presets.map((each) => ({ value: each.value, label: each.label })), { value: 'own', label: words.own }]}
      />
      {value.preset === 'own' && (
        <>
          <DateField label={words.from} value={value.from} onChange={(from) => onChange({ ...value, from })} error={problem} />
          <DateField label={words.to} value={value.to} onChange={(to) => onChange({ ...value, to })} />
        </>
      )}
    </div>
  );
}
