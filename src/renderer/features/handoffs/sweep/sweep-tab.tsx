import { CalendarX2, CircleCheck, MoonStar, Sunset } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { SweepView } from '../../../../shared/contract/handoff.contract.ts';
import type { Sweep } from '../../../../shared/domain/handoff/sweep.ts';
import { useLive, useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { useCanPlan } from '../../../state/roster.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { openCoverage, openHandoffs } from '../../../state/session.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Failed } from '../../../ui/loaded.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { useHandoffs } from '../handoffs.store.ts';
import { SweepHead } from './sweep-head.tsx';
import { SweepList } from './sweep-list.tsx';
import { SweepSide } from './sweep-side.tsx';
import '../detail/detail.css';
import '../lanes/lanes.css';
import './sweep.css';
import { SweepStatusView } from './sweep-status.tsx';
import { useSweep } from './use-sweep.ts';

/** The end of a turn: what may not be left behind, case by case, by keys alone. Leads see everybody's as well. */
export function SweepTab(): ReactNode {
  const t = useWords('lanes');
  const isLead = useCanPlan();
  const isTeam = useHandoffs((state) => state.isTeamSweep) && isLead;
  const show = (isTeamSweep: boolean): void => {
    useHandoffs.setState({ isTeamSweep });
  };
  useActions(
    isLead ? [{ id: 'handoffs.sweep.team', label: t('sweep.showTeam'), area: 'handoff', keys: ['t'], run: () => show(!isTeam) }] : [],
  );
  const which = isLead ? (
    <Segments
      label={t('sweep.which')}
      value={isTeam ? 'team' : 'mine'}
      options={[
        { value: 'mine', label: t('sweep.mine') },
        { value: 'team', label: t('sweep.team') },
      ]}
      onChange={(value) => show(value === 'team')}
    />
  ) : null;
  return isTeam ? <SweepStatusView which={which} /> : <MySweep which={which} />;
}

function MySweep({ which }: { readonly which: ReactNode }): ReactNode {
  const t = useWords('lanes');
  const live = useLive('handoffs.sweep', {});
  if (live.state === 'loading') return <Spinner label={t('loading')} />;
  if (live.state === 'error') return <Failed code={live.error.code} title={t('loadFailed')} />;
  const { sweep } = live.value;
  return sweep === null ? (
    <div className="sweep-off">
      {which}
      <OffShift />
    </div>
  ) : (
    <Sweeping view={live.value} sweep={sweep} which={which} />
  );
}

/** Without a turn there is no end of one: when the next is, or how to get one. */
function OffShift(): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const mine = useLive('plan.mine', {});
  const now = useNow(nextMinute);
  const turns = mine.state === 'ready' ? (mine.value?.turns ?? []) : [];
  const next = turns.find((turn) => turn.from > now);
  if (mine.state === 'ready' && next === undefined) {
    return (
      <EmptyState
        icon={<CalendarX2 />}
        title={t('sweep.noPlan')}
        description={t('sweep.noPlanHint')}
        actions={<Button onClick={() => openCoverage('plan')}>{t('sweep.plan')}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<MoonStar />}
      title={t('sweep.off')}
      description={next === undefined ? t('sweep.offHint') : t('sweep.offNext', { when: formats.soonTime(next.from, now) })}
      actions={<Button onClick={() => openHandoffs('brief')}>{t('go.brief')}</Button>}
    />
  );
}

interface SweepingProps {
  readonly view: SweepView;
  readonly sweep: Sweep;
  readonly which: ReactNode;
}

function Sweeping({ view, sweep, which }: SweepingProps): ReactNode {
  const state = useSweep(view, sweep);
  const t = useWords('lanes');
  if (view.rows.length === 0) {
    return (
      <div className="sweep">
        <SweepHead sweep={sweep} offerable={0} onOfferAll={state.offerAll} which={which} />
        <EmptyState icon={<Sunset />} title={t('sweep.empty')} description={t('sweep.emptyHint')} />
      </div>
    );
  }
  return (
    <div className="sweep">
      <SweepHead sweep={sweep} offerable={state.complete} onOfferAll={state.offerAll} which={which} />
      {sweep.isDone && <Finished sweep={sweep} view={view} />}
      <div className="sweep-body">
        <SweepList rows={view.rows} currentId={state.currentId} busy={state.busy} names={state.names} />
        {state.current !== null && <SweepSide key={state.current.row.caseId} entry={state.current} sweep={sweep} state={state} />}
      </div>
    </div>
  );
}

/** Everything that could not stay is taken care of. */
function Finished({ sweep, view }: { readonly sweep: Sweep; readonly view: SweepView }): ReactNode {
  const t = useWords('lanes');
  const waiting = useLiveValue('handoffs.lanes', {}, null)?.outgoing.filter((each) => each.handoff.state === 'offered').length ?? 0;
  const mayStay = view.rows.filter((each) => each.row.state === 'may-stay').length;
  return (
    <section className="sweep-finished" role="status">
      <CircleCheck aria-hidden="true" />
      <div>
        <h2>{t('sweep.finished')}</h2>
        <p>
          {sweep.done === 0 ? t('sweep.finishedNone') : t('sweep.finishedHint', { count: sweep.done })}{' '}
          {mayStay > 0 && t('sweep.mayStay', { count: mayStay })} {waiting > 0 && t('sweep.waiting', { count: waiting })}
        </p>
      </div>
      {waiting > 0 && <Button onClick={() => openHandoffs('lanes')}>{t('sweep.watch')}</Button>}
    </section>
  );
}
