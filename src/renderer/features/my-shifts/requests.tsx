import { CalendarX2, Check, CircleDashed, CircleSlash, Hourglass, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { MyShifts } from '../../../shared/contract/coverage.contract.ts';
import type { Absence, Swap } from '../../../shared/domain/coverage/plan.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import type { SwapId } from '../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { clock } from '../../state/clock-store.ts';
import { useRosterIndex } from '../../state/roster.ts';
import { Badge } from '../../ui/badge.tsx';
import type { BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { canWithdraw, openAbsences, sortedSwaps } from './my-shifts-model.ts';
import { tellRefused } from './tell.ts';
import { useTurnWords } from './turn-words.ts';

/** Decided requests stay in sight for so long. */
const KEPT_MS = 14 * DAY_MS;

const SWAP_LOOK: Readonly<Record<Swap['state'], { readonly tone: BadgeTone; readonly icon: ReactNode }>> = {
  asked: { tone: 'soon', icon: <Hourglass aria-hidden="true" /> },
  accepted: { tone: 'accent', icon: <CircleDashed aria-hidden="true" /> },
  approved: { tone: 'ok', icon: <Check aria-hidden="true" /> },
  refused: { tone: 'breach', icon: <CircleSlash aria-hidden="true" /> },
  withdrawn: { tone: 'paused', icon: <Undo2 aria-hidden="true" /> },
};
const ABSENCE_LOOK: Readonly<Record<Absence['state'], { readonly tone: BadgeTone; readonly icon: ReactNode }>> = {
  requested: { tone: 'soon', icon: <Hourglass aria-hidden="true" /> },
  approved: { tone: 'ok', icon: <Check aria-hidden="true" /> },
  declined: { tone: 'breach', icon: <CircleSlash aria-hidden="true" /> },
  cancelled: { tone: 'paused', icon: <CalendarX2 aria-hidden="true" /> },
};

/** Swaps that I am asked for and that I asked for, and my times away. */
export function Requests({ mine }: { readonly mine: MyShifts }): ReactNode {
  const t = useWords('shifts');
  const now = clock.now();
  const { offered, mine: own, others } = sortedSwaps(mine.swaps, mine.agentId);
  const shownOwn = own.filter((swap) => canWithdraw(swap) || swap.askedAt > after(now, -KEPT_MS));
  const shownOthers = others.filter((swap) => swap.toAgent === mine.agentId && swap.askedAt > after(now, -KEPT_MS));
  const absences = openAbsences(mine.absences, now);
  return (
    <div className="shifts-requests">
      {offered.length > 0 && (
        <section aria-label={t('offers.title')}>
          <h2>{t('offers.title')}</h2>
          <ul>
            {offered.map((swap) => (
              <SwapCard key={swap.swapId} swap={swap} mine={mine} canAnswer={swap.canIAccept} isOffer />
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('requests.title')}>
        <h2>{t('requests.title')}</h2>
        {shownOwn.length + shownOthers.length === 0 ? (
          <p className="shifts-none">{t('requests.none')}</p>
        ) : (
          <ul>
            {[...shownOwn, ...shownOthers].map((swap) => (
              <SwapCard key={swap.swapId} swap={swap} mine={mine} canAnswer={false} isOffer={false} />
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t('absence.title')}>
        <h2>{t('absence.title')}</h2>
        {absences.length === 0 ? (
          <p className="shifts-none">{t('absence.none')}</p>
        ) : (
          <ul>
            {absences.map((absence) => (
              <AbsenceCard key={absence.absenceId} absence={absence} zone={mine.zone} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

interface SwapCardProps {
  readonly swap: MyShifts['swaps'][number];
  readonly mine: MyShifts;
  readonly canAnswer: boolean;
  readonly isOffer: boolean;
}

function SwapCard({ swap, mine, canAnswer, isOffer }: SwapCardProps): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(mine.zone);
  const { agents } = useRosterIndex();
  const [busy, setBusy] = useState<'accept' | 'refuse' | 'withdraw' | null>(null);
  const nameOf = (id: Swap['toAgent']): string => (id === null ? t('swap.anybody') : (agents.get(id)?.name ?? t('ribbon.someone')));
  const answer = async (swapId: SwapId, what: 'accept' | 'refuse' | 'withdraw'): Promise<void> => {
    setBusy(what);
    const result = await call('plan.answerSwap', { opId: newOperationId(), swapId, answer: what });
    setBusy(null);
    if (!result.ok) tellRefused(result.error.code);
  };
  const isMine = swap.fromAgent === mine.agentId;
  const look = SWAP_LOOK[swap.state];
  return (
    <li className="shifts-card">
      <p>
        <strong className="tabular">{words.when({ from: swap.fromAt, to: swap.toAt })}</strong>
        <span>
          {isMine ? t('swap.to', { name: nameOf(swap.toAgent) }) : t('swap.from', { name: nameOf(swap.fromAgent) })}
          {swap.returnShiftId !== null && ` · ${t('swap.inExchange')}`}
        </span>
        {swap.reason !== '' && <span className="muted">{swap.reason}</span>}
      </p>
      <Badge tone={look.tone} icon={look.icon}>
        {t(`swap.state.${swap.state}`)}
      </Badge>
      {isOffer && (
        <div className="shifts-card-actions">
          {canAnswer ? (
            <Button size="sm" variant="primary" loading={busy === 'accept'} onClick={() => void answer(swap.swapId, 'accept')}>
              {t('swap.accept')}
            </Button>
          ) : (
            <span className="muted">{t('swap.canNot')}</span>
          )}
          {swap.toAgent === mine.agentId && (
            <Button size="sm" loading={busy === 'refuse'} onClick={() => void answer(swap.swapId, 'refuse')}>
              {t('swap.refuse')}
            </Button>
          )}
        </div>
      )}
      {isMine && canWithdraw(swap) && (
        <div className="shifts-card-actions">
          <Button size="sm" loading={busy === 'withdraw'} onClick={() => void answer(swap.swapId, 'withdraw')}>
            {t('swap.withdraw')}
          </Button>
        </div>
      )}
    </li>
  );
}

function AbsenceCard({ absence, zone }: { readonly absence: Absence; readonly zone: string }): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(zone);
  const [isBusy, setBusy] = useState(false);
  const look = ABSENCE_LOOK[absence.state];
  const cancel = async (): Promise<void> => {
    setBusy(true);
    const result = await call('plan.decideAbsence', { opId: newOperationId(), absenceId: absence.absenceId, state: 'cancelled' });
    setBusy(false);
    if (!result.ok) tellRefused(result.error.code);
  };
  return (
    <li className="shifts-card">
      <p>
        <strong className="tabular">{words.whenAway({ from: absence.startAt, to: absence.endAt })}</strong>
        <span>{t(`absence.kind.${absence.kind}`)}</span>
        {absence.note !== '' && <span className="muted">{absence.note}</span>}
      </p>
      <Badge tone={look.tone} icon={look.icon}>
        {t(`absence.state.${absence.state}`)}
      </Badge>
      {(absence.state === 'requested' || absence.state === 'approved') && (
        <div className="shifts-card-actions">
          <Button size="sm" loading={isBusy} onClick={() => void cancel()}>
            {t(absence.state === 'requested' ? 'swap.withdraw' : 'absence.cancel')}
          </Button>
        </div>
      )}
    </li>
  );
}
