import { CalendarDays, Table } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import type { Input } from '../../../../shared/contract/contract.ts';
import { isId } from '../../../../shared/domain/ids.ts';
import { dateOfEpochDay, epochDayOf } from '../../../../shared/domain/time/local-time.ts';
import { startOfDay, startOfEpochDay } from '../../../../shared/domain/time/zone.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { ZonePicker } from '../../../ui/zone-picker.tsx';
import { tellProblem } from './edit-plan.ts';
import { PeriodFields } from './period-fields.tsx';
import { openDialog } from './planner.store.ts';
import type { PlannerData } from './use-planner-data.ts';

type What = 'ics' | 'shifts' | 'hours';

/** The published plan as a calendar of a person, a hub or a requirement, or everybody's shifts or hours as a table. */
export function ExportDialog({ data }: { readonly data: PlannerData }): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const { roster, axis } = data;
  const [what, setWhat] = useState<What>('ics');
  const [of, setOf] = useState<string | null>(roster.hubs[0]?.hubId ?? null);
  const [zone, setZone] = useState(data.zone);
  const [from, setFrom] = useState(axis.days[0]?.date ?? dateOfEpochDay(0));
  const [to, setTo] = useState(axis.days.at(-1)?.date ?? dateOfEpochDay(0));
  const [isWorking, setWorking] = useState(false);
  const isBackwards = epochDayOf(to) < epochDayOf(from);
  const close = (): void => openDialog(null);
  const save = async (): Promise<void> => {
    const stretch = { from: startOfDay(zone, from), to: startOfEpochDay(zone, epochDayOf(to) + 1) };
    const target = targetOf(of);
    setWorking(true);
    const answer =
      what !== 'ics'
        ? await call('coverage.exportHours', { opId: newOperationId(), what, ...stretch, zone })
        : target === null
          ? null
          : await call('coverage.exportIcs', { opId: newOperationId(), of: target, ...stretch });
    setWorking(false);
    if (answer === null) return;
    if (!answer.ok) {
      tellProblem(answer.error.code, 'plan:failed.export');
      return;
    }
    if (answer.value === null) return;
    showToast({ title: t('export.done'), description: answer.value.path, tone: 'ok' });
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t('export.title')}
      description={t(`export.text.${what}`)}
      footer={
        <>
          <Button onClick={close}>{tFrame('common.cancel')}</Button>
          <Button
            variant="primary"
            icon={what === 'ics' ? <CalendarDays aria-hidden="true" /> : <Table aria-hidden="true" />}
            loading={isWorking}
            disabled={isBackwards || (what === 'ics' && of === null)}
            onClick={() => void save()}
          >
            {t('export.confirm')}
          </Button>
        </>
      }
    >
      <div className="plan-form">
        <Segments<What>
          label={t('export.what')}
          value={what}
          onChange={setWhat}
          options={[
            { value: 'ics', label: t('export.ics') },
            { value: 'shifts', label: t('export.shifts') },
            { value: 'hours', label: t('export.hours') },
          ]}
        />
        {what === 'ics' && (
          <Combobox
            label={t('export.of')}
            value={of}
            onChange={setOf}
            options={[
              ...roster.hubs.map((hub) => ({ value: hub.hubId as string, label: hub.name, detail: t('export.hub') })),
              ...roster.agents.map((agent) => ({ value: agent.agentId as string, label: agent.name, detail: t('export.agent') })),
              ...roster.requirements.map((each) => ({
                value: each.requirementId as string,
                label: each.name,
                detail: t('export.requirement'),
              })),
            ]}
          />
        )}
        {what !== 'ics' && (
          <ZonePicker
            label={t('export.zone')}
            value={zone}
            onChange={(next) => {
              if (next !== null) setZone(next);
            }}
          />
        )}
        <PeriodFields from={from} to={to} isBackwards={isBackwards} onFrom={setFrom} onTo={setTo} />
      </div>
    </Dialog>
  );
}

function targetOf(id: string | null): Input<'coverage.exportIcs'>['of'] | null {
  if (isId('hub', id)) return { kind: 'hub', hubId: id };
  if (isId('agt', id)) return { kind: 'agent', agentId: id };
  return isId('req', id) ? { kind: 'requirement', requirementId: id } : null;
}
