import { Activity, CircleCheck, CircleDashed, Siren } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Severity } from '../../../shared/domain/handoff/packet.ts';
import { Badge } from '../badge.tsx';
import type { BadgeTone } from '../badge.tsx';

export const SEVERITY_ICONS: Readonly<Record<Severity, ReactNode>> = {
  stable: <CircleCheck aria-hidden="true" />,
  watcher: <Activity aria-hidden="true" />,
  critical: <Siren aria-hidden="true" />,
};
const TONES: Readonly<Record<Severity, BadgeTone>> = { stable: 'ok', watcher: 'soon', critical: 'breach' };

/** How a case is doing, by an icon and a word; says so while nobody has said. */
export function SeverityMark({ severity }: { readonly severity: Severity | null }): ReactNode {
  const t = useWords('handoff');
  if (severity === null) {
    return (
      <Badge tone="paused" icon={<CircleDashed aria-hidden="true" />}>
        {t('severity.none')}
      </Badge>
    );
  }
  return (
    <Badge tone={TONES[severity]} icon={SEVERITY_ICONS[severity]} title={t(`severityHint.${severity}`)}>
      {t(`severity.${severity}`)}
    </Badge>
  );
}
