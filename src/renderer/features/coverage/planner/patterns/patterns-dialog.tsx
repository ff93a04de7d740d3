import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../../i18n/use-words.ts';
import { create } from 'zustand';
import type { RosterChange } from '../../../../../shared/contract/coverage.contract.ts';
import { EVERYBODY } from '../../../../../shared/domain/coverage/roster.ts';
import type { Roster, Rotation, ShiftTemplate } from '../../../../../shared/domain/coverage/roster.ts';
import { makeId, ulid } from '../../../../../shared/domain/ids.ts';
import { dateOfEpochDay, epochDayOf, weekdayOfEpochDay, WEEKDAYS } from '../../../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../../../shared/domain/time/local-time.ts';
import { localDateOf } from '../../../../../shared/domain/time/zone.ts';
import { clock } from '../../../../state/clock-store.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { InvalidFieldsScope, useInvalidFields } from '../../../../ui/invalid-fields.tsx';
import { Segments } from '../../../../ui/segments.tsx';
import '../../../../ui/master-detail.css';
import { openDialog } from '../planner.store.ts';
import type { ShiftWords } from '../shift-words.ts';
import type { PlannerData } from '../use-planner-data.ts';
import { RotationEditor } from './rotation-editor.tsx';
import { saveRoster } from '../../../../state/save-roster.ts';
import { TemplateEditor } from './template-editor.tsx';

type Kind = 'templates' | 'rotations';

interface Edits {
  readonly templates: ReadonlyMap<string, ShiftTemplate>;
  readonly rotations: ReadonlyMap<string, Rotation>;
}

const NO_EDITS: Edits = { templates: new Map(), rotations: new Map() };

/** What is not saved yet. It outlives the dialog: a slip on Escape must not cost an hour's work. */
const useEdits = create<Edits>()(() => NO_EDITS);
const setEdits = (edits: Edits): void => useEdits.setState(edits);

/** Templates and rotations: what shifts are made from. Edits are kept until all of them are saved as one. */
export function PatternsDialog({ data, words }: { readonly data: PlannerData; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const tFrame = useWords('frame');
  const [kind, setKind] = useState<Kind>('templates');
  const [shown, setShown] = useState<string | null>(null);
  const edits = useEdits();
  const [isWorking, setWorking] = useState(false);
  const roster = edited(data.roster, edits);
  const list: readonly (ShiftTemplate | Rotation)[] = kind === 'templates' ? roster.templates : currentRotations(roster);
  const current = list.find((each) => idOf(each) === shown) ?? list[0];
  const changes: readonly RosterChange[] = [
    ...[...edits.templates.values()].map((template): RosterChange => ({ kind: 'template', template })),
    ...[...edits.rotations.values()].map((rotation): RosterChange => ({ kind: 'rotation', rotation })),
  ];
  const fields = useInvalidFields();
  const isIncomplete = [...edits.templates.values()].some(isTemplateWrong) || [...edits.rotations.values()].some(isRotationWrong);
  const today = localDateOf(data.zone, clock.now());
  const put = (one: ShiftTemplate | Rotation): void => {
    setShown(idOf(one));
    setEdits(
      'rotationId' in one
        ? { ...edits, rotations: new Map([...edits.rotations, [one.rotationId, one]]) }
        : { ...edits, templates: new Map([...edits.templates, [one.templateId, one]]) },
    );
  };
  const add = (): void => {
    const hub = data.roster.hubs.find((each) => each.isActive) ?? null;
    put(
      kind === 'templates'
        ? newTemplate(t('patterns.newTemplate'), hub?.hubId ?? null, hub?.zone ?? data.zone, today)
        : newRotation(t('patterns.newRotation'), roster, today),
    );
  };
  const save = async (): Promise<void> => {
    setWorking(true);
    const isSaved = await saveRoster(changes, t('patterns.saved', { count: changes.length }));
    setWorking(false);
    if (isSaved) setEdits(NO_EDITS);
  };
  const close = (): void => openDialog(null);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      size="lg"
      title={t('patterns.title')}
      footer={
        <>
          {(isIncomplete || fields.hasInvalid) && <span className="plan-blocked">{t('patterns.blocked')}</span>}
          {changes.length > 0 && (
            <>
              <span className="plan-blocked plan-unsaved">{t('patterns.unsaved', { count: changes.length })}</span>
              <Button variant="ghost" onClick={() => setEdits(NO_EDITS)}>
                {t('discard.confirm')}
              </Button>
            </>
          )}
          <Button onClick={close}>{tFrame('common.close')}</Button>
          {data.canPlan && (
            <Button
              variant="primary"
              loading={isWorking}
              disabled={changes.length === 0 || isIncomplete || fields.hasInvalid}
              onClick={() => void save()}
            >
              {t('patterns.save')}
            </Button>
          )}
        </>
      }
    >
      <div className="plan-patterns">
        <div className="plan-patterns-list">
          <Segments<Kind>
            label={t('patterns.kind')}
            value={kind}
            onChange={setKind}
            options={[
              { value: 'templates', label: t('patterns.templates') },
              { value: 'rotations', label: t('patterns.rotations') },
            ]}
          />
          <ul className="m-rows" aria-label={t(`patterns.${kind}`)}>
            {list.map((each) => (
              <li key={idOf(each)}>
                <button
                  type="button"
                  className="m-row"
                  aria-current={each === current ? 'true' : undefined}
                  onClick={() => setShown(idOf(each))}
                >
                  <strong className="truncate">{each.name.trim() === '' ? t('patterns.unnamed') : each.name}</strong>
                  {edits.templates.has(idOf(each)) || edits.rotations.has(idOf(each)) ? (
                    <Badge tone="accent">{t('patterns.edited')}</Badge>
                  ) : (
                    !each.isActive && <Badge>{t('patterns.outOfUse')}</Badge>
                  )}
                </button>
              </li>
            ))}
          </ul>
          {data.canPlan && (
            <Button
              size="sm"
              icon={<Plus aria-hidden="true" />}
              disabled={kind === 'rotations' && roster.templates.every((each) => !each.isActive)}
              onClick={add}
            >
              {t(kind === 'templates' ? 'patterns.addTemplate' : 'patterns.addRotation')}
            </Button>
          )}
        </div>
        <div className="plan-patterns-editor" inert={!data.canPlan}>
          {current === undefined ? (
            <EmptyState
              icon={<Plus />}
              title={t(kind === 'templates' ? 'patterns.noTemplates' : 'patterns.noRotations')}
              description={t(kind === 'templates' ? 'patterns.noTemplatesText' : 'patterns.noRotationsText')}
            />
          ) : 'rotationId' in current ? (
            <RotationEditor
              key={current.rotationId}
              rotation={current}
              stored={data.roster.rotations.find((each) => each.rotationId === current.rotationId) ?? null}
              roster={roster}
              zoneData={data.zoneData}
              words={words}
              onChange={put}
            />
          ) : (
            <InvalidFieldsScope fields={fields}>
              <TemplateEditor key={current.templateId} template={current} roster={roster} words={words} onChange={put} />
            </InvalidFieldsScope>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function idOf(one: ShiftTemplate | Rotation): string {
  return 'rotationId' in one ? one.rotationId : one.templateId;
}

/** The roster with the edits over it. */
function edited(roster: Roster, edits: Edits): Roster {
  const over = <One extends ShiftTemplate | Rotation>(list: readonly One[], changed: ReadonlyMap<string, One>): readonly One[] => [
    ...list.map((each) => changed.get(idOf(each)) ?? each),
    ...[...changed.values()].filter((each) => !list.some((one) => idOf(one) === idOf(each))),
  ];
  return { ...roster, templates: over(roster.templates, edits.templates), rotations: over(roster.rotations, edits.rotations) };
}

/** Rotations that no newer version goes on from, those in use first. */
function currentRotations(roster: Roster): readonly Rotation[] {
  const followed = new Set(roster.rotations.filter((each) => each.isActive).map((each) => each.supersedes));
  return roster.rotations.filter((each) => !followed.has(each.rotationId)).sort((a, b) => Number(b.isActive) - Number(a.isActive));
}

function isTemplateWrong(template: ShiftTemplate): boolean {
  return template.name.trim() === '' || template.days.length === 0 || template.activeWeeks.length === 0;
}

function isRotationWrong(rotation: Rotation): boolean {
  return rotation.name.trim() === '' || rotation.templateIds.length === 0;
}

function newId(): string {
  return ulid(clock.now(), crypto.getRandomValues(new Uint8Array(10)));
}

function mondayOf(date: LocalDate): LocalDate {
  const day = epochDayOf(date);
  return dateOfEpochDay(day - WEEKDAYS.indexOf(weekdayOfEpochDay(day)));
}

function newTemplate(name: string, hubId: ShiftTemplate['hubId'], zone: string, today: LocalDate): ShiftTemplate {
  return {
    templateId: makeId('tpl', newId()),
    name,
    hubId,
    zone,
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    startMinute: 9 * 60,
    endMinute: 18 * 60,
    cycleWeeks: 1,
    activeWeeks: [0],
    anchorDate: mondayOf(today),
    validFrom: null,
    validUntil: null,
    breaks: [],
    needs: EVERYBODY,
    onHolidays: 'skip',
    isActive: true,
  };
}

function newRotation(name: string, roster: Roster, today: LocalDate): Rotation {
  const template = roster.templates.find((each) => each.isActive);
  const next = dateOfEpochDay(epochDayOf(mondayOf(today)) + 7);
  return {
    rotationId: makeId('rot', newId()),
    name,
    version: 1,
    supersedes: null,
    templateIds: template === undefined ? [] : [template.templateId],
    agentIds: roster.agents.filter((agent) => agent.isActive && agent.hubId === template?.hubId).map((agent) => agent.agentId),
    seats: 1,
    step: 'week',
    anchorDate: next,
    from: next,
    until: null,
    isActive: true,
  };
}
