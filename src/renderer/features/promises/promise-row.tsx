import { CheckCircle2, CircleSlash2, ClockAlert, HeartCrack, Hourglass, MailWarning } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import { openCase } from '../../state/session.ts';
import { useTeamNames } from '../../state/team-names.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { nextDayIn } from '../../ui/date-range.ts';
import { CoverCell } from './cover-cell.tsx';
import { askAbout } from './promises.store.ts';
import { dueTimes, nextStanding, placeOf, settlementWords, standing } from './promise-words.ts';
import type { Tone } from './promise-words.ts';

/** One promise: how it stands, when it is due on both clocks, what was promised to whom, who owes it, and who is on for it. */
export const PromiseRowItem = memo(function PromiseRowItem({ row }: { readonly row: PromiseRow }): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const now = useNow(nextDayIn(formats.zone));
  const { promise } = row;
  const { theirs, mine } = dueTimes(formats, promise, now);
  const isOpen = promise.state === 'open';
  return (
    <tr data-state={promise.state} data-infeasible={row.feasibility?.kind === 'infeasible' ? '' : undefined}>
      <td className="promises-standing">
        <Standing promise={promise} />
        <Settlement promise={promise} />
      </td>
      <td className="promises-due" title={formats.dateTimeFull(promise.dueAt)}>
        <strong className="tabular">{theirs}</strong> <span className="muted">{placeOf(promise.zone)}</span>
        <span className="promises-second muted tabular">{mine === null ? t('row.same') : t('row.mine', { time: mine })}</span>
      </td>
      <td className="promises-what">
        <button type="button" className="promises-open" data-promise={promise.promiseId} onClick={() => openCase(row.caseId)}>
          <span className="promises-text" dir="auto">
            {promise.text}
          </span>
          <span className="promises-second muted truncate">
            <span dir="auto">{row.contactName === '' ? t('someone') : row.contactName}</span>
            {' · '}
            <span dir="auto">{row.subject.trim() === '' ? t('noSubject') : row.subject}</span>
          </span>
        </button>
        {isOpen && promise.toldAt === null && (
          <span className="promises-untold">
            <MailWarning aria-hidden="true" />
            {t('row.notTold')}
          </span>
        )}
      </td>
      <td className="promises-owner">
        <Owner promise={promise} now={now} />
      </td>
      {isOpen && (
        <td>
          <CoverCell row={row} now={now} />
        </td>
      )}
      <td className="promises-actions">
        <Actions row={row} />
      </td>
    </tr>
  );
});

const ICONS: { readonly [Name in Tone]: ReactNode } = {
  neutral: <Hourglass aria-hidden="true" />,
  soon: <ClockAlert aria-hidden="true" />,
  breach: <HeartCrack aria-hidden="true" />,
  ok: <CheckCircle2 aria-hidden="true" />,
  paused: <CircleSlash2 aria-hidden="true" />,
};

function Standing({ promise }: { readonly promise: CustomerPromise }): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const now = useNow((current) => nextStanding(promise, current));
  const { words, tone } = standing(t, formats, promise, now);
  return (
    <Badge tone={tone} icon={ICONS[tone]}>
      {words}
    </Badge>
  );
}

function Settlement({ promise }: { readonly promise: CustomerPromise }): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const names = useTeamNames();
  const words = settlementWords(t, formats, promise, (agentId) => names.agent(agentId) || t('row.nobody'));
  return words === '' ? null : <span className="promises-second muted">{words}</span>;
}

function Owner({ promise, now }: { readonly promise: CustomerPromise; readonly now: Instant }): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const names = useTeamNames();
  const { ownerId, madeBy, madeAt } = promise;
  const at = formats.date(madeAt, now);
  const made =
    madeBy === null
      ? t('row.madeByNobody', { at })
      : madeBy === ownerId
        ? t('row.madeByOwner', { at })
        : t('row.madeBy', { name: names.agent(madeBy), at });
  return (
    <>
      <span className="promises-person">
        {ownerId !== null && <Avatar name={names.ownName(ownerId)} size="xs" />}
        <span className="truncate">{names.agent(ownerId) || t('row.nobody')}</span>
      </span>
      <span className="promises-second muted truncate tabular" title={formats.dateTimeFull(madeAt)}>
        {made}
      </span>
    </>
  );
}

function Actions({ row }: { readonly row: PromiseRow }): ReactNode {
  const t = useWords('promises');
  const { text, state } = row.promise;
  const named = (action: string): string => t('action.named', { action, text });
  if (state === 'open') {
    return (
      <>
        <Button size="sm" aria-label={named(t('action.keep'))} onClick={() => askAbout('keep', row)}>
          {t('action.keep')}
        </Button>
        <Button size="sm" variant="ghost" aria-label={named(t('action.release'))} onClick={() => askAbout('release', row)}>
          {t('action.release')}
        </Button>
      </>
    );
  }
  if (state !== 'broken') return null;
  return (
    <Button size="sm" variant="ghost" aria-label={named(t('action.correct'))} onClick={() => askAbout('release', row)}>
      {t('action.correct')}
    </Button>
  );
}
