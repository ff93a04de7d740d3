import { CircleAlert, Plus, Trash2, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { retimed } from '../../../../shared/domain/coverage/derive.ts';
import type { Plan, ShiftBody } from '../../../../shared/domain/coverage/plan.ts';
import { shiftProblems } from '../../../../shared/domain/coverage/validate.ts';
import type { ShiftProblem } from '../../../../shared/domain/coverage/validate.ts';
import type { ShiftId } from '../../../../shared/domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/domain/time.ts';
import { localOfWall, wallOf } from '../../../../shared/domain/time/local-time.ts';
import { toInstant } from '../../../../shared/domain/time/zone.ts';
import { clock } from '../../../state/clock-store.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { InvalidFieldsScope, useInvalidFields } from '../../../ui/invalid-fields.tsx';
import { Select } from '../../../ui/select.tsx';
import { ZonePicker } from '../../../ui/zone-picker.tsx';
import { changed, editPlan, newShiftId } from './edit-plan.ts';
import { rowKeyOf } from './planner-rows.ts';
import { focusOn, openDialog, select, usePlanner } from './planner.store.ts';
import { ProblemText } from './problem-text.tsx';
import { SelectorFields } from './selector-fields.tsx';
import { seamOf, startDayIn } from './shift-edit.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';
import { WallField } from './wall-field.tsx';

export interface ShiftDialogProps {
  readonly shiftId: ShiftId | null;
  readonly body: ShiftBody;
  readonly data: PlannerData;
  readonly words: ShiftWords;
}

const NOBODY = '';
const NO_HUB = 'none';

/** One shift in all its parts, with what is wrong with it and how to put it right. */
export function ShiftDialog({ shiftId, body: given, data, words }: ShiftDialogProps): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const [body, setBody] = useState(given);
  const [id] = useState(() => shiftId ?? newShiftId());
  const layer = usePlanner((state) => state.layer);
  const canEdit = data.canPlan && layer === 'draft';
  const startTime = useRef<HTMLInputElement>(null);
  const problems = useProblems(data, id, body);
  const { roster, zoneData } = data;
  const close = (): void => openDialog(null);
  const set = (patch: Partial<ShiftBody>): void => setBody({ ...body, ...patch });
  const setZone = (zone: string): void => setBody(retimed({ ...body, zone }, body.startLocal, body.endLocal, zoneData));
  const fields = useInvalidFields();
  const isBackwards = body.endAt <= body.startAt;
  const isBlocked = isBackwards || fields.hasInvalid;
  const save = (): void => {
    if (isBlocked) return;
    const label = t(shiftId === null ? 'done.created' : 'done.edited', { who: words.who(body.agentId), when: words.when(body) });
    if (body !== given || shiftId === null) void editPlan([changed(id, body)], label);
    close();
    select([id]);
    focusOn({ rowKey: rowKeyOf(body), epochDay: startDayIn(data.zone, body), shiftId: id });
  };
  const addBreak = (): void => {
    const start = wallOf(body.startLocal) + Math.floor((wallOf(body.endLocal) - wallOf(body.startLocal)) / HOUR_MS / 2) * HOUR_MS;
    const made = { startLocal: localOfWall(start), endLocal: localOfWall(start + 30 * MINUTE_MS) };
    set({
      breaks: [...body.breaks, { ...made, startAt: toInstant(body.zone, made.startLocal), endAt: toInstant(body.zone, made.endLocal) }],
    });
  };
  const seam = seamOf(body);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      initialFocus={canEdit ? startTime : undefined}
      title={t(shiftId === null ? 'editor.new' : canEdit ? 'editor.edit' : 'editor.show')}
      footer={
        canEdit ? (
          <>
            {isBlocked && <span className="plan-blocked">{t('editor.blocked')}</span>}
            <Button onClick={close}>{tFrame('common.cancel')}</Button>
            <Button variant="primary" disabled={isBlocked} onClick={save}>
              {t('editor.save')}
            </Button>
          </>
        ) : (
          <Button onClick={close}>{tFrame('common.close')}</Button>
        )
      }
    >
      <form
        className="plan-form"
        inert={!canEdit}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="plan-form-pair">
          <Combobox
            label={t('editor.agent')}
            value={body.agentId ?? NOBODY}
            onChange={(value) => {
              // Nobody is a choice of its own; an emptied field is none.
              if (value === null) return;
              const agent = roster.agents.find((each) => each.agentId === value);
              set({ agentId: agent?.agentId ?? null, hubId: agent?.hubId ?? body.hubId });
            }}
            options={[
              { value: NOBODY, label: t('shift.open') },
              ...roster.agents
                .filter((agent) => agent.isActive || agent.agentId === body.agentId)
                .map((agent) => ({ value: agent.agentId, label: agent.name })),
            ]}
          />
          <Select
            label={t('editor.hub')}
            value={body.hubId ?? NO_HUB}
            onChange={(value) => set({ hubId: roster.hubs.find((hub) => hub.hubId === value)?.hubId ?? null })}
            options={[
              { value: NO_HUB, label: t('rows.noHub') },
              ...roster.hubs.map((hub) => ({ value: hub.hubId as string, label: hub.name })),
            ]}
          />
        </div>
        <ZonePicker
          label={t('editor.zone')}
          value={body.zone}
          onChange={(zone) => {
            if (zone !== null) setZone(zone);
          }}
        />
        <InvalidFieldsScope fields={fields}>
          <div className="plan-form-pair">
            <WallField
              label={t('editor.start')}
              timeRef={startTime}
              value={body.startLocal}
              onChange={(startLocal) => setBody(retimed(body, startLocal, body.endLocal, zoneData))}
            />
            <WallField
              label={t('editor.end')}
              value={body.endLocal}
              onChange={(endLocal) => setBody(retimed(body, body.startLocal, endLocal, zoneData))}
              error={isBackwards ? t('problem.no-length') : undefined}
            />
          </div>
          <p className="plan-form-length tabular">
            {isBackwards ? '' : t('editor.length', { length: words.length(body.endAt - body.startAt) })}
            {seam !== 0 && ` · ${t(seam < 0 ? 'editor.shorter' : 'editor.longer', { by: words.length(Math.abs(seam)) })}`}
            {body.zone !== data.zone &&
              !isBackwards &&
              ` · ${words.day(body.startAt, data.zone)} ${words.times(body, data.zone)} ${t('editor.here')}`}
          </p>
          <ProblemList problems={problems} words={words} onCorrect={setBody} />
          <fieldset className="plan-breaks">
            <legend>{t('editor.breaks')}</legend>
            {body.breaks.map((each, index) => (
              <div key={index} className="plan-form-pair plan-break">
                {(['startLocal', 'endLocal'] as const).map((end) => (
                  <WallField
                    key={end}
                    label={t(end === 'startLocal' ? 'editor.breakStart' : 'editor.breakEnd', { number: index + 1 })}
                    value={each[end]}
                    onChange={(local) => {
                      const next = { ...each, [end]: local };
                      const derived = {
                        ...next,
                        startAt: toInstant(body.zone, next.startLocal),
                        endAt: toInstant(body.zone, next.endLocal),
                      };
                      set({ breaks: body.breaks.map((one, at) => (at === index ? derived : one)) });
                    }}
                  />
                ))}
                <IconButton
                  size="sm"
                  label={t('editor.removeBreak', { number: index + 1 })}
                  icon={<Trash2 />}
                  onClick={() => set({ breaks: body.breaks.filter((_, at) => at !== index) })}
                />
              </div>
            ))}
            <Button size="sm" variant="ghost" icon={<Plus />} onClick={addBreak}>
              {t('editor.addBreak')}
            </Button>
          </fieldset>
        </InvalidFieldsScope>
        <SelectorFields legend={t('editor.needs')} roster={roster} value={body.needs} onChange={(needs) => set({ needs })} />
        <TextArea label={t('editor.note')} value={body.note} onChange={(note) => set({ note })} rows={2} maxLength={2_000} />
        {/* Enter in a field drafts the shift; the button of that name is in the foot. */}
        <input type="submit" hidden />
      </form>
    </Dialog>
  );
}

function useProblems(data: PlannerData, shiftId: ShiftId, body: ShiftBody): readonly ShiftProblem[] {
  const { roster, shifts, zoneData } = data;
  const window = data.plan.state === 'ready' ? data.plan.value : null;
  return useMemo(() => {
    const plan: Plan = { shifts, overrides: window?.overrides ?? [], absences: window?.absences ?? [], swaps: [] };
    return shiftProblems(roster, plan, 'draft', shiftId, body, { now: clock.now(), zoneData });
  }, [roster, shifts, window, shiftId, body, zoneData]);
}

/** What is wrong, each with what puts it right in one click. */
function ProblemList({
  problems,
  words,
  onCorrect,
}: {
  readonly problems: readonly ShiftProblem[];
  readonly words: ShiftWords;
  readonly onCorrect: (body: ShiftBody) => void;
}): ReactNode {
  const t = useWords('plan');
  if (problems.length === 0) return null;
  return (
    <ul className="plan-problems" aria-label={t('editor.problems')}>
      {problems.map((problem, index) => (
        <li key={`${problem.code} ${index}`} data-severity={problem.severity}>
          {problem.severity === 'error' ? <CircleAlert aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
          <span>
            <ProblemText problem={problem} words={words} />
          </span>
          <span className="plan-corrections">
            {problem.corrections.map((correction) => (
              <Button key={correction.kind} size="sm" onClick={() => onCorrect(correction.body)} title={words.when(correction.body)}>
                {t(`correction.${correction.kind}`, { times: words.times(correction.body, correction.body.zone) })}
              </Button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
