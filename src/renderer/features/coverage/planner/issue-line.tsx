import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import type { CoverageIssue, IssueKind } from '../../../../shared/domain/coverage/coverage.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';
import type { ShiftWords } from './shift-words.ts';

const TONES: Readonly<Record<IssueKind, BadgeTone>> = {
  gap: 'breach',
  contended: 'soon',
  thin: 'soon',
  empty: 'breach',
  'stale-zone': 'waived',
  'wrap-up': 'paused',
  low: 'paused',
};

/** What nobody has to act on at once: only handovers cover it, or it is above the minimum. */
export function isMinorIssue({ kind }: CoverageIssue): boolean {
  return kind === 'wrap-up' || kind === 'low';
}

export interface IssueLineProps {
  readonly issue: CoverageIssue;
  readonly words: ShiftWords;
  readonly zone: string;
  /** Its requirement is told by the heading above. */
  readonly isNameless?: boolean | undefined;
}

/** One thing to put right, in a line or two: what, of which requirement, when, how many. */
export function IssueLine({ issue, words, zone, isNameless = false }: IssueLineProps): ReactNode {
  const t = useWords('plan');
  const formats = useFormats();
  const { requirementNames } = useRosterIndex();
  const name = issue.requirementId === null ? '' : (requirementNames.get(issue.requirementId) ?? '');
  const rivals = issue.rivals.filter((id) => id !== issue.requirementId).map((id) => requirementNames.get(id) ?? id);
  return (
    <span className="plan-issue">
      <span className="plan-issue-head">
        <Badge tone={TONES[issue.kind]}>{t(`issue.kind.${issue.kind}`)}</Badge>
        {!isNameless && <strong className="truncate">{name === '' ? t('issue.aShift') : name}</strong>}
      </span>
      <span className="plan-issue-when tabular">
        {words.span(issue.from, issue.to, zone)} · {words.length(issue.to - issue.from)}
        {issue.requirementId !== null && <> · {t('issue.have', { have: issue.have, want: issue.want })}</>}
      </span>
      {rivals.length > 0 && <span className="plan-issue-when">{t('issue.rivals', { names: formats.series(rivals) })}</span>}
    </span>
  );
}
