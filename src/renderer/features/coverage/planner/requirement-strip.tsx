import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import type { CoverageWindow } from '../../../../shared/contract/coverage.contract.ts';
import type { CoverageIssue, IssueKind, Segment } from '../../../../shared/domain/coverage/coverage.ts';
import type { Requirement } from '../../../../shared/domain/coverage/roster.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { fractionAt, percent } from '../../../ui/time-axis.ts';
import type { TimeAxis } from '../../../ui/time-axis.ts';
import { usePlanner } from './planner.store.ts';

export interface RequirementStripProps {
  readonly requirements: readonly Requirement[];
  readonly coverage: CoverageWindow | null;
  readonly axis: TimeAxis;
  readonly onIssue: (issue: CoverageIssue) => void;
}

/** What must be staffed, a thin line each: where it is, where people are missing, and how badly. */
export const RequirementStrip = memo(function RequirementStrip({
  requirements,
  coverage,
  axis,
  onIssue,
}: RequirementStripProps): ReactNode {
  const t = useWords('plan');
  const isOpen = usePlanner((state) => state.isStripOpen);
  const active = requirements.filter((each) => each.isActive);
  const issues = useMemo(() => issuesBy(coverage?.issues ?? []), [coverage]);
  if (active.length === 0) return null;
  const troubled = (coverage?.issues ?? []).filter((issue) => !issue.isBrief && (issue.kind === 'gap' || issue.kind === 'thin')).length;
  const loose = issues.get(null) ?? [];
  return (
    <div className="plan-strip" role="group" aria-label={t('strip.label')}>
      <div className="plan-strip-row plan-strip-head">
        <div className="plan-label">
          <button
            type="button"
            className="plan-hub-toggle"
            aria-expanded={isOpen}
            onClick={() => usePlanner.setState({ isStripOpen: !isOpen })}
          >
            {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
            <strong className="truncate">{t('strip.title')}</strong>
            <span className="plan-strip-count tabular" data-troubled={troubled > 0 ? '' : undefined}>
              {troubled > 0 ? t('strip.short', { count: troubled }) : t('strip.fine')}
            </span>
          </button>
        </div>
        <div className="plan-track" aria-hidden="true">
          {loose.map((issue) => (
            <i
              key={`${issue.kind} ${issue.from} ${issue.shiftId}`}
              className="plan-mark"
              data-kind={issue.kind}
              style={spanStyle(issue, axis)}
            />
          ))}
        </div>
      </div>
      {isOpen &&
        active.map((requirement) => (
          <StripRow
            key={requirement.requirementId}
            requirement={requirement}
            segments={coverage?.requirements.find((each) => each.requirementId === requirement.requirementId)?.segments ?? NO_SEGMENTS}
            issues={issues.get(requirement.requirementId) ?? NO_ISSUES}
            axis={axis}
            onIssue={onIssue}
          />
        ))}
      <div className="plan-strip-veil" aria-hidden="true">
        <PastVeil axis={axis} />
      </div>
    </div>
  );
});

/** Covers what has been: nothing can be done about it. */
function PastVeil({ axis }: { readonly axis: TimeAxis }): ReactNode {
  const now = useNow(nextMinute);
  const share = Math.min(1, fractionAt(axis, now));
  return share <= 0 ? null : <div className="plan-past" style={{ inlineSize: percent(share) }} />;
}

const NO_SEGMENTS: readonly Segment[] = [];
const NO_ISSUES: readonly CoverageIssue[] = [];

function issuesBy(issues: readonly CoverageIssue[]): ReadonlyMap<string | null, readonly CoverageIssue[]> {
  const groups = new Map<string | null, CoverageIssue[]>();
  for (const issue of issues) groups.set(issue.requirementId, [...(groups.get(issue.requirementId) ?? []), issue]);
  return groups;
}

interface StripRowProps {
  readonly requirement: Requirement;
  readonly segments: readonly Segment[];
  readonly issues: readonly CoverageIssue[];
  readonly axis: TimeAxis;
  readonly onIssue: (issue: CoverageIssue) => void;
}

const StripRow = memo(function StripRow({ requirement, segments, issues, axis, onIssue }: StripRowProps): ReactNode {
  const t = useWords('plan');
  const formats = useFormats();
  const shown = issues.filter((issue) => !issue.isBrief);
  const counts = COUNTED.map((kind) => ({ kind, count: shown.filter((issue) => issue.kind === kind).length })).filter(
    ({ count }) => count > 0,
  );
  const summary =
    counts.length === 0 ? t('strip.covered') : formats.series(counts.map(({ kind, count }) => t(`issue.count.${kind}`, { count })));
  const open = (fraction: number): void => {
    const at = axis.from + fraction * (axis.to - axis.from);
    const issue = shown.find((each) => each.from <= at && each.to > at);
    if (issue !== undefined) onIssue(issue);
  };
  return (
    <div className="plan-strip-row">
      <div className="plan-label" title={`${requirement.name}: ${summary}`}>
        <span className="plan-strip-name truncate">{requirement.name}</span>
        <span className="visually-hidden">{summary}</span>
        {counts[0] !== undefined && (
          <span className="plan-strip-worst" data-kind={counts[0].kind} aria-hidden="true">
            {t(`issue.count.${counts[0].kind}`, { count: counts[0].count })}
          </span>
        )}
      </div>
      {/* The list of issues does the same by key. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        className="plan-track plan-strip-track"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - box.left) / box.width;
          open(getComputedStyle(event.currentTarget).direction === 'rtl' ? 1 - share : share);
        }}
      >
        {segments.map((segment) => (
          <i
            key={segment.from}
            className="plan-segment"
            data-state={segment.state}
            title={t('strip.segment', { state: t(`segment.${segment.state}`), have: segment.agents, want: requirement.minimum })}
            style={spanStyle(segment, axis)}
          />
        ))}
        {issues
          .filter((issue) => issue.kind === 'contended' || issue.kind === 'wrap-up' || issue.kind === 'stale-zone')
          .map((issue) => (
            <i key={`${issue.kind} ${issue.from}`} className="plan-mark" data-kind={issue.kind} style={spanStyle(issue, axis)} />
          ))}
      </div>
    </div>
  );
});

/** Worst first. */
const COUNTED: readonly IssueKind[] = ['gap', 'thin', 'contended', 'empty', 'stale-zone', 'wrap-up', 'low'];

function spanStyle(
  span: { readonly from: number; readonly to: number },
  axis: TimeAxis,
): { readonly insetInlineStart: string; readonly inlineSize: string } {
  const from = Math.max(span.from, axis.from);
  const to = Math.min(span.to, axis.to);
  return { insetInlineStart: percent(fractionAt(axis, from)), inlineSize: percent(Math.max(0, to - from) / (axis.to - axis.from)) };
}
