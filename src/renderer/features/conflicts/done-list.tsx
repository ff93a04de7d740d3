import { CircleSlash2, GitMerge, UserCheck, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ConflictRow } from '../../../shared/contract/team.contract.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { openCase } from '../../state/session.ts';
import { Badge } from '../../ui/badge.tsx';
import type { BadgeTone } from '../../ui/badge.tsx';
import { useConflictWords } from './conflict-words.ts';

type State = 'merged' | 'dropped' | 'keep-theirs' | 'apply-mine';

const LOOKS: { readonly [Name in State]: { readonly tone: BadgeTone; readonly icon: ReactNode } } = {
  merged: { tone: 'ok', icon: <GitMerge aria-hidden="true" /> },
  dropped: { tone: 'paused', icon: <CircleSlash2 aria-hidden="true" /> },
  'keep-theirs': { tone: 'neutral', icon: <UserRound aria-hidden="true" /> },
  'apply-mine': { tone: 'accent', icon: <UserCheck aria-hidden="true" /> },
};

/** What needs nothing any more, folded away: decided by somebody, merged by itself, or not needed. */
export function DoneList({ rows }: { readonly rows: readonly ConflictRow[] }): ReactNode {
  const t = useWords('conflicts');
  if (rows.length === 0) return null;
  return (
    <details className="conflict-done">
      <summary>
        <strong>{t('decidedTitle')}</strong>
        <span className="muted">{t('decidedCount', { count: rows.length })}</span>
      </summary>
      <ul>
        {rows.map((row) => (
          <DoneRow key={row.conflict.id} row={row} />
        ))}
      </ul>
    </details>
  );
}

function DoneRow({ row }: { readonly row: ConflictRow }): ReactNode {
  const t = useWords('conflicts');
  const formats = useFormats();
  const words = useConflictWords();
  const now = useNow(nextMinute);
  const { conflict } = row;
  const { decision, kind, mine } = conflict;
  const state: State = decision?.choice ?? (kind === 'dropped' ? 'dropped' : 'merged');
  const [first] = mine.changes;
  const at = decision?.at ?? conflict.at;
  const when = formats.soonTime(at, now);
  return (
    <li>
      <Badge tone={LOOKS[state].tone} icon={LOOKS[state].icon}>
        {t(`state.${state}`)}
      </Badge>
      <span className="conflict-done-text">
        {row.case !== null && (
          <button
            type="button"
            className="conflict-case truncate"
            dir="auto"
            onClick={() => row.case !== null && openCase(row.case.caseId)}
          >
            {row.case.subject.trim() === '' ? t('noSubject') : row.case.subject}
          </button>
        )}
        <span>
          {words.reason(conflict)}
          {first !== undefined && `: ${words.field(first)}, ${words.value(row, first, first.to)}`}
        </span>
      </span>
      <time className="muted tabular" dateTime={new Date(at).toISOString()} title={formats.dateTimeFull(at)}>
        {decision === null ? when : t('decidedBy', { who: words.person(decision.by), when })}
      </time>
    </li>
  );
}
