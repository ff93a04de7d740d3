import type { ReactNode } from 'react';
import type { Instant } from '../../shared/domain/time.ts';
import { nextRelativeChange } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { useNow } from '../state/clock-store.ts';

export interface RelativeTimeProps {
  readonly at: Instant;
  /** `short`: 5m, 3h, 2d for dense lists. `long`: 5 minutes ago. `since`: how long, without direction. */
  readonly form?: 'short' | 'long' | 'since' | undefined;
  readonly className?: string | undefined;
}

/** A time as seen from now; changes by itself exactly when its words do. The full date is its title. */
export function RelativeTime({ at, form = 'short', className }: RelativeTimeProps): ReactNode {
  const formats = useFormats();
  const now = useNow((current) => nextRelativeChange(at, current));
  const text =
    form === 'long' ? formats.relative(at, now) : form === 'since' ? formats.duration(Math.abs(now - at)) : formats.relativeShort(at, now);
  return (
    <time
      className={className === undefined ? 'tabular' : `tabular ${className}`}
      dateTime={new Date(at).toISOString()}
      title={formats.dateTimeFull(at)}
    >
      {text}
    </time>
  );
}
