import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { instant } from '../../shared/domain/time.ts';
import { formatLocalDateTime, formatLocalTime, parseLocalDateTime } from '../../shared/domain/time/local-time.ts';
import type { LocalDateTime } from '../../shared/domain/time/local-time.ts';
import { resolveLocal, toLocal, zoneTransitions } from '../../shared/domain/time/zone.ts';
import { Button } from './button.tsx';
import './field.css';
import { TextField } from './field.tsx';

/** What is typed into a wall-time field, and whether it can only mean one instant. */
export interface WallTimeValue {
  readonly text: string;
  /** The typed time in an overlap was confirmed: the first of the two is meant. */
  readonly isConfirmed: boolean;
}

/** A wall time that a person has to be asked about. */
export type WallQuestion =
  /** The clocks skip it; `corrected` is as long after the change as it was typed into the skipped hour. */
  | { readonly kind: 'gap'; readonly corrected: LocalDateTime }
  /** The clocks show it twice; the first counts. `afterwards` is the first time that comes only once again. */
  | { readonly kind: 'overlap'; readonly afterwards: LocalDateTime };

/** What to ask about a wall time in a zone; null for one that comes exactly once. */
export function wallQuestion(zone: string, local: LocalDateTime): WallQuestion | null {
  const resolved = resolveLocal(zone, local);
  if (resolved.kind === 'unique') return null;
  if (resolved.kind === 'gap') return { kind: 'gap', corrected: toLocal(zone, resolved.instant) };
  const change = zoneTransitions(zone, resolved.earlier, instant(resolved.later + 1)).at(-1);
  const end = change === undefined ? resolved.later : instant(change.at + change.beforeMs - change.afterMs);
  return { kind: 'overlap', afterwards: toLocal(zone, end) };
}

/** The wall time of a field when it is complete and nothing about it is open; else null. */
export function settledWallTime(zone: string, value: WallTimeValue): LocalDateTime | null {
  const local = parseLocalDateTime(value.text);
  if (local === null) return null;
  const question = wallQuestion(zone, local);
  return question === null || (question.kind === 'overlap' && value.isConfirmed) ? local : null;
}

/** The value of a field for a wall time of the program's own. */
export function wallTimeValue(local: LocalDateTime): WallTimeValue {
  return { text: formatLocalDateTime({ ...local, second: 0 }), isConfirmed: false };
}

export interface WallTimeFieldProps {
  readonly label: string;
  readonly zone: string;
  readonly value: WallTimeValue;
  readonly onChange: (value: WallTimeValue) => void;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
}

/** A date and time by the clocks of a zone. A time that these clocks skip or show twice is asked about where it was typed. */
export function WallTimeField({ label, zone, value, onChange, error, hint }: WallTimeFieldProps): ReactNode {
  const t = useWords('shifts');
  const local = parseLocalDateTime(value.text);
  const question = local === null ? null : wallQuestion(zone, local);
  const isOpen = question !== null && !(question.kind === 'overlap' && value.isConfirmed);
  return (
    <div className="m-field">
      <TextField
        type="datetime-local"
        label={label}
        value={value.text}
        onChange={(text) => onChange({ text, isConfirmed: false })}
        error={isOpen ? t(question.kind === 'gap' ? 'wall.gap' : 'wall.overlap', { zone: zone.replaceAll('_', ' ') }) : error}
        hint={question !== null && !isOpen ? t('wall.first') : hint}
      />
      {isOpen && (
        <div className="m-field-actions">
          {question.kind === 'overlap' && (
            <Button size="sm" onClick={() => onChange({ ...value, isConfirmed: true })}>
              {t('wall.takeFirst')}
            </Button>
          )}
          <Button size="sm" onClick={() => onChange(wallTimeValue(question.kind === 'gap' ? question.corrected : question.afterwards))}>
            {t('wall.take', { time: formatLocalTime(question.kind === 'gap' ? question.corrected : question.afterwards) })}
          </Button>
        </div>
      )}
    </div>
  );
}
