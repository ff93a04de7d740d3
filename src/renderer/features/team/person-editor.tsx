import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { AGENT_TIERS } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import type { HubId } from '../../../shared/domain/ids.ts';
import { epochDayOf } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone, localDateOf } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { Checkbox } from '../../ui/check.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { languageOptions } from '../../ui/language-picker.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { WeekForm } from '../../ui/week/week-form.tsx';
import { WeekGrid } from '../../ui/week/week-grid.tsx';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import { AbilityList } from './ability-list.tsx';
import { RetireAction } from './retire-action.tsx';
import { teamFaults } from './team-problems.ts';
import type { EditedTeam } from './team.store.ts';

export interface PersonEditorProps {
  readonly agent: AgentProfile;
  readonly isMe: boolean;
  readonly team: EditedTeam;
  readonly onChange: (agent: AgentProfile) => void;
}

/** One person as leads plan with them. */
export function PersonEditor({ agent, isMe, team, onChange }: PersonEditorProps): ReactNode {
  const t = useWords('team');
  const formats = useFormats();
  const faults = teamFaults({ kind: 'agent', agent }, team);
  const edit = (patch: Partial<AgentProfile>): void => onChange({ ...agent, ...patch });
  const skills = useMemo(
    () =>
      [...new Set(team.agents.flatMap((each) => each.skills.map((skill) => skill.name)))]
        .filter((name) => name !== '')
        .sort((a, b) => a.localeCompare(b))
        .map((name) => ({ value: name, label: name })),
    [team.agents],
  );
  const languages = useMemo(
    () =>
      languageOptions(
        formats,
        agent.languages.map((language) => language.name).filter((name) => name !== ''),
      ),
    [formats, agent.languages],
  );
  const moveTo = (hubId: HubId | null): void => {
    const from = team.hubs.find((hub) => hub.hubId === agent.hubId);
    const to = team.hubs.find((hub) => hub.hubId === hubId);
    // Who lived by the clocks of the old hub lives by those of the new one.
    const zone = to !== undefined && (from === undefined || from.zone === agent.zone) ? to.zone : agent.zone;
    edit({ hubId, zone });
  };
  return (
    <div className="team-editor">
      {isMe && <p className="muted">{t('people.meHint')}</p>}
      <div className="m-pair">
        <TextField
          label={t('name')}
          value={agent.name}
          maxLength={120}
          onChange={(name) => edit({ name })}
          error={faults.includes('name-missing') ? t('nameMissing') : undefined}
        />
        <Select
          label={t('people.hub')}
          value={agent.hubId ?? ''}
          onChange={(next) => moveTo(team.hubs.find((hub) => hub.hubId === next)?.hubId ?? null)}
          options={[
            { value: '', label: t('people.noHub') },
            ...team.hubs
              .filter((hub) => hub.isActive || hub.hubId === agent.hubId)
              .map((hub) => ({ value: hub.hubId as string, label: hub.name })),
          ]}
        />
        <ZonePicker
          label={t('zone')}
          value={agent.zone === '' ? null : agent.zone}
          onChange={(zone) => edit({ zone: zone ?? '' })}
          error={faults.includes('zone-missing') ? t('zoneMissing') : undefined}
        />
        <fieldset className="team-days">
          <legend>{t('people.tiers')}</legend>
          {AGENT_TIERS.map((tier) => (
            <Checkbox
              key={tier}
              label={t(`people.tier.${tier}`)}
              checked={agent.tiers.includes(tier)}
              onChange={(isOn) => edit({ tiers: AGENT_TIERS.filter((each) => (each === tier ? isOn : agent.tiers.includes(each))) })}
            />
          ))}
          <p className="muted">{t('people.tiersHint')}</p>
        </fieldset>
      </div>
      <section className="m-section" aria-label={t('people.contract')}>
        <h3>{t('people.contract')}</h3>
        <div className="team-triple">
          <NumberField
            label={t('people.hours')}
            value={agent.contract.hoursPerWeek}
            least={0}
            greatest={168}
            onChange={(hoursPerWeek) => edit({ contract: { ...agent.contract, hoursPerWeek } })}
          />
          <DateField
            label={t('people.from')}
            value={agent.contract.from}
            onChange={(from) => edit({ contract: { ...agent.contract, from } })}
          />
          <DateField
            label={t('people.until')}
            value={agent.contract.until}
            onChange={(until) => edit({ contract: { ...agent.contract, until } })}
            error={faults.includes('dates-turned') ? t('people.datesTurned') : undefined}
          />
        </div>
      </section>
      <AbilityList kind="languages" abilities={agent.languages} known={languages} onChange={(next) => edit({ languages: next })} />
      <AbilityList kind="skills" abilities={agent.skills} known={skills} onChange={(next) => edit({ skills: next })} />
      <section className="m-section" aria-label={t('people.pattern')}>
        <h3>{t('people.pattern')}</h3>
        <p className="muted">{t('people.patternLead')}</p>
        <WeekGrid week={agent.pattern} onChange={(pattern) => edit({ pattern })} />
        <details>
          <summary>{t('requirements.hours')}</summary>
          <WeekForm week={agent.pattern} problems={[]} onChange={(pattern) => edit({ pattern })} />
        </details>
      </section>
      <RetireAction
        isActive={agent.isActive}
        hint={t('people.retireHint')}
        onChange={(isActive) => onChange(isActive ? backInTeam(agent) : outOfTeam(agent))}
      />
    </div>
  );
}

/** Who leaves has a last day, today unless one is set: what they worked until then stays theirs in coverage and fairness. */
function outOfTeam(agent: AgentProfile): AgentProfile {
  const until = agent.contract.until ?? localDateOf(isKnownZone(agent.zone) ? agent.zone : 'UTC', clock.now());
  return { ...agent, isActive: false, contract: { ...agent.contract, until } };
}

/** Who comes back has no last day any more, unless it is still to come. */
function backInTeam(agent: AgentProfile): AgentProfile {
  const { until } = agent.contract;
  const today = localDateOf(isKnownZone(agent.zone) ? agent.zone : 'UTC', clock.now());
  const isAhead = until !== null && epochDayOf(until) > epochDayOf(today);
  return { ...agent, isActive: true, contract: { ...agent.contract, until: isAhead ? until : null } };
}
