import { CalendarCheck, CalendarClock, Check, X } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { BadgeTone } from '../../../ui/badge.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TwoClocks } from '../../../ui/packet/two-clocks.tsx';
import { FeasibilityWords } from '../../../ui/promise/feasibility-words.tsx';
import { useDetectedPromises } from './detected-promises.ts';
import type { FoundPromise } from './detected-promises.ts';
import { confirmPromise, dismissPromise, marksOf, usePromiseMarks } from './promise-marks.ts';

const SURENESS_TONES: Readonly<Record<FoundPromise['promise']['sureness'], BadgeTone>> = { high: 'ok', medium: 'paused', low: 'soon' };

export interface PromiseBarProps {
  readonly caseId: CaseId;
  /** What is written so far. */
  readonly text: string;
}

/** The promises that a reply makes, with their times; one key confirms the next, and it goes into the ledger with the reply. */
export function PromiseBar({ caseId, text }: PromiseBarProps): ReactNode {
  const t = useWords('handoff');
  const detected = useDetectedPromises(caseId, text);
  const { confirmed, dismissed } = usePromiseMarks((state) => marksOf(state, caseId));
  const list = useRef<HTMLUListElement>(null);
  const shown = detected?.found.filter((each) => !dismissed.includes(each.key)) ?? [];
  const next = shown.find((each) => !confirmed.includes(each.key)) ?? null;
  useActions([
    {
      id: 'compose.confirmPromise',
      label: t('detected.action'),
      area: 'compose',
      keys: ['alt+p'],
      when: () => next !== null,
      run: () => {
        if (next !== null) confirmPromise(caseId, next.key);
      },
    },
  ]);
  /** The words that tell the time are selected, to be written anew. */
  const selectTime = ({ promise }: FoundPromise): void => {
    const area = list.current?.closest('.ib-editor')?.querySelector('textarea');
    area?.focus();
    area?.setSelectionRange(promise.timeFrom, promise.timeTo);
  };
  if (detected === null || shown.length === 0) return null;
  return (
    <section className="ib-promises" aria-label={t('detected.title')}>
      {detected.zone.source === 'assumed' && <p className="muted">{t('detected.assumed')}</p>}
      <ul ref={list}>
        {shown.map((found) => (
          <PromiseLine
            key={found.key}
            found={found}
            zone={detected.zone.zone}
            isConfirmed={confirmed.includes(found.key)}
            isNext={found.key === next?.key}
            onConfirm={() => confirmPromise(caseId, found.key)}
            onDismiss={() => dismissPromise(caseId, found.key)}
            onChangeTime={() => selectTime(found)}
          />
        ))}
      </ul>
    </section>
  );
}

interface PromiseLineProps {
  readonly found: FoundPromise;
  readonly zone: string;
  readonly isConfirmed: boolean;
  /** The key confirms this one. */
  readonly isNext: boolean;
  readonly onConfirm: () => void;
  readonly onDismiss: () => void;
  readonly onChangeTime: () => void;
}

function PromiseLine({ found, zone, isConfirmed, isNext, onConfirm, onDismiss, onChangeTime }: PromiseLineProps): ReactNode {
  const t = useWords('handoff');
  const { promise, text, feasibility } = found;
  const isInfeasible = feasibility?.kind === 'infeasible';
  return (
    <li className="ib-promise" data-confirmed={isConfirmed}>
      {isConfirmed ? <CalendarCheck aria-hidden="true" /> : <CalendarClock aria-hidden="true" />}
      <span className="ib-promise-time">
        <TwoClocks at={promise.dueAt} zone={zone} />
        {!isConfirmed && (
          <Badge tone={SURENESS_TONES[promise.sureness]} title={t(`detected.surenessHint.${promise.sureness}`)}>
            {t(`detected.sureness.${promise.sureness}`)}
          </Badge>
        )}
      </span>
      <span className="ib-promise-buttons">
        {isConfirmed ? (
          <span className="ib-promise-state" role="status" title={t('detected.confirmedHint')}>
            <Check aria-hidden="true" />
            {t('detected.confirmed')}
          </span>
        ) : (
          <Button size="sm" aria-label={`${t('detected.confirm')}: ${text}`} {...(isNext ? { shortcut: 'alt+p' } : {})} onClick={onConfirm}>
            {t('detected.confirmShort')}
          </Button>
        )}
        <IconButton
          size="sm"
          label={t(isConfirmed ? 'detected.undo' : 'detected.dismiss')}
          icon={<X aria-hidden="true" />}
          onClick={onDismiss}
        />
      </span>
      <span className="ib-promise-words truncate" title={text} dir="auto">
        {t('detected.found', { text })}
      </span>
      {isInfeasible && (
        <div className="ib-promise-warning">
          <FeasibilityWords feasibility={feasibility} zone={zone} />
          <Button size="sm" variant="ghost" onClick={onChangeTime}>
            {t('detected.change')}
          </Button>
        </div>
      )}
    </li>
  );
}
