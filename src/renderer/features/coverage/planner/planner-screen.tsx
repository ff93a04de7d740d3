import { CalendarX2, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { prefetch } from '../../../bridge/client.ts';
import type { CoverageIssue } from '../../../../shared/domain/coverage/coverage.ts';
import type { Roster } from '../../../../shared/domain/coverage/roster.ts';
import { localDateOf } from '../../../../shared/domain/time/zone.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { clock } from '../../../state/clock-store.ts';
import { leadNames } from '../../../state/roster.ts';
import { useSession } from '../../../state/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Failed } from '../../../ui/loaded.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { DraftBar } from './draft-bar.tsx';
import { redoStep, undoStep } from './edit-plan.ts';
import { plannerActions } from './planner-actions.ts';
import { isMinorIssue } from './issue-line.tsx';
import { PlannerDialogs } from './planner-dialogs.tsx';
import { PlannerGrid } from './planner-grid.tsx';
import { PlannerMenu } from './planner-menu.tsx';
import './planner.css';
import './planner-panels.css';
import './planner-dialogs.css';
import { openDialog, setScale, showTime, shownAxis, steppedDate, usePlanner } from './planner.store.ts';
import { useWaiting } from './requests-panel.tsx';
import { missingSteps, SetUp } from './set-up.tsx';
import { SidePanels } from './side-panels.tsx';
import { useShiftWords } from './shift-words.ts';
import { Toolbar } from './toolbar.tsx';
import { usePlannerData } from './use-planner-data.ts';
import type { PlannerData } from './use-planner-data.ts';

/** The lead's plan: who works when, drafted and published. */
export function PlannerScreen(): ReactNode {
  const data = usePlannerData();
  const failed = data.view.state === 'error' ? data.view.error : data.plan.state === 'error' ? data.plan.error : null;
  useAskedTime(data.zone);
  usePrefetchedNeighbours(data);
  if (failed !== null) return <Failed code={failed.code} />;
  if (data.view.state === 'loading') return <Spinner />;
  return <Planner data={data} />;
}

function Planner({ data }: { readonly data: PlannerData }): ReactNode {
  const t = useWords('plan');
  const words = useShiftWords();
  const actions = useMemo(() => plannerActions(data, words), [data, words]);
  const side = usePlanner((state) => state.side);
  const spoken = usePlanner((state) => state.spoken);
  const issues = useMemo(() => (data.coverage?.issues ?? []).filter((issue) => !issue.isBrief), [data.coverage]);
  const hasMinor = usePlanner((state) => state.hasMinorIssues);
  const { absences, swaps } = useWaiting();
  usePlannerKeys(data);
  const { roster, canPlan } = data;
  const onIssue = (issue: CoverageIssue): void => {
    usePlanner.setState(isMinorIssue(issue) ? { side: 'issues', hasMinorIssues: true } : { side: 'issues' });
    showTime(data.zone, issue.from);
  };
  if (roster.hubs.length === 0 && roster.templates.length === 0 && data.shifts.length === 0) {
    return (
      <div className="plan-setup-page">
        <SetUp roster={roster} canPlan={canPlan} />
        <PlannerDialogs data={data} words={words} />
      </div>
    );
  }
  return (
    <div className="planner">
      <Toolbar
        data={data}
        words={words}
        waiting={absences.length + swaps.length}
        issues={issues.filter((each) => hasMinor || !isMinorIssue(each)).length}
      />
      {!canPlan && (
        <p className="plan-note">
          <Users aria-hidden="true" />
          {t('readOnly', { names: leadNames(roster).join(', ') })}
        </p>
      )}
      <div className="planner-body">
        <PlannerGrid
          data={data}
          words={words}
          actions={actions}
          menu={<PlannerMenu data={data} words={words} actions={actions} />}
          onIssue={onIssue}
        />
        {data.plan.state === 'ready' && data.shifts.length === 0 && canPlan && <NoShifts roster={roster} />}
        {side !== null && <SidePanels data={data} words={words} side={side} issues={issues} />}
      </div>
      <DraftBar data={data} words={words} actions={actions} />
      <PlannerDialogs data={data} words={words} />
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
}

/** Time that another screen asked to see. */
function useAskedTime(zone: string): void {
  const at = useSession((state) => state.coverageAt);
  useEffect(() => {
    if (at === null) return;
    useSession.setState({ coverageAt: null });
    showTime(zone, at);
  }, [at, zone]);
}

/** The windows before and after are asked for in advance: going there shows them at once. */
function usePrefetchedNeighbours(data: PlannerData): void {
  const scale = usePlanner((state) => state.scale);
  const chosen = usePlanner((state) => state.date);
  const { zone } = data;
  useEffect(() => {
    const timer = setTimeout(() => {
      const date = chosen ?? localDateOf(zone, clock.now());
      for (const direction of [1, -1] as const) {
        const { from, to } = shownAxis(scale, steppedDate(scale, date, direction), zone);
        prefetch('plan.window', { from, to });
      }
    }, 300);
    return () => clearTimeout(timer);
  }, [scale, chosen, zone]);
}

/** Commands of the planner, for the palette, the help and keys outside of the grid. */
function usePlannerKeys(data: PlannerData): void {
  const t = useWords('plan');
  const action = (id: string, label: string, keys: readonly string[], run: () => void, more: Partial<Action> = {}): Action => ({
    id: `plan.${id}`,
    area: 'plan',
    label,
    keys,
    run,
    ...more,
  });
  const canPlan = (): boolean => data.canPlan;
  const hasDraft = (): boolean => data.canPlan && data.drafted > 0;
  const isHelp = { hidden: true, when: () => false };
  useActions([
    action('undo', t('keys.undo'), ['u', 'mod+z'], () => void undoStep(), {
      when: () => isOutsideText() && canTurn('done'),
    }),
    action('redo', t('keys.redo'), ['mod+shift+z'], () => void redoStep(), {
      when: () => isOutsideText() && canTurn('undone'),
    }),
    action('today', t('keys.today'), ['t'], () => usePlanner.setState({ date: null })),
    action('day', t('keys.day'), ['d'], () => setScale('day')),
    action('week', t('keys.week'), ['w'], () => setScale('week')),
    action('month', t('keys.month'), ['m'], () => setScale('month')),
    action('publish', t('keys.publish'), ['mod+enter'], () => openDialog({ kind: 'publish' }), { when: hasDraft }),
    action('generate', t('keys.generate'), [], () => openDialog({ kind: 'generate', rotationIds: null }), { when: canPlan }),
    action('patterns', t('toolbar.patterns'), [], () => openDialog({ kind: 'patterns' })),
    action('ics', t('toolbar.ics'), [], () => openDialog({ kind: 'ics' }), { when: canPlan }),
    action('export', t('toolbar.export'), [], () => openDialog({ kind: 'export' })),
    action('issues', t('keys.issues'), ['i'], () => usePlanner.setState({ side: 'issues' })),
    action('requests', t('keys.requests'), [], () => usePlanner.setState({ side: 'requests' })),
    action('history', t('keys.history'), [], () => usePlanner.setState({ side: 'history' })),
    // Told by the help; the grid itself hears these keys.
    action('help.new', t('keys.new'), ['n'], () => undefined, isHelp),
    action('help.move', t('keys.move'), ['alt+arrowright'], () => undefined, isHelp),
    action('help.row', t('keys.row'), ['alt+arrowdown'], () => undefined, isHelp),
    action('help.resize', t('keys.resize'), ['alt+shift+arrowright'], () => undefined, isHelp),
    action('help.start', t('keys.start'), ['alt+shift+arrowdown'], () => undefined, isHelp),
    action('help.nextDay', t('menu.nextDay'), ['mod+d'], () => undefined, isHelp),
    action('help.nextWeek', t('menu.nextWeek'), ['mod+shift+d'], () => undefined, isHelp),
    action('help.remove', t('menu.remove'), ['delete'], () => undefined, isHelp),
  ]);
}

/** Also while a step is on its way: it counts as done. */
function canTurn(stack: 'done' | 'undone'): boolean {
  const state = usePlanner.getState();
  return state[stack].length > 0 || [...state.pending.values()].some((each) => !each.isAnswered);
}

function isOutsideText(): boolean {
  const { activeElement } = document;
  return !(activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement);
}

/** Floats above the empty rows, which already take a drag. */
function NoShifts({ roster }: { readonly roster: Roster }): ReactNode {
  const t = useWords('plan');
  const hasPatterns = roster.rotations.length > 0;
  if (!hasPatterns && missingSteps(roster).length > 0) {
    return (
      <div className="plan-empty plan-empty-setup">
        <SetUp roster={roster} canPlan />
      </div>
    );
  }
  return (
    <div className="plan-empty">
      <CalendarX2 aria-hidden="true" />
      <div>
        <strong>{t('empty.shiftsTitle')}</strong>
        <p>{t(hasPatterns ? 'empty.shiftsText' : 'empty.shiftsNoPattern')}</p>
      </div>
      <Button
        size="sm"
        variant="primary"
        onClick={() => openDialog(hasPatterns ? { kind: 'generate', rotationIds: null } : { kind: 'patterns' })}
      >
        {t(hasPatterns ? 'empty.generate' : 'empty.patterns')}
      </Button>
    </div>
  );
}
