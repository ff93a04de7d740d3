import { CalendarRange, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { ABILITY_LEVELS } from '../../../shared/domain/coverage/roster.ts';
import type { Ability, AbilityLevel } from '../../../shared/domain/coverage/roster.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import type { ComboboxOption } from '../../ui/combobox.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Select } from '../../ui/select.tsx';
import { focusRow } from './team-focus.ts';

export interface AbilityListProps {
  readonly kind: 'skills' | 'languages';
  readonly abilities: readonly Ability[];
  /** What can be chosen; a skill may also be typed for the first time. */
  readonly known: readonly ComboboxOption[];
  readonly onChange: (abilities: readonly Ability[]) => void;
}

/** Skills or languages of a person, each with how well and, where it matters, from when until when. */
export function AbilityList({ kind, abilities, known, onChange }: AbilityListProps): ReactNode {
  const t = useWords('team');
  const section = useRef<HTMLElement>(null);
  const title = t(`people.${kind}`);
  return (
    <section className="m-section" aria-label={title} ref={section}>
      <h3>{title}</h3>
      {abilities.length === 0 && <p className="muted">{t('people.none')}</p>}
      {abilities.length > 0 && (
        <ul className="team-abilities">
          {abilities.map((ability, index) => (
            <AbilityRow
              key={index}
              kind={kind}
              ability={ability}
              known={known.filter(({ value }) => value === ability.name || abilities.every((each) => each.name !== value))}
              onChange={(next) => onChange(abilities.with(index, next))}
              onRemove={() => onChange(abilities.toSpliced(index, 1))}
            />
          ))}
        </ul>
      )}
      <div className="m-actions">
        <Button
          size="sm"
          icon={<Plus aria-hidden="true" />}
          disabled={abilities.some((ability) => ability.name === '')}
          onClick={() => {
            onChange([...abilities, { name: '', level: 'good', from: null, until: null }]);
            focusRow(section.current, '.team-abilities > li:last-child');
          }}
        >
          {kind === 'skills' ? t('people.addSkill') : t('people.addLanguage')}
        </Button>
        {kind === 'skills' && <span className="muted">{t('people.skillsHint')}</span>}
      </div>
    </section>
  );
}

interface AbilityRowProps {
  readonly kind: 'skills' | 'languages';
  readonly ability: Ability;
  readonly known: readonly ComboboxOption[];
  readonly onChange: (ability: Ability) => void;
  readonly onRemove: () => void;
}

function AbilityRow({ kind, ability, known, onChange, onRemove }: AbilityRowProps): ReactNode {
  const t = useWords('team');
  const [typed, setTyped] = useState('');
  const [isDated, setDated] = useState(ability.from !== null || ability.until !== null);
  const name = known.find((option) => option.value === ability.name)?.label ?? ability.name;
  const words = [ability.name, kind === 'skills' ? typed.trim().slice(0, 60) : ''];
  const fresh = words.filter((word) => word !== '' && known.every((option) => option.value !== word));
  const levels = kind === 'skills' ? ('people.levels' as const) : ('people.languageLevels' as const);
  return (
    <li>
      <Combobox
        label={kind === 'skills' ? t('people.skill') : t('people.language')}
        hideLabel
        placeholder={kind === 'skills' ? t('people.skill') : t('people.language')}
        value={ability.name === '' ? null : ability.name}
        onChange={(next) => onChange({ ...ability, name: next ?? '' })}
        onInput={setTyped}
        options={[...known, ...[...new Set(fresh)].map((word) => ({ value: word, label: word }))]}
      />
      <Select<AbilityLevel>
        label={t('people.level', { name })}
        hideLabel
        value={ability.level}
        onChange={(level) => onChange({ ...ability, level })}
        options={ABILITY_LEVELS.map((level) => ({ value: level, label: t(`${levels}.${level}`) }))}
      />
      {isDated ? (
        <>
          <DateField
            label={t('people.abilityFrom', { name })}
            hideLabel
            value={ability.from}
            onChange={(from) => onChange({ ...ability, from })}
          />
          <DateField
            label={t('people.abilityUntil', { name })}
            hideLabel
            value={ability.until}
            onChange={(until) => onChange({ ...ability, until })}
          />
        </>
      ) : (
        <IconButton label={t('people.dates', { name })} icon={<CalendarRange aria-hidden="true" />} onClick={() => setDated(true)} />
      )}
      <IconButton label={t('people.remove', { name })} icon={<X aria-hidden="true" />} onClick={onRemove} />
    </li>
  );
}
