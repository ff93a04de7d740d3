import { CalendarX2, CircleCheck, Sunrise } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { BriefView } from '../../../../shared/contract/handoff.contract.ts';
import type { Brief } from '../../../../shared/domain/handoff/sweep.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLive, useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { openCoverage } from '../../../state/session.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Failed } from '../../../ui/loaded.tsx';
import { ProgressBar, Spinner } from '../../../ui/progress.tsx';
import { HandoffDetail } from '../detail/handoff-detail.tsx';
import { toggleTick, useHandoffs } from '../handoffs.store.ts';
import { placedRows } from '../lanes/lanes-model.ts';
import type { Placed } from '../lanes/lanes-model.ts';
import { useHandoffActions } from '../lanes/use-lane-actions.ts';
import { tellFailure } from '../told.ts';
import { focusRow, isRowFocused, useListKeys } from '../use-list-keys.ts';
import { BriefList } from './brief-list.tsx';
import './brief.css';
import { briefSteps, nextStep } from './brief-model.ts';
import type { BriefStep } from './brief-model.ts';
import '../detail/detail.css';
import '../lanes/lanes.css';
import '../sweep/sweep.css';
import { CaseCard } from './case-card.tsx';

/** The begin of a turn: what was handed over, what changed, what is due, what was promised; ticked off by key. */
export function BriefTab(): ReactNode {
  const t = useWords('lanes');
  const live = useLive('handoffs.brief', {});
  if (live.state === 'loading') return <Spinner label={t('loading')} />;
  if (live.state === 'error') return <Failed code={live.error.code} title={t('loadFailed')} />;
  const { brief } = live.value;
  if (brief === null) {
    return (
      <EmptyState
        icon={<CalendarX2 />}
        title={t('brief.off')}
        description={t('brief.offHint')}
        actions={<Button onClick={() => openCoverage('plan')}>{t('brief.plan')}</Button>}
      />
    );
  }
  return <Reading view={live.value} brief={brief} />;
}

async function tellRead(): Promise<void> {
  const answer = await call('handoffs.briefRead', { opId: newOperationId() });
  if (!answer.ok) tellFailure(answer.error);
}

const NO_KEYS: readonly string[] = [];

function Reading({ view, brief }: { readonly view: BriefView; readonly brief: Brief }): ReactNode {
  const t = useWords('lanes');
  const names = useTeamNames();
  const steps = briefSteps(brief, view.cases);
  const chosenKey = useHandoffs((state) => state.briefRow);
  const keys = useHandoffs((state) => (state.ticks.turn === brief.turn.from ? state.ticks.keys : NO_KEYS));
  const isFree = useHandoffs((state) => state.form === null);
  const ticked = new Set(keys);
  const step = steps.find((each) => each.key === chosenKey) ?? steps[0] ?? null;
  const placed = usePlaced(step);
  const select = (briefRow: string): void => {
    useHandoffs.setState({ briefRow, form: null });
  };
  const tick = (key: string): void => {
    const isOff = ticked.has(key);
    toggleTick(brief.turn.from, key);
    if (!isOff && key === step?.key) select(nextStep(steps, key, new Set([...ticked, key])));
    focusRow();
  };
  const listKeys = useListKeys({
    prefix: 'handoffs.brief.list',
    ids: steps.map((each) => each.key),
    currentId: step?.key ?? null,
    onMove: select,
    isActive: () => isFree && steps.length > 0,
  });
  const tickAction = (key: string, when: () => boolean): Action => ({
    id: `handoffs.brief.tick.${key}`,
    label: t('brief.tickAction'),
    area: 'handoff',
    keys: [key],
    hidden: key === 'space',
    when: () => isFree && step !== null && when(),
    run: () => {
      if (step !== null) tick(step.key);
    },
  });
  useActions([
    ...listKeys,
    ...useHandoffActions(placed, names, step?.row.caseId ?? null),
    tickAction('x', () => true),
    // Space on a button presses it.
    tickAction('space', isRowFocused),
    {
      id: 'handoffs.brief.read',
      label: t('brief.read'),
      area: 'handoff',
      keys: ['r'],
      when: () => isFree && view.readAt === null,
      run: () => void tellRead(),
    },
  ]);
  return (
    <div className="brief">
      <BriefHead brief={brief} readAt={view.readAt} done={steps.filter((each) => ticked.has(each.key)).length} total={steps.length} />
      {step === null ? (
        <EmptyState icon={<Sunrise />} title={t('brief.empty')} description={t('brief.emptyHint')} />
      ) : (
        <div className="brief-body">
          <BriefList brief={brief} steps={steps} currentKey={step.key} ticked={ticked} onSelect={select} onTick={tick} />
          {placed === null ? (
            <CaseCard key={step.key} step={step} />
          ) : (
            <HandoffDetail key={placed.row.handoff.handoffId} placed={placed} names={names} onMovedOn={() => tick(step.key)} />
          )}
        </div>
      )}
    </div>
  );
}

/** The handoff by which the case of a step comes or came to me; null when there is none. */
function usePlaced(step: BriefStep | null): Placed | null {
  const lanes = useLiveValue('handoffs.lanes', {}, null);
  if (step === null || lanes === null) return null;
  const all = placedRows(lanes).filter((each) => each.row.row.caseId === step.row.caseId && each.lane !== 'outgoing');
  return all[0] ?? null;
}

interface HeadProps {
  readonly brief: Brief;
  readonly readAt: BriefView['readAt'];
  readonly done: number;
  readonly total: number;
}

function BriefHead({ brief, readAt, done, total }: HeadProps): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const now = useNow(nextMinute);
  return (
    <header className="sweep-head">
      <div className="sweep-head-facts">
        <div className="sweep-fact" data-main="">
          <Sunrise aria-hidden="true" />
          <span className="muted">{t(brief.turn.from <= now ? 'brief.turn' : 'brief.turnNext')}</span>
          <strong className="tabular">
            {t('brief.span', { from: formats.soonTime(brief.turn.from, now), to: formats.time(brief.turn.to) })}
          </strong>
        </div>
        <div className="sweep-fact">
          <span className="muted">{t('brief.since')}</span>
          <strong className="tabular">{brief.since === null ? t('brief.sinceNever') : formats.soonTime(brief.since, now)}</strong>
        </div>
      </div>
      <div className="sweep-head-progress">
        {total > 0 && <ProgressBar label={t('brief.progress')} done={done} total={total} />}
        {readAt === null ? (
          <Button variant={done === total ? 'primary' : 'default'} shortcut="r" onClick={() => void tellRead()}>
            {t('brief.read')}
          </Button>
        ) : (
          <p className="brief-read" role="status">
            <CircleCheck aria-hidden="true" />
            {t('brief.readAt', { at: formats.soonTime(readAt, now) })}
          </p>
        )}
      </div>
    </header>
  );
}
