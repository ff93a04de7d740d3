import { CircleCheck, CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { MyShifts } from '../../../shared/contract/coverage.contract.ts';
import { ABSENCE_KINDS } from '../../../shared/domain/coverage/plan.ts';
import { after, DAY_MS } from '../../../shared/domain/time.ts';
import { addDays, daysBetween } from '../../../shared/domain/time/local-time.ts';
import type { LocalDate, LocalDateTime } from '../../../shared/domain/time/local-time.ts';
import { localDateOf, toInstant } from '../../../shared/domain/time/zone.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLive } from '../../bridge/use-live.ts';
import { clock } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toast.tsx';
import { settledWallTime, WallTimeField, wallTimeValue } from '../../ui/wall-time-field.tsx';
import type { WallTimeValue } from '../../ui/wall-time-field.tsx';
import { closeRequestDialog } from './my-shifts.store.ts';
import { OpenedIssues } from './opened-issues.tsx';
import { refusedWords } from './tell.ts';

type Wanted = Pick<Input<'plan.checkAbsence'>, 'startLocal' | 'endLocal'>;

/** Asks for time off, in whole days or hours, and shows what it would leave uncovered. */
export function AbsenceDialog({ mine }: { readonly mine: MyShifts }): ReactNode {
  const t = useWords('shifts');
  const { zone, agentId } = mine;
  const [kind, setKind] = useState<(typeof ABSENCE_KINDS)[number]>('pto');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const when = useWhen(zone);
  const formId = useId();
  const check = useLive('plan.checkAbsence', when.wanted === null ? null : { agentId, zone, ...when.wanted });

  const ask = async (): Promise<void> => {
    if (when.wanted === null) return;
    setBusy(true);
    const answer = await call('plan.requestAbsence', {
      opId: newOperationId(),
      agentId,
      kind,
      zone,
      ...when.wanted,
      note,
      isApproved: false,
    });
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.error.code);
      return;
    }
    closeRequestDialog();
    showToast({ title: t('absence.asked'), description: t('absence.askedHint'), tone: 'ok' });
  };

  return (
    <Dialog
      open
      onOpenChange={closeRequestDialog}
      title={t('absence.ask')}
      description={t('absence.hint')}
      footer={
        <>
          <Button onClick={closeRequestDialog}>{t('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" loading={isBusy} disabled={when.wanted === null}>
            {t('absence.send')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="shifts-form"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Select
          label={t('absence.what')}
          value={kind}
          options={ABSENCE_KINDS.map((value) => ({ value, label: t(`absence.kind.${value}`) }))}
          onChange={setKind}
        />
        <Checkbox label={t('absence.hours')} checked={when.isByHours} onChange={when.setByHours} />
        <div className="shifts-form-pair">
          {when.isByHours ? (
            <>
              <WallTimeField label={t('absence.fromTime')} zone={zone} value={when.from} onChange={when.setFrom} error={when.error} />
              <WallTimeField label={t('absence.toTime')} zone={zone} value={when.to} onChange={when.setTo} />
            </>
          ) : (
            <>
              <DateField label={t('absence.firstDay')} value={when.first} onChange={when.setFirst} error={when.error} />
              <DateField label={t('absence.lastDay')} value={when.last} onChange={when.setLast} />
            </>
          )}
        </div>
        <TextField label={t('absence.note')} value={note} onChange={setNote} maxLength={500} />
        <div className="shifts-check" role="status">
          {when.wanted === null ? (
            <span className="muted">{t('absence.incomplete')}</span>
          ) : check.state === 'loading' ? (
            <Spinner size="sm" label={t('swap.checking')} />
          ) : check.state === 'error' ? (
            <span className="muted">{refusedWords(check.error.code)}</span>
          ) : check.value.opened.length === 0 ? (
            <p className="shifts-check-line" data-tone="ok">
              <CircleCheck aria-hidden="true" />
              {t('absence.opensNothing')}
            </p>
          ) : (
            <>
              <p className="shifts-check-line">{t('absence.opens')}</p>
              <OpenedIssues issues={check.value.opened} zone={zone} />
            </>
          )}
          {failure !== null && (
            <p className="shifts-check-line" data-tone="breach">
              <CircleSlash aria-hidden="true" />
              {refusedWords(failure)}
            </p>
          )}
        </div>
      </form>
    </Dialog>
  );
}

interface When {
  readonly isByHours: boolean;
  readonly setByHours: (isByHours: boolean) => void;
  readonly first: LocalDate | null;
  readonly last: LocalDate | null;
  readonly setFirst: (date: LocalDate | null) => void;
  readonly setLast: (date: LocalDate | null) => void;
  readonly from: WallTimeValue;
  readonly to: WallTimeValue;
  readonly setFrom: (value: WallTimeValue) => void;
  readonly setTo: (value: WallTimeValue) => void;
  /** Null while it is not a stretch of time. */
  readonly wanted: Wanted | null;
  readonly error: string | undefined;
}

const midnight = (date: LocalDate): LocalDateTime => ({ ...date, hour: 0, minute: 0, second: 0 });

/** Tomorrow at first: whole days, or hours of that day. */
function useWhen(zone: string): When {
  const t = useWords('shifts');
  const [tomorrow] = useState(() => localDateOf(zone, after(clock.now(), DAY_MS)));
  const [isByHours, setByHours] = useState(false);
  const [first, setFirst] = useState<LocalDate | null>(tomorrow);
  const [last, setLast] = useState<LocalDate | null>(tomorrow);
  const [from, setFrom] = useState(() => wallTimeValue({ ...midnight(tomorrow), hour: 9 }));
  const [to, setTo] = useState(() => wallTimeValue({ ...midnight(tomorrow), hour: 12 }));
  const moveFirst = (date: LocalDate | null): void => {
    setFirst(date);
    // The last day follows, so that one day off is one choice.
    if (date !== null && last !== null && daysBetween(date, last) < 0) setLast(date);
  };
  const wanted = isByHours ? wantedHours() : wantedDays();
  const isWrong = wanted !== null && toInstant(zone, wanted.startLocal) >= toInstant(zone, wanted.endLocal);
  return {
    isByHours,
    setByHours,
    first,
    last,
    setFirst: moveFirst,
    setLast,
    from,
    to,
    setFrom,
    setTo,
    wanted: isWrong ? null : wanted,
    error: isWrong ? t('absence.order') : undefined,
  };

  function wantedHours(): Wanted | null {
    const startLocal = settledWallTime(zone, from);
    const endLocal = settledWallTime(zone, to);
    return startLocal === null || endLocal === null ? null : { startLocal, endLocal };
  }

  function wantedDays(): Wanted | null {
    return first === null || last === null ? null : { startLocal: midnight(first), endLocal: midnight(addDays(last, 1)) };
  }
}
