import { Check, Inbox, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLive, useLiveValue } from '../../../bridge/use-live.ts';
import { bodyIn } from '../../../../shared/domain/coverage/draft.ts';
import type { Absence, Plan, Swap } from '../../../../shared/domain/coverage/plan.ts';
import type { CoverageIssue } from '../../../../shared/domain/coverage/coverage.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { tellProblem } from './edit-plan.ts';
import { IssueLine } from './issue-line.tsx';
import { agentKey } from './planner-rows.ts';
import { showTime } from './planner.store.ts';
import type { ShiftWords } from './shift-words.ts';
import { SideFrame } from './side-frame.tsx';
import type { PlannerData } from './use-planner-data.ts';

export interface RequestsPanelProps {
  readonly data: PlannerData;
  readonly words: ShiftWords;
}

/** Requests that wait for an answer, however far ahead they are. */
export function useWaiting(): { readonly plan: Plan | null; readonly absences: readonly Absence[]; readonly swaps: readonly Swap[] } {
  const plan = useLiveValue('plan.requests', {}, null);
  return { plan, absences: plan?.absences ?? [], swaps: plan?.swaps ?? [] };
}

/** Swap and absence requests, each with what it would do to coverage. */
export function RequestsPanel({ data, words }: RequestsPanelProps): ReactNode {
  const t = useWords('plan');
  const { plan, absences, swaps } = useWaiting();
  const count = absences.length + swaps.length;
  return (
    <SideFrame title={t('side.requests', { count })}>
      {plan === null && <Spinner />}
      {plan !== null && count === 0 && (
        <p className="plan-side-empty">
          <Inbox aria-hidden="true" />
          {t('side.noRequests')}
        </p>
      )}
      <ul className="plan-requests">
        {swaps.map((swap) => (
          <SwapRequest key={swap.swapId} swap={swap} plan={plan} data={data} words={words} />
        ))}
        {absences.map((absence) => (
          <AbsenceRequest key={absence.absenceId} absence={absence} data={data} words={words} />
        ))}
      </ul>
    </SideFrame>
  );
}

function SwapRequest({ swap, plan, data, words }: RequestsPanelProps & { readonly swap: Swap; readonly plan: Plan | null }): ReactNode {
  const t = useWords('plan');
  const { shiftId, fromAt, toAt, toAgent, returnShiftId } = swap;
  const check = useLive('plan.checkSwap', { shiftId, fromAt, toAt, toAgent, returnShiftId });
  const [isWorking, setWorking] = useState(false);
  const back = plan?.shifts.find((each) => each.shiftId === returnShiftId);
  const backBody = back === undefined ? null : bodyIn(back, 'published');
  const decide = async (approve: boolean): Promise<void> => {
    setWorking(true);
    const answer = await call('plan.decideSwap', { opId: newOperationId(), swapId: swap.swapId, approve });
    setWorking(false);
    if (!answer.ok) tellProblem(answer.error.code, 'plan:failed.decide');
  };
  const refusals = check.state === 'ready' ? check.value.refusals : [];
  return (
    <li className="plan-request">
      <button type="button" className="plan-request-jump" onClick={() => showTime(data.zone, fromAt, agentKey(swap.fromAgent))}>
        <Badge>{t('requests.swap')}</Badge>
        <strong>
          {words.who(swap.fromAgent)} → {toAgent === null ? t('requests.anybody') : words.who(toAgent)}
        </strong>
        <span className="plan-issue-when tabular">{words.span(fromAt, toAt, data.zone)}</span>
        {backBody !== null && <span className="plan-issue-when">{t('requests.inReturn', { when: words.when(backBody) })}</span>}
        {swap.reason !== '' && <q>{swap.reason}</q>}
      </button>
      {swap.state === 'asked' && (
        <p className="plan-request-state">
          {toAgent === null ? t('requests.notTaken') : t('requests.notAccepted', { name: words.who(toAgent) })}
          {toAgent !== null && data.canPlan && check.state === 'ready' && refusals.length === 0 && ` ${t('requests.orOverride')}`}
        </p>
      )}
      {check.state === 'loading' && <Spinner />}
      {refusals.length > 0 && (
        <ul className="plan-problems">
          {refusals.map(({ code, agentId }) => (
            <li key={`${code} ${agentId}`} data-severity="error">
              <X aria-hidden="true" />
              <span>{agentId === null ? t(`refusal.${code}`) : `${words.who(agentId)}: ${t(`refusal.${code}`)}`}</span>
            </li>
          ))}
        </ul>
      )}
      {check.state === 'ready' && <Opened issues={check.value.opened} words={words} zone={data.zone} />}
      {data.canPlan && (
        <Decision
          isWorking={isWorking}
          canApprove={swap.state === 'accepted' && check.state === 'ready' && refusals.length === 0}
          onDecide={(approve) => void decide(approve)}
        />
      )}
    </li>
  );
}

function AbsenceRequest({ absence, data, words }: RequestsPanelProps & { readonly absence: Absence }): ReactNode {
  const t = useWords('plan');
  const { agentId, zone, startLocal, endLocal } = absence;
  const check = useLive('plan.checkAbsence', { agentId, zone, startLocal, endLocal });
  const [isWorking, setWorking] = useState(false);
  const decide = async (approve: boolean): Promise<void> => {
    setWorking(true);
    const state = approve ? 'approved' : 'declined';
    const answer = await call('plan.decideAbsence', { opId: newOperationId(), absenceId: absence.absenceId, state });
    setWorking(false);
    if (!answer.ok) tellProblem(answer.error.code, 'plan:failed.decide');
  };
  return (
    <li className="plan-request">
      <button type="button" className="plan-request-jump" onClick={() => showTime(data.zone, absence.startAt, agentKey(agentId))}>
        <Badge tone="paused">{t(`absence.kind.${absence.kind}`)}</Badge>
        <strong>{words.who(agentId)}</strong>
        <span className="plan-issue-when tabular">{words.span(absence.startAt, absence.endAt, absence.zone)}</span>
        {absence.note !== '' && <q>{absence.note}</q>}
      </button>
      {check.state === 'loading' && <Spinner />}
      {check.state === 'ready' && <Opened issues={check.value.opened} words={words} zone={data.zone} />}
      {data.canPlan && <Decision isWorking={isWorking} canApprove={check.state === 'ready'} onDecide={(approve) => void decide(approve)} />}
    </li>
  );
}

function Opened({
  issues,
  words,
  zone,
}: {
  readonly issues: readonly CoverageIssue[];
  readonly words: ShiftWords;
  readonly zone: string;
}): ReactNode {
  const t = useWords('plan');
  if (issues.length === 0) {
    return (
      <p className="plan-request-fine">
        <Check aria-hidden="true" />
        {t('requests.opensNothing')}
      </p>
    );
  }
  return (
    <div className="plan-request-opens">
      <p>{t('requests.opens', { count: issues.length })}</p>
      <ul>
        {issues.slice(0, 4).map((issue) => (
          <li key={`${issue.kind} ${issue.requirementId} ${issue.from}`}>
            <IssueLine issue={issue} words={words} zone={zone} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Decision({
  isWorking,
  canApprove,
  onDecide,
}: {
  readonly isWorking: boolean;
  readonly canApprove: boolean;
  readonly onDecide: (approve: boolean) => void;
}): ReactNode {
  const t = useWords('plan');
  return (
    <div className="plan-decision">
      <Button size="sm" disabled={isWorking} onClick={() => onDecide(false)}>
        {t('requests.decline')}
      </Button>
      <Button size="sm" variant="primary" disabled={isWorking || !canApprove} onClick={() => onDecide(true)}>
        {t('requests.approve')}
      </Button>
    </div>
  );
}
