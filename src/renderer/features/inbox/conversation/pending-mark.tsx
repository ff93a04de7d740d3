import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useNow } from '../../../state/clock-store.ts';
import { useTeam } from '../../../state/team.ts';
import { nextSyncChange, teamSync } from '../../../ui/team/team-sync.ts';
import '../list/presence.css';

/** How much of what was done to this case waits for the hub; told when it waits for longer than a moment. */
export function PendingMark({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('hub');
  const formats = useFormats();
  const team = useTeam();
  const now = useNow((at) => (team === null ? null : nextSyncChange(team, at)));
  if (team === null || detail.pendingEvents === 0) return null;
  const sync = teamSync(team, now);
  if (sync === 'in-sync' || sync === 'behind') return null;
  return (
    <span className="ib-owner-pending">
      <Hourglass aria-hidden="true" />
      {t('pending.events', { count: detail.pendingEvents, amount: formats.number(detail.pendingEvents) })}
    </span>
  );
}
