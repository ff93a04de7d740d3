import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { AGENT_TIERS } from '../../../../shared/domain/coverage/roster.ts';
import type { Roster, Selector } from '../../../../shared/domain/coverage/roster.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { MultiCombobox } from '../../../ui/combobox.tsx';

export interface SelectorFieldsProps {
  readonly legend: string;
  readonly roster: Roster;
  readonly value: Selector;
  readonly onChange: (value: Selector) => void;
}

/** What somebody must be able to do: one of each list that is not empty. */
export function SelectorFields({ legend, roster, value, onChange }: SelectorFieldsProps): ReactNode {
  const t = useWords('plan');
  const formats = useFormats();
  const known = useMemo(() => {
    const names = (pick: 'skills' | 'languages'): readonly string[] =>
      [...new Set([...roster.agents.flatMap((agent) => agent[pick].map((ability) => ability.name)), ...value[pick]])].sort();
    return { skills: names('skills'), languages: names('languages') };
  }, [roster, value]);
  return (
    <fieldset className="plan-needs">
      <legend>{legend}</legend>
      <MultiCombobox
        label={t('needs.skills')}
        value={value.skills}
        onChange={(skills) => onChange({ ...value, skills })}
        options={known.skills.map((name) => ({ value: name, label: name }))}
        placeholder={t('needs.any')}
      />
      <MultiCombobox
        label={t('needs.languages')}
        value={value.languages}
        onChange={(languages) => onChange({ ...value, languages })}
        options={known.languages.map((name) => ({ value: name, label: formats.languageName(name) }))}
        placeholder={t('needs.any')}
      />
      <MultiCombobox
        label={t('needs.tiers')}
        value={value.tiers}
        onChange={(tiers) => onChange({ ...value, tiers: AGENT_TIERS.filter((tier) => tiers.includes(tier)) })}
        options={AGENT_TIERS.map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))}
        placeholder={t('needs.any')}
      />
    </fieldset>
  );
}
