import { ArrowRight, Bell, CircleAlert, Clock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLive } from '../../../bridge/use-live.ts';
import type { PlanDiff } from '../../../../shared/contract/coverage.contract.ts';
import type { PublishedChange } from '../../../../shared/domain/coverage/plan.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { tellProblem } from './edit-plan.ts';
import { IssueLine } from './issue-line.tsx';
import { rowKeyOf } from './planner-rows.ts';
import { openDialog, select, showTime, usePlanner } from './planner.store.ts';
import { ProblemText } from './problem-text.tsx';
import type { ShiftWords } from './shift-words.ts';

export interface PublishDialogProps {
  readonly words: ShiftWords;
  readonly zone: string;
}

/** What publishing would do: what changes, who is told, what stands in the way, what it does to coverage. */
export function PublishDialog({ words, zone }: PublishDialogProps): ReactNode {
  const t = useWords('plan');
  const tErrors = useWords('errors');
  const diff = useLive('plan.diff', {});
  const [note, setNote] = useState('');
  const [isWorking, setWorking] = useState(false);
  const blocking = diff.state === 'ready' ? diff.value.problems.filter(({ problem }) => problem.severity === 'error') : [];
  const count = diff.state === 'ready' ? diff.value.changes.length : 0;
  const publish = async (): Promise<void> => {
    setWorking(true);
    const answer = await call('plan.publish', { opId: newOperationId(), note });
    setWorking(false);
    if (!answer.ok) {
      tellProblem(answer.error.code, 'plan:failed.publish');
      return;
    }
    openDialog(null);
    // What was published is not undone step by step, but taken back as a whole.
    usePlanner.setState({ done: [], undone: [], spoken: t('publish.done', { count: answer.value.changed }) });
    showToast({
      title: t('publish.done', { count: answer.value.changed }),
      tone: 'ok',
      action: { label: t('publish.showHistory'), onAction: () => usePlanner.setState({ side: 'history' }) },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) openDialog(null);
      }}
      size="lg"
      title={t('publish.title', { count })}
      description={t('publish.description')}
      footer={
        <>
          {blocking.length > 0 && <span className="plan-blocked">{t('publish.blocked', { count: blocking.length })}</span>}
          <Button onClick={() => openDialog(null)}>{t('publish.cancel')}</Button>
          <Button variant="primary" loading={isWorking} disabled={count === 0 || blocking.length > 0} onClick={() => void publish()}>
            {t('publish.confirm')}
          </Button>
        </>
      }
    >
      {diff.state === 'loading' && <Spinner />}
      {diff.state === 'error' && <p role="alert">{errorText(tErrors, diff.error.code)}</p>}
      {diff.state === 'ready' && (
        <div className="plan-publish">
          <Problems diff={diff.value} words={words} zone={zone} />
          <Coverage diff={diff.value} words={words} zone={zone} />
          <Told diff={diff.value} words={words} />
          <section>
            <h3>{t('publish.changes', { count })}</h3>
            <ChangeList changes={diff.value.changes} words={words} />
          </section>
          <TextArea label={t('publish.note')} hint={t('publish.noteHint')} value={note} onChange={setNote} rows={2} maxLength={2_000} />
        </div>
      )}
    </Dialog>
  );
}

function startOf({ before, after }: PublishedChange): number {
  return (after ?? before)?.startAt ?? 0;
}

/** Shifts that changed, each with what it was and what it is. */
export function ChangeList({ changes, words }: { readonly changes: readonly PublishedChange[]; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const [isAll, setAll] = useState(false);
  const sorted = [...changes].sort((a, b) => startOf(a) - startOf(b));
  const shown = isAll ? sorted : sorted.slice(0, 40);
  return (
    <>
      <ul className="plan-changes">
        {shown.map(({ shiftId, before, after }) => (
          <li key={shiftId}>
            <Badge tone={before === null ? 'ok' : after === null ? 'breach' : 'accent'}>
              {t(before === null ? 'look.new' : after === null ? 'look.removed' : 'look.changed')}
            </Badge>
            {before !== null && (
              <span className={after === null ? '' : 'plan-before'}>
                {words.who(before.agentId)} {words.when(before)}
              </span>
            )}
            {before !== null && after !== null && <ArrowRight aria-label={t('publish.becomes')} role="img" />}
            {after !== null && (
              <span>
                {words.who(after.agentId)} {words.when(after)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {shown.length < sorted.length && (
        <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
          {t('publish.showAll', { count: sorted.length })}
        </Button>
      )}
    </>
  );
}

function Problems({ diff, words, zone }: { readonly diff: PlanDiff } & PublishDialogProps): ReactNode {
  const t = useWords('plan');
  if (diff.problems.length === 0) return null;
  return (
    <section>
      <h3>{t('publish.problems')}</h3>
      <ul className="plan-problems">
        {diff.problems.map(({ shiftId, problem }, index) => {
          const body = diff.changes.find((each) => each.shiftId === shiftId)?.after ?? null;
          return (
            <li key={`${shiftId} ${index}`} data-severity={problem.severity}>
              {problem.severity === 'error' ? <CircleAlert aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
              <span>
                {body !== null && (
                  <strong>
                    {words.who(body.agentId)} {words.when(body)}:{' '}
                  </strong>
                )}
                <ProblemText problem={problem} words={words} />
              </span>
              {body !== null && (
                <Button
                  size="sm"
                  onClick={() => {
                    openDialog(null);
                    select([shiftId]);
                    showTime(zone, body.startAt, rowKeyOf(body));
                    openDialog({ kind: 'shift', shiftId, body });
                  }}
                >
                  {t('publish.jump')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Coverage({ diff, words, zone }: { readonly diff: PlanDiff } & PublishDialogProps): ReactNode {
  const t = useWords('plan');
  const groups = [
    { key: 'opened' as const, issues: diff.opened },
    { key: 'closed' as const, issues: diff.closed },
  ].filter(({ issues }) => issues.length > 0);
  if (groups.length === 0) return <p className="muted">{t('publish.noCoverage')}</p>;
  return groups.map(({ key, issues }) => (
    <section key={key}>
      <h3>{t(`publish.${key}`, { count: issues.length })}</h3>
      <ul className="plan-issue-list" data-kind={key}>
        {issues.slice(0, 12).map((issue) => (
          <li key={`${issue.kind} ${issue.requirementId} ${issue.from} ${issue.shiftId}`}>
            <IssueLine issue={issue} words={words} zone={zone} />
          </li>
        ))}
      </ul>
      {issues.length > 12 && <p className="muted">{t('publish.more', { count: issues.length - 12 })}</p>}
    </section>
  ));
}

function Told({ diff, words }: { readonly diff: PlanDiff; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const formats = useFormats();
  if (diff.told.length === 0) return null;
  return (
    <section>
      <h3>
        <Bell aria-hidden="true" /> {t('publish.told', { count: diff.told.length })}
      </h3>
      <ul className="plan-told">
        {diff.told.map(({ agentId, shifts }) => {
          const late = shifts.filter((each) => each.isLate).length;
          return (
            <li key={agentId}>
              <strong>{words.who(agentId)}</strong>
              <span className="muted tabular">
                {t('publish.toldShifts', { count: shifts.length, number: formats.number(shifts.length) })}
              </span>
              {late > 0 && (
                <Badge tone="soon" icon={<Clock aria-hidden="true" />}>
                  {t('publish.late', { count: late })}
                </Badge>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
