import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import './segments.css';

export interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** One of two to four, all of them in sight; arrow keys move between them. */
export function Segments<Value extends string>({ label, value, onChange, options }: SegmentsProps<Value>): ReactNode {
  return (
    <ToggleGroup<Value>
      className="m-segments"
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
    >
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} className="m-segment">
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
