import { Info, Repeat } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import type { RotationId } from '../../../../shared/domain/ids.ts';
import { dateOfEpochDay, epochDayOf } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../../shared/domain/time/local-time.ts';
import { localDateOf } from '../../../../shared/domain/time/zone.ts';
import { clock } from '../../../state/clock-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { remember, tellProblem } from './edit-plan.ts';
import { nothingToMake, proposedDates } from './generate-dates.ts';
import { PeriodFields } from './period-fields.tsx';
import { openDialog, say } from './planner.store.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

/** Makes the shifts of rotations for a stretch of dates, as a draft. */
export function GenerateDialog({
  data,
  words,
  rotationIds,
}: {
  readonly data: PlannerData;
  readonly words: ShiftWords;
  readonly rotationIds: readonly RotationId[] | null;
}): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const rotations = data.roster.rotations.filter((each) => each.isActive);
  const [chosen, setChosen] = useState<ReadonlySet<RotationId>>(() => new Set(rotationIds ?? rotations.map((each) => each.rotationId)));
  const days = data.axis.days;
  const [proposed] = useState(() => {
    const today = localDateOf(data.zone, clock.now());
    const isChosen = rotations.filter((each) => chosen.has(each.rotationId));
    return proposedDates({ from: days[0]?.date ?? today, to: days.at(-1)?.date ?? today }, today, isChosen);
  });
  const [from, setFrom] = useState<LocalDate>(proposed.from);
  const [to, setTo] = useState<LocalDate>(proposed.to);
  const [isWorking, setWorking] = useState(false);
  const close = (): void => openDialog(null);
  const isBackwards = epochDayOf(to) < epochDayOf(from);
  const { roster, zoneData } = data;
  const nothing = useMemo(() => {
    const made = roster.rotations.filter((each) => each.isActive && chosen.has(each.rotationId));
    return made.length === 0 || isBackwards ? null : nothingToMake(roster, made, { from, to }, zoneData);
  }, [roster, zoneData, chosen, from, to, isBackwards]);
  const generate = async (): Promise<void> => {
    setWorking(true);
    const answer = await call('plan.generate', { opId: newOperationId(), rotationIds: [...chosen], from, to });
    setWorking(false);
    if (!answer.ok) {
      tellProblem(answer.error.code, 'plan:failed.generate');
      return;
    }
    const { made, inverse } = answer.value;
    const label = t('generate.done', { count: made });
    if (made > 0) remember({ label, inverse });
    say(label);
    showToast({ title: made > 0 ? label : t('generate.nothing'), tone: made > 0 ? 'ok' : 'neutral' });
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t('generate.title')}
      description={t('generate.description')}
      footer={
        <>
          <Button onClick={close}>{tFrame('common.cancel')}</Button>
          <Button
            variant="primary"
            loading={isWorking}
            disabled={chosen.size === 0 || isBackwards || nothing !== null}
            onClick={() => void generate()}
          >
            {t('generate.confirm')}
          </Button>
        </>
      }
    >
      {rotations.length === 0 ? (
        <EmptyState
          icon={<Repeat />}
          title={t('patterns.noRotations')}
          description={t('patterns.noRotationsText')}
          actions={<Button onClick={() => openDialog({ kind: 'patterns' })}>{t('toolbar.patterns')}</Button>}
        />
      ) : (
        <div className="plan-form">
          <fieldset className="plan-choices">
            <legend>{t('generate.which')}</legend>
            {rotations.map((rotation) => (
              <Checkbox
                key={rotation.rotationId}
                label={rotation.name}
                hint={t('generate.members', { count: rotation.agentIds.length })}
                checked={chosen.has(rotation.rotationId)}
                onChange={(isOn) => {
                  const next = new Set(chosen);
                  if (isOn) next.add(rotation.rotationId);
                  else next.delete(rotation.rotationId);
                  setChosen(next);
                }}
              />
            ))}
          </fieldset>
          <PeriodFields from={from} to={to} isBackwards={isBackwards} onFrom={setFrom} onTo={setTo} />
          <div className="plan-quick">
            {([1, 4, 8, 12] as const).map((weeks) => (
              <Button key={weeks} size="sm" onClick={() => setTo(dateOfEpochDay(epochDayOf(from) + weeks * 7 - 1))}>
                {t('generate.weeks', { count: weeks })}
              </Button>
            ))}
          </div>
          {nothing !== null && (
            <p className="m-note" role="status">
              <Info aria-hidden="true" />
              <span>
                {nothing.kind === 'later'
                  ? t('generate.why.later', { day: words.days.dateLong(epochDayOf(nothing.from)) })
                  : t(`generate.why.${nothing.kind}`)}
              </span>
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}
