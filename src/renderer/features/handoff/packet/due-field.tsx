import { AlarmClock } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { after, HOUR_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { toInstant, toLocal } from '../../../../shared/domain/time/zone.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { settledWallTime, WallTimeField, wallTimeValue } from '../../../ui/wall-time-field.tsx';

/** Times that an action is often due at. */
export interface UsualTime {
  readonly label: string;
  readonly at: Instant;
}

export interface DueFieldProps {
  /** Of which action, for its accessible name. */
  readonly label: string;
  readonly value: Instant | null;
  readonly onChange: (at: Instant | null) => void;
  readonly usual: readonly UsualTime[];
}

/** By when something is to be done: a time on the writer's clock, one of the usual ones, or none. */
export function DueField({ label, value, onChange, usual }: DueFieldProps): ReactNode {
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const [isOpen, setOpen] = useState(false);
  const words = value === null ? t('edit.dueNone') : t('view.due', { at: formats.soonTime(value, now) });
  const choose = (at: Instant | null): void => {
    onChange(at);
    setOpen(false);
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      title={t('edit.dueTitle')}
      className="hp-due"
      trigger={
        <Button
          size="sm"
          variant="ghost"
          icon={<AlarmClock aria-hidden="true" />}
          aria-label={`${label}: ${words}`}
          className={value === null ? 'hp-due-button hp-due-none tabular' : 'hp-due-button tabular'}
        >
          {words}
        </Button>
      }
    >
      <div className="hp-due-usual">
        {[1, 2, 4].map((hours) => (
          <Button key={hours} size="sm" onClick={() => choose(after(now, hours * HOUR_MS))}>
            {t('edit.dueIn', { span: formats.hours(hours * HOUR_MS) })}
          </Button>
        ))}
        {usual.map((each) => (
          <Button key={each.label} size="sm" onClick={() => choose(each.at)}>
            {each.label} <span className="muted tabular">{formats.soonTime(each.at, now)}</span>
          </Button>
        ))}
      </div>
      <OwnTime value={value ?? after(now, HOUR_MS)} zone={formats.zone} onChange={onChange} />
      {value !== null && (
        <Button size="sm" variant="ghost" onClick={() => choose(null)}>
          {t('edit.dueClear')}
        </Button>
      )}
    </Popover>
  );
}

function OwnTime({
  value,
  zone,
  onChange,
}: {
  readonly value: Instant;
  readonly zone: string;
  readonly onChange: (at: Instant) => void;
}): ReactNode {
  const t = useWords('handoff');
  const [typed, setTyped] = useState(() => wallTimeValue(toLocal(zone, value)));
  return (
    <WallTimeField
      label={t('edit.dueField', { zone: zone.replaceAll('_', ' ') })}
      zone={zone}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        const local = settledWallTime(zone, next);
        if (local !== null) onChange(toInstant(zone, local));
      }}
    />
  );
}
