import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { toInstant } from '../../../../shared/domain/time/zone.ts';
import type { ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { settledWallTime, WallTimeField, wallTimeValue } from '../../../ui/wall-time-field.tsx';
import { tellProblem } from './edit-plan.ts';
import { openDialog, say } from './planner.store.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

const NOBODY = '';

/** Somebody else takes part of a published shift: applies at once. */
export function OverrideDialog({
  shiftId,
  body,
  data,
  words,
}: {
  readonly shiftId: ShiftId;
  readonly body: ShiftBody;
  readonly data: PlannerData;
  readonly words: ShiftWords;
}): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const [start, setStart] = useState(() => wallTimeValue(body.startLocal));
  const [end, setEnd] = useState(() => wallTimeValue(body.endLocal));
  const [agentIn, setAgentIn] = useState<string>(NOBODY);
  const [reason, setReason] = useState('');
  const [isWorking, setWorking] = useState(false);
  const startLocal = settledWallTime(body.zone, start);
  const endLocal = settledWallTime(body.zone, end);
  const from = startLocal === null ? null : toInstant(body.zone, startLocal);
  const to = endLocal === null ? null : toInstant(body.zone, endLocal);
  const isWithin = from !== null && to !== null && from >= body.startAt && to <= body.endAt && from < to;
  const candidates = useLiveValue(
    'coverage.candidates',
    isWithin ? { of: { selector: body.needs }, from, to, layer: 'published' as const } : null,
    [],
  );
  const close = (): void => openDialog(null);
  const save = async (): Promise<void> => {
    if (startLocal === null || endLocal === null) return;
    const agent = data.roster.agents.find((each) => each.agentId === agentIn);
    setWorking(true);
    const answer = await call('plan.override', {
      opId: newOperationId(),
      shiftId,
      agentIn: agent?.agentId ?? null,
      zone: body.zone,
      startLocal,
      endLocal,
      reason,
    });
    setWorking(false);
    if (!answer.ok) {
      tellProblem(answer.error.code, 'plan:failed.save');
      return;
    }
    say(t('override.done'));
    close();
  };
  const rank = new Map(candidates.map((each, index) => [each.agentId, { index, refusals: each.refusals }]));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t('override.title')}
      description={t('override.description', { who: words.who(body.agentId), when: words.when(body) })}
      footer={
        <>
          <Button onClick={close}>{tFrame('common.cancel')}</Button>
          <Button variant="primary" loading={isWorking} disabled={!isWithin} onClick={() => void save()}>
            {t('override.confirm')}
          </Button>
        </>
      }
    >
      <div className="plan-form">
        <div className="plan-form-pair">
          <WallTimeField label={t('editor.start')} zone={body.zone} value={start} onChange={setStart} />
          <WallTimeField
            label={t('editor.end')}
            zone={body.zone}
            value={end}
            onChange={setEnd}
            error={from !== null && to !== null && !isWithin ? t('override.outside') : undefined}
          />
        </div>
        <Combobox
          label={t('override.who')}
          hint={t('override.whoHint')}
          value={agentIn}
          onChange={(value) => setAgentIn(value ?? NOBODY)}
          options={[
            { value: NOBODY, label: t('override.nobody') },
            ...data.roster.agents
              .filter((agent) => agent.isActive && agent.agentId !== body.agentId)
              .sort((a, b) => (rank.get(a.agentId)?.index ?? 999) - (rank.get(b.agentId)?.index ?? 999))
              .map((agent) => {
                const [refusal] = rank.get(agent.agentId)?.refusals ?? [];
                return { value: agent.agentId, label: agent.name, detail: refusal === undefined ? undefined : t(`who.refusal.${refusal}`) };
              }),
          ]}
        />
        <TextField label={t('override.reason')} value={reason} onChange={setReason} maxLength={500} />
      </div>
    </Dialog>
  );
}
