import { CalendarPlus, CalendarX, ClipboardPaste, Copy, PencilLine, Plus, RotateCcw, Trash2, UserRoundX, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { MenuGroup, MenuItem, MenuSeparator, MenuSub } from '../../../ui/menu.tsx';
import type { Override } from '../../../../shared/domain/coverage/plan.ts';
import type { ShiftTemplate } from '../../../../shared/domain/coverage/roster.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { epochDayAt } from '../../../../shared/domain/time/zone.ts';
import { changed, editPlan, newShiftId, tellProblem } from './edit-plan.ts';
import type { PlannerActions } from './planner-actions.ts';
import type { AgentRow, OpenRow, PlacedShift } from './planner-rows.ts';
import { openDialog, usePlanner } from './planner.store.ts';
import { shiftOfTemplate } from './shift-edit.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

export interface PlannerMenuProps {
  readonly data: PlannerData;
  readonly words: ShiftWords;
  readonly actions: PlannerActions;
}

/** What can be done with what was right-clicked: shifts, or an empty day of a row. */
export function PlannerMenu(props: PlannerMenuProps): ReactNode {
  const t = useWords('plan');
  const cursor = usePlanner((state) => state.cursor);
  usePlanner((state) => state.selected);
  const targets = props.actions.targets();
  const [first] = targets;
  const row = props.actions.cursorRow();
  if (first !== undefined) return <ShiftMenu {...props} targets={targets} first={first} />;
  if (row !== null && row.kind !== 'hub' && cursor !== null) return <DayMenu {...props} row={row} epochDay={cursor.epochDay} />;
  return <MenuItem onSelect={() => openDialog({ kind: 'patterns' })}>{t('toolbar.patterns')}</MenuItem>;
}

interface ShiftMenuProps extends PlannerMenuProps {
  readonly targets: readonly PlacedShift[];
  readonly first: PlacedShift;
}

function ShiftMenu({ data, words, actions, targets, first }: ShiftMenuProps): ReactNode {
  const t = useWords('plan');
  const canEdit = usePlanner((state) => state.layer === 'draft') && data.canPlan;
  const { agentId } = first.body;
  // On the clocks of the person: on those of the plan the shift may start on another day.
  const agentZone = data.roster.agents.find((each) => each.agentId === agentId)?.zone ?? first.body.zone;
  return (
    <>
      <MenuItem icon={<PencilLine />} shortcut="enter" onSelect={actions.open}>
        {t(canEdit ? 'menu.edit' : 'menu.show')}
      </MenuItem>
      <MenuItem icon={<Copy />} shortcut="mod+c" onSelect={actions.copy}>
        {t('menu.copy')}
      </MenuItem>
      {canEdit && (
        <>
          <MenuItem icon={<Copy />} shortcut="mod+d" onSelect={() => actions.copyByDays(1)}>
            {t('menu.nextDay')}
          </MenuItem>
          <MenuItem icon={<CalendarPlus />} shortcut="mod+shift+d" onSelect={() => actions.copyByDays(7)}>
            {t('menu.nextWeek')}
          </MenuItem>
          {targets.some((each) => each.look !== 'published') && (
            <MenuItem icon={<RotateCcw />} onSelect={actions.reset}>
              {t('menu.reset')}
            </MenuItem>
          )}
        </>
      )}
      {data.canPlan && first.shift.published !== null && targets.length === 1 && (
        <OverrideItems shiftId={first.shiftId} data={data} words={words} />
      )}
      {data.canPlan && agentId !== null && (
        <MenuItem
          icon={<CalendarX />}
          onSelect={() => openDialog({ kind: 'absence', agentId, epochDay: epochDayAt(agentZone, first.body.startAt) })}
        >
          {t('menu.absence')}
        </MenuItem>
      )}
      {canEdit && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} shortcut="delete" danger onSelect={actions.remove}>
            {t('menu.remove')}
          </MenuItem>
        </>
      )}
    </>
  );
}

function OverrideItems({ shiftId, data, words }: Pick<PlannerMenuProps, 'data' | 'words'> & { readonly shiftId: ShiftId }): ReactNode {
  const t = useWords('plan');
  const takeBack = async (override: Override): Promise<void> => {
    const answer = await call('plan.cancelOverride', { opId: newOperationId(), overrideId: override.overrideId });
    if (!answer.ok) tellProblem(answer.error.code, 'plan:failed.decide');
  };
  return (
    <>
      <MenuSeparator />
      <MenuItem icon={<Users />} onSelect={() => openDialog({ kind: 'override', shiftId })}>
        {t('menu.override')}
      </MenuItem>
      {data.overridesOf(shiftId).map((each) => (
        <MenuItem key={each.overrideId} icon={<UserRoundX />} onSelect={() => void takeBack(each)}>
          {t('menu.cancelOverride', { name: words.who(each.agentIn), times: words.times(each, data.zone) })}
        </MenuItem>
      ))}
    </>
  );
}

interface DayMenuProps extends PlannerMenuProps {
  readonly row: OpenRow | AgentRow;
  readonly epochDay: number;
}

function DayMenu({ data, words, actions, row, epochDay }: DayMenuProps): ReactNode {
  const t = useWords('plan');
  const canEdit = usePlanner((state) => state.layer === 'draft') && data.canPlan;
  const clipboard = usePlanner((state) => state.clipboard);
  const templates = data.roster.templates.filter((each) => each.isActive && (each.hubId === null || each.hubId === row.hub?.hubId));
  const fromTemplate = (template: ShiftTemplate): void => {
    const body = shiftOfTemplate(template, row.kind === 'agent' ? row.agent : null, row.hub, epochDay, data.zoneData);
    void editPlan([changed(newShiftId(), body)], t('done.created', { who: words.who(body.agentId), when: words.when(body) }));
  };
  if (!data.canPlan) {
    return (
      <MenuItem disabled onSelect={() => undefined}>
        {t('menu.readOnly')}
      </MenuItem>
    );
  }
  return (
    <>
      {canEdit && (
        <>
          <MenuItem icon={<Plus />} shortcut="n" onSelect={actions.create}>
            {t('menu.new')}
          </MenuItem>
          <MenuItem icon={<PencilLine />} shortcut="enter" onSelect={actions.open}>
            {t('menu.newWith')}
          </MenuItem>
          {templates.length > 0 && (
            <MenuSub label={t('menu.fromTemplate')}>
              <MenuGroup label={t('menu.templates')}>
                {templates.map((template) => (
                  <MenuItem key={template.templateId} onSelect={() => fromTemplate(template)}>
                    {template.name}
                  </MenuItem>
                ))}
              </MenuGroup>
            </MenuSub>
          )}
          <MenuItem icon={<ClipboardPaste />} shortcut="mod+v" disabled={clipboard.length === 0} onSelect={actions.paste}>
            {t('menu.paste', { count: clipboard.length })}
          </MenuItem>
        </>
      )}
      {row.kind === 'agent' && (
        <MenuItem icon={<CalendarX />} onSelect={() => openDialog({ kind: 'absence', agentId: row.agent.agentId, epochDay })}>
          {t('menu.absence')}
        </MenuItem>
      )}
    </>
  );
}
