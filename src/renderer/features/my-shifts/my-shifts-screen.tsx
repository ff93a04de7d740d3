import { CircleAlert, UserRoundX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import { openSettings } from '../../state/session.ts';
import { useCanPlan } from '../../state/roster.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';
import './my-shifts.css';
import { useMyShifts } from './my-shifts.store.ts';
import { NextShift } from './next-shift.tsx';
import { Notices } from './notices.tsx';
import { Requests } from './requests.tsx';
import { SwapDialog } from './swap-dialog.tsx';
import { refusedWords } from './tell.ts';
import { TurnList } from './turn-list.tsx';

/** When I work, what was changed about it, and what I ask for. */
export function MyShiftsScreen(): ReactNode {
  const t = useWords('shifts');
  const live = useLive('plan.mine', {});
  const dialog = useMyShifts((state) => state.dialog);
  const canPlan = useCanPlan();
  if (live.state === 'loading') return <Spinner label={t('loading')} />;
  if (live.state === 'error')
    return <EmptyState tone="problem" icon={<CircleAlert />} title={t('failed')} description={refusedWords(live.error.code)} />;
  const mine = live.value;
  if (mine === null) {
    return (
      <EmptyState
        icon={<UserRoundX />}
        title={t('notInTeam')}
        description={t('notInTeamHint')}
        actions={canPlan ? <Button onClick={() => openSettings('profile')}>{t('openSettings')}</Button> : undefined}
      />
    );
  }
  return (
    <div className="shifts">
      <NextShift mine={mine} />
      <Notices mine={mine} />
      <div className="shifts-columns">
        <TurnList mine={mine} />
        <Requests mine={mine} />
      </div>
      {dialog?.kind === 'swap' && <SwapDialog key={dialog.shiftId ?? ''} mine={mine} shiftId={dialog.shiftId} />}
      {dialog?.kind === 'absence' && <AbsenceDialog mine={mine} />}
    </div>
  );
}
