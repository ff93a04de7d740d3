import { FileClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { holidaysOf } from '../../../../shared/domain/coverage/rotations.ts';
import { templateBody, templateShifts } from '../../../../shared/domain/coverage/templates.ts';
import type { ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import type { AgentId, TemplateId } from '../../../../shared/domain/ids.ts';
import { dateOfEpochDay, epochDayOf } from '../../../../shared/domain/time/local-time.ts';
import { Button } from '../../../ui/button.tsx';
import { MultiCombobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Select } from '../../../ui/select.tsx';
import { changed, editPlan, newShiftId } from './edit-plan.ts';
import { PeriodFields } from './period-fields.tsx';
import { openDialog } from './planner.store.ts';
import { Occurrences } from './patterns/occurrences.tsx';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

/** Shifts of one template for chosen people (or for nobody yet) over some dates, as a draft. */
export function FillDialog({ data, words }: { readonly data: PlannerData; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const templates = data.roster.templates.filter((each) => each.isActive);
  const [templateId, setTemplateId] = useState<TemplateId | null>(templates[0]?.templateId ?? null);
  const template = templates.find((each) => each.templateId === templateId) ?? null;
  const [people, setPeople] = useState<readonly AgentId[]>([]);
  const { days } = data.axis;
  const [from, setFrom] = useState(days[0]?.date ?? dateOfEpochDay(0));
  const [to, setTo] = useState(days.at(-1)?.date ?? dateOfEpochDay(0));
  const close = (): void => openDialog(null);
  const isBackwards = epochDayOf(to) < epochDayOf(from) || epochDayOf(to) - epochDayOf(from) > 366;
  const bodies = bodiesOf();
  function bodiesOf(): readonly ShiftBody[] {
    if (template === null || isBackwards) return [];
    const shifts = templateShifts(template, from, to, holidaysOf(data.roster, template.hubId));
    const takers: readonly (AgentId | null)[] = people.length === 0 ? [null] : people;
    return shifts.flatMap((shift) => takers.map((agentId) => templateBody(template, shift, agentId, data.zoneData)));
  }
  const fill = (): void => {
    void editPlan(
      bodies.map((body) => changed(newShiftId(), body)),
      t('done.createdMany', { count: bodies.length }),
    );
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t('fill.title')}
      footer={
        <>
          <Button onClick={close}>{tFrame('common.cancel')}</Button>
          <Button variant="primary" disabled={bodies.length === 0} onClick={fill}>
            {t('fill.confirm', { count: bodies.length })}
          </Button>
        </>
      }
    >
      {template === null ? (
        <EmptyState
          icon={<FileClock />}
          title={t('patterns.noTemplates')}
          description={t('patterns.noTemplatesText')}
          actions={<Button onClick={() => openDialog({ kind: 'patterns' })}>{t('toolbar.patterns')}</Button>}
        />
      ) : (
        <div className="plan-form">
          <Select
            label={t('fill.template')}
            value={template.templateId}
            onChange={(value) => setTemplateId(templates.find((each) => each.templateId === value)?.templateId ?? null)}
            options={templates.map((each) => ({ value: each.templateId as string, label: each.name }))}
          />
          <MultiCombobox
            label={t('fill.people')}
            hint={t('fill.peopleHint')}
            value={people}
            onChange={(ids) => setPeople(data.roster.agents.filter((agent) => ids.includes(agent.agentId)).map((agent) => agent.agentId))}
            options={data.roster.agents
              .filter((agent) => agent.isActive)
              .sort((a, b) => Number(b.hubId === template.hubId) - Number(a.hubId === template.hubId))
              .map((agent) => ({ value: agent.agentId, label: agent.name }))}
          />
          <PeriodFields from={from} to={to} isBackwards={isBackwards} onFrom={setFrom} onTo={setTo} />
          <Occurrences groups={[{ key: 'all', title: t('fill.first'), shifts: bodies.slice(0, 5) }]} words={words} isNamed />
        </div>
      )}
    </Dialog>
  );
}
