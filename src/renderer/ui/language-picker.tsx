import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Formats } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { MultiCombobox } from './combobox.tsx';
import type { ComboboxOption } from './combobox.tsx';

/** Languages that support teams answer in, as BCP 47 tags. */
const LANGUAGES =
  'en zh ja es de fr pt it nl pl ru uk tr ar he fa hi bn ur ta te th vi id ms fil ko sv da nb fi is cs sk hu ro bg el sr hr sl lt lv et ca eu gl sw am km lo my ne si ka hy az kk uz mn'.split(
    ' ',
  );

export interface LanguagePickerProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: readonly string[];
  readonly onChange: (languages: readonly string[]) => void;
}

/** The languages to choose from by name, and `others` that must be among them. */
export function languageOptions(formats: Formats, others: readonly string[]): readonly ComboboxOption[] {
  const english = new Intl.DisplayNames('en', { type: 'language' });
  return [...new Set([...LANGUAGES, ...others])].map((tag) => ({
    value: tag,
    label: formats.languageName(tag),
    keywords: english.of(tag) ?? tag,
  }));
}

/** Chooses several languages by their names, in the person's own language or in English. */
export function LanguagePicker({ label, hint, value, onChange }: LanguagePickerProps): ReactNode {
  const t = useWords('frame');
  const formats = useFormats();
  const options = useMemo(() => languageOptions(formats, value), [formats, value]);
  return (
    <MultiCombobox
      label={label}
      hint={hint}
      value={value}
      onChange={onChange}
      options={options}
      placeholder={t('welcome.languagesPlaceholder')}
    />
  );
}
