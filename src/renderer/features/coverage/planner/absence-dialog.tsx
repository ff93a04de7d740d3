import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { ABSENCE_KINDS } from '../../../../shared/domain/coverage/plan.ts';
import type { AbsenceKind } from '../../../../shared/domain/coverage/plan.ts';
import type { AgentProfile } from '../../../../shared/domain/coverage/roster.ts';
import { dateOfEpochDay } from '../../../../shared/domain/time/local-time.ts';
import { toInstant } from '../../../../shared/domain/time/zone.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { settledWallTime, WallTimeField, wallTimeValue } from '../../../ui/wall-time-field.tsx';
import { tellProblem } from './edit-plan.ts';
import { IssueLine } from './issue-line.tsx';
import { openDialog, say } from './planner.store.ts';
import type { ShiftWords } from './shift-words.ts';

/** Records that somebody is away, approved at once, with what that opens. */
export function AbsenceDialog({
  agent,
  epochDay,
  zone,
  words,
}: {
  readonly agent: AgentProfile;
  readonly epochDay: number;
  readonly zone: string;
  readonly words: ShiftWords;
}): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const midnight = { hour: 0, minute: 0, second: 0 };
  const [start, setStart] = useState(() => wallTimeValue({ ...dateOfEpochDay(epochDay), ...midnight }));
  const [end, setEnd] = useState(() => wallTimeValue({ ...dateOfEpochDay(epochDay + 1), ...midnight }));
  const [kind, setKind] = useState<AbsenceKind>('sick');
  const [note, setNote] = useState('');
  const [isWorking, setWorking] = useState(false);
  const startLocal = settledWallTime(agent.zone, start);
  const endLocal = settledWallTime(agent.zone, end);
  const isForward = startLocal !== null && endLocal !== null && toInstant(agent.zone, startLocal) < toInstant(agent.zone, endLocal);
  const check = useLiveValue(
    'plan.checkAbsence',
    isForward ? { agentId: agent.agentId, zone: agent.zone, startLocal, endLocal } : null,
    null,
  );
  const close = (): void => openDialog(null);
  const save = async (): Promise<void> => {
    if (startLocal === null || endLocal === null) return;
    setWorking(true);
    const answer = await call('plan.requestAbsence', {
      opId: newOperationId(),
      agentId: agent.agentId,
      kind,
      zone: agent.zone,
      startLocal,
      endLocal,
      note,
      isApproved: true,
    });
    setWorking(false);
    if (!answer.ok) {
      tellProblem(answer.error.code, 'plan:failed.save');
      return;
    }
    say(t('absence.done', { name: agent.name }));
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t('absence.title', { name: agent.name })}
      description={t('absence.description')}
      footer={
        <>
          <Button onClick={close}>{tFrame('common.cancel')}</Button>
          <Button variant="primary" loading={isWorking} disabled={!isForward} onClick={() => void save()}>
            {t('absence.confirm')}
          </Button>
        </>
      }
    >
      <div className="plan-form">
        <Select<AbsenceKind>
          label={t('absence.what')}
          value={kind}
          onChange={setKind}
          options={ABSENCE_KINDS.map((value) => ({ value, label: t(`absence.kind.${value}`) }))}
        />
        <div className="plan-form-pair">
          <WallTimeField label={t('editor.start')} zone={agent.zone} value={start} onChange={setStart} />
          <WallTimeField
            label={t('editor.end')}
            zone={agent.zone}
            value={end}
            onChange={setEnd}
            error={startLocal !== null && endLocal !== null && !isForward ? t('problem.no-length') : undefined}
          />
        </div>
        <TextField label={t('editor.note')} value={note} onChange={setNote} maxLength={500} />
        {check !== null && (
          <div className="plan-request-opens">
            <p>{check.opened.length === 0 ? t('requests.opensNothing') : t('requests.opens', { count: check.opened.length })}</p>
            <ul>
              {check.opened.slice(0, 5).map((issue) => (
                <li key={`${issue.kind} ${issue.requirementId} ${issue.from}`}>
                  <IssueLine issue={issue} words={words} zone={zone} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}
