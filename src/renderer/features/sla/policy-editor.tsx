import { Copy, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { PRIORITIES, STATUSES } from '../../../shared/domain/case.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { useRoster } from '../../state/roster.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { MultiCombobox } from '../../ui/combobox.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { newRuleId, weeklyHours } from './rules-draft.ts';
import type { CalendarDraft, PolicyDraft } from './rules-draft.ts';
import { policyFaults } from './rules-problems.ts';
import type { PolicyFaults } from './rules-problems.ts';
import { addPolicy, editPolicy, removePolicy } from './rules.store.ts';
import { TargetTable } from './target-table.tsx';

export interface PolicyEditorProps {
  readonly policy: PolicyDraft;
  readonly calendars: readonly CalendarDraft[];
}

interface PartProps {
  readonly policy: PolicyDraft;
  readonly faults: PolicyFaults;
  readonly onEdit: (patch: Partial<PolicyDraft>) => void;
}

/** One policy: for which cases, in whose hours, how soon. */
export function PolicyEditor({ policy, calendars }: PolicyEditorProps): ReactNode {
  const t = useWords('rules');
  const faults = policyFaults(policy, calendars, clock.now());
  const edit = (patch: Partial<PolicyDraft>): void => editPolicy(policy.id, patch);
  const duplicate = (): void => {
    const name = t('policies.copyName', { name: policy.name }).slice(0, 120);
    addPolicy({ ...policy, id: newRuleId('policy'), name }, policy.id);
  };
  return (
    <div className="rules-editor">
      <TextField
        label={t('policies.name')}
        value={policy.name}
        onChange={(name) => edit({ name })}
        maxLength={120}
        error={faults.isNameMissing ? t('policies.nameMissing') : undefined}
      />
      <section className="m-section" aria-label={t('policies.conditions')}>
        <h3>{t('policies.conditions')}</h3>
        <p className="muted">{t('policies.conditionsHint')}</p>
        <ConditionFields conditions={policy.conditions} onChange={(conditions) => edit({ conditions })} />
      </section>
      <Promise policy={policy} faults={faults} calendars={calendars} onEdit={edit} />
      <section className="m-section" aria-label={t('policies.targets')}>
        <h3>{t('policies.targets')}</h3>
        <p className="muted">{t('policies.targetsHint')}</p>
        <TargetTable targets={policy.targets} problems={faults.problems} onChange={(targets) => edit({ targets })} />
      </section>
      <Rest policy={policy} faults={faults} onEdit={edit} />
      <div className="m-actions">
        <Button icon={<Copy aria-hidden="true" />} onClick={duplicate}>
          {t('policies.duplicate')}
        </Button>
        <Button icon={<Trash2 aria-hidden="true" />} onClick={() => removePolicy(policy.id)}>
          {t('policies.remove')}
        </Button>
      </div>
    </div>
  );
}

function Promise({ policy, faults, calendars, onEdit }: PartProps & { readonly calendars: readonly CalendarDraft[] }): ReactNode {
  const t = useWords('rules');
  const formats = useFormats();
  const chosen = calendars.filter((each) => policy.calendarIds.includes(each.id));
  const hoursFault = faults.problems.map(({ code }) => code).find((code) => code === 'no-hours' || code === 'retired-hours');
  const hours = formats.number(Math.round(hoursOfAll(chosen) * 10) / 10);
  return (
    <section className="m-section" aria-label={t('policies.promise')}>
      <div className="m-pair">
        <Select
          label={t('policies.promise')}
          hint={t('policies.promiseHint')}
          value={policy.promiseKind}
          onChange={(promiseKind) => onEdit({ promiseKind })}
          options={[
            { value: 'calendars', label: t('policies.promises.calendars') },
            { value: 'coverage', label: t('policies.promises.coverage') },
          ]}
        />
        {policy.promiseKind === 'calendars' ? (
          <MultiCombobox
            label={t('policies.calendars')}
            hint={t('policies.calendarsHint', { hours })}
            value={policy.calendarIds}
            onChange={(calendarIds) => onEdit({ calendarIds })}
            options={calendars.map((each) => ({ value: each.id, label: each.name, detail: each.zone ?? undefined }))}
            error={hoursFault === undefined ? undefined : t(hoursFault === 'no-hours' ? 'policies.noHours' : 'policies.retiredHours')}
          />
        ) : (
          <ShiftTeam policy={policy} faults={faults} onEdit={onEdit} />
        )}
      </div>
    </section>
  );
}

/** Whose shifts are promised. A hub that is out of use stays for as long as the policy names it. */
function ShiftTeam({ policy, faults, onEdit }: PartProps): ReactNode {
  const t = useWords('rules');
  const { hubs } = useRoster();
  const offered = hubs.filter((hub) => hub.isActive || hub.hubId === policy.team);
  const isUnknown = policy.team !== '' && hubs.length > 0 && offered.every((hub) => hub.hubId !== policy.team);
  return (
    <Select
      label={t('policies.team')}
      hint={t('policies.teamHint')}
      value={policy.team}
      onChange={(team) => onEdit({ team })}
      options={[
        { value: '', label: t('policies.allHubs') },
        ...offered.map((hub) => ({ value: hub.hubId, label: hub.name })),
        ...(isUnknown ? [{ value: policy.team, label: policy.team }] : []),
      ]}
      error={isUnknown || faults.problems.some(({ code }) => code === 'no-hours') ? t('policies.teamMissing') : undefined}
    />
  );
}

/** Open hours a week of calendars together. Zones are left aside: it is a size to judge targets by. */
function hoursOfAll(calendars: readonly CalendarDraft[]): number {
  return weeklyHours(Object.fromEntries(WEEKDAYS.map((day) => [day, calendars.flatMap(({ week }) => week[day] ?? [])])));
}

function Rest({ policy, faults, onEdit }: PartProps): ReactNode {
  const { t } = useTranslation(['rules', 'inbox']);
  const has = (code: string): boolean => faults.problems.some((problem) => problem.code === code);
  return (
    <div className="m-pair">
      <Select
        label={t('policies.defaultPriority')}
        hint={t('policies.defaultPriorityHint')}
        value={policy.defaultPriority}
        onChange={(defaultPriority) => onEdit({ defaultPriority })}
        options={PRIORITIES.map((priority) => ({ value: priority, label: t(`inbox:priority.${priority}`) }))}
      />
      <TextField
        label={t('policies.reopen')}
        hint={t('policies.reopenHint')}
        value={policy.reopenText}
        onChange={(reopenText) => onEdit({ reopenText })}
        maxLength={40}
        error={has('bad-reopen-window') ? t('policies.reopenBad') : undefined}
      />
      <fieldset className="rules-pause">
        <legend>{t('policies.pause')}</legend>
        {STATUSES.filter((status) => status !== 'solved').map((status) => (
          <Checkbox
            key={status}
            label={t(`inbox:status.${status}`)}
            checked={policy.pauseOn.includes(status)}
            onChange={(isOn) => onEdit({ pauseOn: [...policy.pauseOn.filter((each) => each !== status), ...(isOn ? [status] : [])] })}
          />
        ))}
        <p className={has('pauses-on-solved') ? 'm-field-error' : 'm-field-hint'}>
          {has('pauses-on-solved') ? t('policies.pauseSolved') : t('policies.pauseHint')}
        </p>
      </fieldset>
    </div>
  );
}
