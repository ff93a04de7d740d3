import { TriangleAlert, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { CoverageIssue } from '../../../shared/domain/coverage/coverage.ts';
import { useRosterIndex } from '../../state/roster.ts';
import { useTurnWords } from './turn-words.ts';

const MOST = 6;

/** Shortfalls that something would open, the first ones with name and time. */
export function OpenedIssues({ issues, zone }: { readonly issues: readonly CoverageIssue[]; readonly zone: string }): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(zone);
  const { requirementNames } = useRosterIndex();
  const told = issues.filter((issue) => !issue.isBrief);
  return (
    <ul className="shifts-issues">
      {told.slice(0, MOST).map((issue) => {
        const isGap = issue.kind === 'gap';
        const name = issue.requirementId === null ? '' : (requirementNames.get(issue.requirementId) ?? '');
        return (
          <li key={`${issue.kind} ${String(issue.requirementId)} ${String(issue.from)}`} data-tone={isGap ? 'breach' : 'soon'}>
            {isGap ? <TriangleAlert aria-hidden="true" /> : <UsersRound aria-hidden="true" />}
            <span>{t(isGap ? 'opened.gap' : 'opened.thin', { name, when: words.when(issue), have: issue.have, want: issue.want })}</span>
          </li>
        );
      })}
      {told.length > MOST && <li>{t('ribbon.more', { count: told.length - MOST })}</li>}
    </ul>
  );
}
