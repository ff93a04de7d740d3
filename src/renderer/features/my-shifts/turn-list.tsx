import { Clock3, Repeat2, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { MyShifts, MyTurn } from '../../../shared/contract/coverage.contract.ts';
import { useNow } from '../../state/clock-store.ts';
import { hubName, useRoster } from '../../state/roster.ts';
import { openCoverage } from '../../state/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { axisWords } from '../../ui/time-axis.ts';
import { nextTurnChange, turnWeeks } from './my-shifts-model.ts';
import { openSwapDialog } from './my-shifts.store.ts';
import { useTurnWords } from './turn-words.ts';

/** My shifts of the coming eight weeks, week by week, on the clocks of my zone. */
export function TurnList({ mine }: { readonly mine: MyShifts }): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(mine.zone);
  const now = useNow((current) => nextTurnChange(mine.turns, current));
  const weeks = turnWeeks(mine.turns, mine.zone, now);
  const days = axisWords(words.formats.locale);
  return (
    <section className="shifts-turns" aria-labelledby="shifts-turns-title">
      <h2 id="shifts-turns-title">{t('turns.title')}</h2>
      <p className="muted">{t('turns.zone', { zone: mine.zone.replaceAll('_', ' ') })}</p>
      {weeks.length === 0 && <p className="shifts-none">{t('turns.none')}</p>}
      {weeks.map((week) => (
        <div key={week.monday} className="shifts-week">
          <h3>
            {t('turns.week', { date: days.date(week.monday) })}
            <span className="muted tabular">{words.formats.hours(week.totalMs)}</span>
          </h3>
          <ul>
            {week.turns.map((turn) => (
              <TurnRow key={`${turn.shiftId} ${String(turn.from)}`} turn={turn} mine={mine} isNow={turn.from <= now} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function TurnRow({ turn, mine, isNow }: { readonly turn: MyTurn; readonly mine: MyShifts; readonly isNow: boolean }): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(mine.zone);
  const roster = useRoster();
  const seam = words.seam(turn);
  const hub = hubName(roster, turn.hubId);
  return (
    <li className="shifts-turn" data-now={isNow ? '' : undefined}>
      <button type="button" className="shifts-turn-when" title={t('turns.show')} onClick={() => openCoverage('plan', turn.from)}>
        <span className="shifts-turn-day tabular">{words.day(turn.from)}</span>
        <span className="tabular">{words.times(turn)}</span>
      </button>
      <span className="muted tabular">{words.formats.hours(turn.to - turn.from)}</span>
      <span className="shifts-turn-more">
        {hub !== '' && <span className="muted">{hub}</span>}
        {turn.isOverride && (
          <Badge tone="accent" icon={<UserRoundCheck aria-hidden="true" />}>
            {t('turns.standIn')}
          </Badge>
        )}
        {seam !== 0 && (
          <Badge tone="waived" icon={<Clock3 aria-hidden="true" />}>
            {t(seam > 0 ? 'turns.forward' : 'turns.back', { span: words.formats.hours(Math.abs(seam)) })}
          </Badge>
        )}
        {turn.note !== '' && <span className="muted">{turn.note}</span>}
      </span>
      <IconButton
        size="sm"
        label={t('swap.askFor', { when: words.when(turn) })}
        icon={<Repeat2 aria-hidden="true" />}
        onClick={() => openSwapDialog(turn.shiftId)}
      />
    </li>
  );
}
