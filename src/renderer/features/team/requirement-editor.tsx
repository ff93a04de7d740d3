import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { qualifies } from '../../../shared/domain/coverage/qualify.ts';
import { AGENT_TIERS, SEVERITIES } from '../../../shared/domain/coverage/roster.ts';
import type { Requirement, Selector, Severity } from '../../../shared/domain/coverage/roster.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { MultiCombobox } from '../../ui/combobox.tsx';
import { TextField } from '../../ui/field.tsx';
import { FreeChips } from '../../ui/free-chips.tsx';
import { LanguagePicker } from '../../ui/language-picker.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { WeekForm } from '../../ui/week/week-form.tsx';
import { WeekGrid } from '../../ui/week/week-grid.tsx';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import { RetireAction } from './retire-action.tsx';
import { teamFaults } from './team-problems.ts';
import type { EditedTeam } from './team.store.ts';

const OFFICE_HOURS = [{ openMinute: 9 * 60, closeMinute: 18 * 60 }] as const;
const OFFICE_WEEK = { mon: OFFICE_HOURS, tue: OFFICE_HOURS, wed: OFFICE_HOURS, thu: OFFICE_HOURS, fri: OFFICE_HOURS } as const;

export interface RequirementEditorProps {
  readonly requirement: Requirement;
  readonly team: EditedTeam;
  readonly onChange: (requirement: Requirement) => void;
}

/** One requirement: who counts, when, and how many of them. */
export function RequirementEditor({ requirement, team, onChange }: RequirementEditorProps): ReactNode {
  const t = useWords('team');
  const faults = teamFaults({ kind: 'requirement', requirement }, team);
  const edit = (patch: Partial<Requirement>): void => onChange({ ...requirement, ...patch });
  return (
    <div className="team-editor">
      <div className="m-pair">
        <TextField
          label={t('name')}
          value={requirement.name}
          maxLength={120}
          onChange={(name) => edit({ name })}
          error={faults.includes('name-missing') ? t('nameMissing') : faults.includes('name-taken') ? t('nameTaken') : undefined}
        />
        <Select<Severity>
          label={t('requirements.severity')}
          value={requirement.severity}
          onChange={(severity) => edit({ severity })}
          options={SEVERITIES.map((severity) => ({ value: severity, label: t(`requirements.severities.${severity}`) }))}
        />
      </div>
      <Who selector={requirement.selector} team={team} onChange={(selector) => edit({ selector })} />
      <When requirement={requirement} faults={faults} onChange={(window) => edit({ window })} />
      <section className="m-section" aria-label={t('requirements.howMany')}>
        <h3>{t('requirements.howMany')}</h3>
        <div className="team-triple">
          <NumberField
            label={t('requirements.minimum')}
            hint={t('requirements.minimumHint')}
            value={requirement.minimum}
            least={1}
            greatest={1_000}
            isWhole
            onChange={(minimum) =>
              edit({ minimum, target: requirement.target === requirement.minimum ? minimum : Math.max(minimum, requirement.target) })
            }
          />
          <NumberField
            label={t('requirements.target')}
            hint={t('requirements.targetHint')}
            value={requirement.target}
            least={1}
            greatest={1_000}
            isWhole
            onChange={(target) => edit({ target })}
            error={faults.includes('target-low') ? t('requirements.targetLow') : undefined}
          />
          <NumberField
            label={t('requirements.shortest')}
            hint={t('requirements.shortestHint')}
            value={requirement.shortestMs / MINUTE_MS}
            least={0}
            greatest={1_440}
            isWhole
            onChange={(minutes) => edit({ shortestMs: minutes * MINUTE_MS })}
          />
        </div>
      </section>
      <RetireAction isActive={requirement.isActive} hint={t('requirements.retireHint')} onChange={(isActive) => edit({ isActive })} />
    </div>
  );
}

interface WhoProps {
  readonly selector: Selector;
  readonly team: EditedTeam;
  readonly onChange: (selector: Selector) => void;
}

function Who({ selector, team, onChange }: WhoProps): ReactNode {
  const t = useWords('team');
  const formats = useFormats();
  const now = clock.now();
  const qualified = team.agents.filter((agent) => agent.isActive && qualifies(agent, selector, now));
  const skills = [...new Set(team.agents.flatMap((agent) => agent.skills.map((skill) => skill.name)))].sort((a, b) => a.localeCompare(b));
  return (
    <section className="m-section" aria-label={t('requirements.who')}>
      <h3>{t('requirements.who')}</h3>
      <p className="muted">{t('requirements.whoLead')}</p>
      <div className="m-pair team-who">
        <MultiCombobox
          label={t('requirements.tiers')}
          placeholder={t('any')}
          value={selector.tiers}
          onChange={(next) => onChange({ ...selector, tiers: AGENT_TIERS.filter((tier) => next.includes(tier)) })}
          options={AGENT_TIERS.map((tier) => ({ value: tier, label: t(`people.tier.${tier}`) }))}
        />
        <LanguagePicker
          label={t('requirements.languages')}
          value={selector.languages}
          onChange={(languages) => onChange({ ...selector, languages })}
        />
        <FreeChips
          label={t('requirements.skills')}
          placeholder={t('any')}
          known={skills}
          longest={60}
          value={selector.skills}
          onChange={(next) => onChange({ ...selector, skills: next })}
        />
        <MultiCombobox
          label={t('requirements.hubs')}
          placeholder={t('any')}
          value={selector.hubs}
          onChange={(next) =>
            onChange({ ...selector, hubs: team.hubs.map((hub) => hub.hubId).filter((hubId) => next.some((each) => each === hubId)) })
          }
          options={team.hubs.map((hub) => ({ value: hub.hubId as string, label: hub.name }))}
        />
      </div>
      {qualified.length === 0 ? (
        <p className="m-note" data-tone="soon" role="status">
          <CircleAlert aria-hidden="true" />
          <span>{t('requirements.qualifiedNone')}</span>
        </p>
      ) : (
        <p className="muted" role="status">
          {t('requirements.qualified', { count: qualified.length, names: formats.list(qualified.map((agent) => agent.name)) })}
        </p>
      )}
    </section>
  );
}

interface WhenProps {
  readonly requirement: Requirement;
  readonly faults: readonly string[];
  readonly onChange: (window: Requirement['window']) => void;
}

function When({ requirement, faults, onChange }: WhenProps): ReactNode {
  const t = useWords('team');
  const { zone } = useFormats();
  const { window } = requirement;
  return (
    <section className="m-section" aria-label={t('requirements.when')}>
      <h3>{t('requirements.when')}</h3>
      <div className="m-pair">
        <Select<'always' | 'hours'>
          label={t('requirements.when')}
          hideLabel
          value={window === null ? 'always' : 'hours'}
          onChange={(next) => onChange(next === 'always' ? null : { zone, week: OFFICE_WEEK })}
          options={[
            { value: 'always', label: t('requirements.always') },
            { value: 'hours', label: t('requirements.hours') },
          ]}
        />
        {window !== null && (
          <ZonePicker
            label={t('zone')}
            hideLabel
            value={window.zone === '' ? null : window.zone}
            onChange={(zone) => onChange({ ...window, zone: zone ?? '' })}
            error={faults.includes('zone-missing') ? t('zoneMissing') : undefined}
          />
        )}
      </div>
      {window !== null && (
        <>
          {faults.includes('hours-empty') && (
            <p className="m-note" data-tone="breach" role="alert">
              <CircleAlert aria-hidden="true" />
              <span>{t('requirements.hoursEmpty')}</span>
            </p>
          )}
          <WeekGrid week={window.week} onChange={(week) => onChange({ ...window, week })} />
          <details>
            <summary>{t('requirements.hours')}</summary>
            <WeekForm week={window.week} problems={[]} onChange={(week) => onChange({ ...window, week })} />
          </details>
        </>
      )}
    </section>
  );
}
