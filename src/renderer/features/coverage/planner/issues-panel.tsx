import { Check, ShieldCheck, UserRoundPlus } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { useLive } from '../../../bridge/use-live.ts';
import type { Candidate, CoverageIssue } from '../../../../shared/domain/coverage/coverage.ts';
import { EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import { spanBetween } from '../../../../shared/domain/coverage/derive.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { changed, editPlan, newShiftId } from './edit-plan.ts';
import { isMinorIssue, IssueLine } from './issue-line.tsx';
import { rowKeyOf } from './planner-rows.ts';
import { focusOn, select, showTime, usePlanner } from './planner.store.ts';
import { startDayIn } from './shift-edit.ts';
import type { ShiftWords } from './shift-words.ts';
import { SideFrame } from './side-frame.tsx';
import type { PlannerData } from './use-planner-data.ts';
import { findShift } from './use-planner-drag.ts';

export interface IssuesPanelProps {
  readonly issues: readonly CoverageIssue[];
  readonly data: PlannerData;
  readonly words: ShiftWords;
}

const keyOf = (issue: CoverageIssue): string => [issue.kind, issue.requirementId, issue.shiftId, issue.from].join(' ');

interface IssueGroup {
  readonly key: string;
  readonly name: string;
  readonly issues: readonly CoverageIssue[];
}

/** By requirement, that with the worst issue first; shifts that nobody takes are a group of their own. */
function useGroups(issues: readonly CoverageIssue[]): readonly IssueGroup[] {
  const t = useWords('plan');
  const { requirementNames } = useRosterIndex();
  return useMemo(() => {
    const groups = new Map<CoverageIssue['requirementId'], CoverageIssue[]>();
    for (const issue of issues) groups.set(issue.requirementId, [...(groups.get(issue.requirementId) ?? []), issue]);
    return [...groups].map(([id, list]) => ({
      key: id ?? 'none',
      name: id === null ? t('side.shifts') : (requirementNames.get(id) ?? id),
      issues: list,
    }));
  }, [issues, requirementNames, t]);
}

/** Everything to put right in what is shown, worst first, each with who could. One tab stop; arrows go through it. */
export function IssuesPanel({ issues: all, data, words }: IssuesPanelProps): ReactNode {
  const t = useWords('plan');
  const hasMinor = usePlanner((state) => state.hasMinorIssues);
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [stopKey, setStopKey] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const issues = useMemo(() => (hasMinor ? all : all.filter((issue) => !isMinorIssue(issue))), [all, hasMinor]);
  const minor = useMemo(() => all.filter(isMinorIssue).length, [all]);
  const groups = useGroups(issues);
  const first = groups[0]?.issues[0];
  const stop = issues.some((issue) => keyOf(issue) === stopKey) || first === undefined ? stopKey : keyOf(first);
  const choose = (issue: CoverageIssue): void => {
    setOpenKey(keyOf(issue) === openKey ? null : keyOf(issue));
    const placed = issue.shiftId === null ? null : findShift(data, issue.shiftId);
    showTime(data.zone, issue.from, placed === null ? null : rowKeyOf(placed.body));
    if (placed !== null) select([placed.shiftId]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.plan-issue-button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at === -1) return;
    event.preventDefault();
    buttons[to]?.focus();
  };
  return (
    <SideFrame title={t('side.issues', { count: issues.length })}>
      {minor > 0 && (
        <div className="plan-issue-filter">
          <Checkbox
            label={t('side.minor', { count: minor })}
            checked={hasMinor}
            onChange={(hasMinorIssues) => usePlanner.setState({ hasMinorIssues })}
          />
        </div>
      )}
      {issues.length === 0 ? (
        <p className="plan-side-empty">
          <ShieldCheck aria-hidden="true" />
          {data.coverage === null ? t('side.working') : t(minor > 0 ? 'side.onlyMinor' : 'side.noIssues')}
        </p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys between its buttons
        <div ref={list} onKeyDown={onKeyDown}>
          {groups.map(({ key, name, issues: own }) => (
            <section key={key} className="plan-issue-group">
              <h3>
                <span className="truncate">{name}</span>
                <span className="tabular">{own.length}</span>
              </h3>
              <ul className="plan-issue-list" aria-label={name}>
                {own.map((issue) => {
                  const isOpen = keyOf(issue) === openKey;
                  return (
                    <li key={keyOf(issue)} data-open={isOpen ? '' : undefined}>
                      <button
                        type="button"
                        className="plan-issue-button"
                        aria-expanded={isOpen}
                        tabIndex={keyOf(issue) === stop ? 0 : -1}
                        onFocus={() => setStopKey(keyOf(issue))}
                        onClick={() => choose(issue)}
                      >
                        <IssueLine issue={issue} words={words} zone={data.zone} isNameless />
                      </button>
                      {isOpen && <WhoCould issue={issue} data={data} words={words} />}
                    </li>
                  );
                })}
              </ul>
            </section>
          ))}
        </div>
      )}
    </SideFrame>
  );
}

/** Who could cover it, best first: one press makes the shift in the draft. */
function WhoCould({ issue, data, words }: { readonly issue: CoverageIssue } & Omit<IssuesPanelProps, 'issues'>): ReactNode {
  const t = useWords('plan');
  const layer = usePlanner((state) => state.layer);
  const of = issue.requirementId === null ? { selector: neededBy(issue, data) } : { requirementId: issue.requirementId };
  const live = useLive('coverage.candidates', { of, from: issue.from, to: issue.to, layer });
  if (live.state === 'loading') return <Spinner />;
  if (live.state === 'error') return <p role="alert">{t('who.failed')}</p>;
  const able = live.value.filter((each) => each.refusals.length === 0);
  const others = live.value.filter((each) => each.refusals.length > 0).slice(0, 5);
  return (
    <div className="plan-who">
      <h4>{t('who.title')}</h4>
      {able.length === 0 && <p className="muted">{t('who.nobody')}</p>}
      <ul>
        {able.slice(0, 6).map((candidate) => (
          <CandidateRow key={candidate.agentId} candidate={candidate} issue={issue} data={data} words={words} />
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h4>{t('who.others')}</h4>
          <ul>
            {others.map((candidate) => (
              <CandidateRow key={candidate.agentId} candidate={candidate} issue={issue} data={data} words={words} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function neededBy(issue: CoverageIssue, data: PlannerData): typeof EVERYBODY {
  return (issue.shiftId === null ? null : findShift(data, issue.shiftId)?.body.needs) ?? EVERYBODY;
}

function CandidateRow({
  candidate,
  issue,
  data,
  words,
}: { readonly candidate: Candidate; readonly issue: CoverageIssue } & Omit<IssuesPanelProps, 'issues'>): ReactNode {
  const t = useWords('plan');
  const { agents } = useRosterIndex();
  const agent = agents.get(candidate.agentId);
  const canEdit = usePlanner((state) => state.layer === 'draft') && data.canPlan;
  if (agent === undefined) return null;
  const assign = (): void => {
    const open = issue.shiftId === null ? null : findShift(data, issue.shiftId);
    const shiftId = open?.shiftId ?? newShiftId();
    const body =
      open === null
        ? {
            ...spanBetween(agent.zone, issue.from, issue.to, data.zoneData),
            agentId: agent.agentId,
            hubId: agent.hubId,
            breaks: [],
            needs: EVERYBODY,
            source: 'manual' as const,
            templateId: null,
            rotationId: null,
            note: '',
          }
        : { ...open.body, agentId: agent.agentId };
    void editPlan([changed(shiftId, body)], t('done.created', { who: agent.name, when: words.when(body) }));
    select([shiftId]);
    focusOn({ rowKey: rowKeyOf(body), epochDay: startDayIn(data.zone, body), shiftId });
  };
  const facts = [
    words.span(issue.from, issue.to, agent.zone),
    candidate.restMs === null ? t('who.rested') : t('who.rest', { length: words.length(candidate.restMs) }),
    candidate.stretchUnsocialMinutes > 0
      ? t('who.unsocial', { length: words.length(candidate.stretchUnsocialMinutes * 60_000) })
      : t('who.social'),
  ];
  return (
    <li className="plan-candidate">
      <span>
        <strong>{agent.name}</strong>
        <span className="plan-issue-when tabular">{facts.join(' · ')}</span>
        {candidate.refusals.map((reason) => (
          <Badge key={reason} tone="soon">
            {t(`who.refusal.${reason}`)}
          </Badge>
        ))}
      </span>
      {canEdit && (
        <Button
          size="sm"
          variant={candidate.refusals.length === 0 ? 'default' : 'ghost'}
          icon={candidate.refusals.length === 0 ? <UserRoundPlus aria-hidden="true" /> : <Check aria-hidden="true" />}
          aria-label={t('who.assignName', { name: agent.name })}
          onClick={assign}
        >
          {t('who.assign')}
        </Button>
      )}
    </li>
  );
}
