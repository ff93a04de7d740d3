import { CalendarOff, CalendarPlus2, Download, Repeat2, SunMedium } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { MyShifts } from '../../../shared/contract/coverage.contract.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { nextDurationChange } from '../../i18n/formats.ts';
import { clock, useNow } from '../../state/clock-store.ts';
import { hubName, useRoster } from '../../state/roster.ts';
import { Button } from '../../ui/button.tsx';
import { showToast } from '../../ui/toast.tsx';
import { nextTurn, nextTurnChange } from './my-shifts-model.ts';
import { openAbsenceDialog, openSwapDialog } from './my-shifts.store.ts';
import { tellRefused } from './tell.ts';
import { useTurnWords } from './turn-words.ts';

/** So far ahead a calendar is written. */
const EXPORT_MS = 182 * DAY_MS;

/** The shift that runs or comes next with a countdown, and what can be asked for. */
export function NextShift({ mine }: { readonly mine: MyShifts }): ReactNode {
  const t = useWords('shifts');
  const now = useNow((current) => nextTurnChange(mine.turns, current));
  const next = nextTurn(mine.turns, now);
  return (
    <section className="shifts-next" data-now={next?.isNow === true ? '' : undefined} aria-label={t('next.label')}>
      <div className="shifts-next-icon" aria-hidden="true">
        {next === null ? <CalendarOff /> : <SunMedium />}
      </div>
      {next === null ? (
        <p className="shifts-next-words">
          <strong>{t('next.none')}</strong>
          <span className="muted">{t('next.noneHint')}</span>
        </p>
      ) : (
        <NextWords mine={mine} />
      )}
      <div className="shifts-next-actions">
        <Button
          icon={<Repeat2 aria-hidden="true" />}
          disabled={!mine.turns.some((turn) => turn.to > now)}
          onClick={() => openSwapDialog(next?.turn.shiftId ?? null)}
        >
          {t('swap.ask')}
        </Button>
        <Button icon={<CalendarPlus2 aria-hidden="true" />} onClick={openAbsenceDialog}>
          {t('absence.ask')}
        </Button>
        <Button variant="ghost" icon={<Download aria-hidden="true" />} onClick={() => void exportCalendar(mine, t('export.done'))}>
          {t('export.button')}
        </Button>
      </div>
    </section>
  );
}

function NextWords({ mine }: { readonly mine: MyShifts }): ReactNode {
  const t = useWords('shifts');
  const words = useTurnWords(mine.zone);
  const roster = useRoster();
  const now = useNow((current) => {
    const shown = nextTurn(mine.turns, current);
    return shown === null ? null : nextDurationChange(shown.isNow ? shown.turn.to : shown.turn.from, current);
  });
  const next = nextTurn(mine.turns, now);
  if (next === null) return null;
  const { turn, isNow } = next;
  const hub = hubName(roster, turn.hubId);
  return (
    <p className="shifts-next-words">
      <strong className="tabular">
        {isNow
          ? t('next.now', { time: words.formats.time(turn.to), left: words.formats.duration(turn.to - now) })
          : t('next.in', { span: words.formats.duration(turn.from - now) })}
      </strong>
      <span className="tabular">
        {words.when(turn)}
        {hub !== '' && ` · ${hub}`}
      </span>
      {turn.note !== '' && <span className="muted">{turn.note}</span>}
    </p>
  );
}

async function exportCalendar(mine: MyShifts, done: string): Promise<void> {
  const now = clock.now();
  const answer = await call('coverage.exportIcs', {
    opId: newOperationId(),
    of: { kind: 'agent', agentId: mine.agentId },
    from: now,
    to: after(now, EXPORT_MS),
  });
  if (!answer.ok) tellRefused(answer.error.code);
  else if (answer.value !== null) showToast({ title: done, description: answer.value.path, tone: 'ok' });
}
