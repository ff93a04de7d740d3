import { useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import {
  CASE_STATES,
  CASE_THINGS,
  CHOICES,
  isChoice,
  isText,
  BOT,
  ME,
  NOBODY,
  UNKNOWN_LANGUAGE,
} from '../../../../shared/domain/query/case-query.ts';
import type { CaseQuery, ChoiceField, Condition, Moment, TimeField } from '../../../../shared/domain/query/case-query.ts';
import { ownChoices } from '../../../../shared/domain/query/own-names.ts';
import { formatDay } from '../../../../shared/domain/query/moment.ts';
import { languages } from '../../../../shared/domain/language.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useOwnNames } from '../../../state/own-names.ts';
import type { ComboboxOption } from '../../../ui/combobox.tsx';
import { useNamedAgents } from '../search/asked-query.ts';
import { useMeanings } from '../search/use-suggestions.ts';
import { UNSOLVED } from './use-question.ts';

/** How a time is compared: with a span from now, ahead or ago, or with a day. */
export type TimeOperator = 'before-in' | 'from-in' | 'before-ago' | 'from-ago' | 'before-day' | 'from-day';

export function timeOperatorOf({ side, moment }: Extract<Condition, { readonly field: TimeField }>): TimeOperator {
  if (moment.kind !== 'offset') return `${side}-day`;
  return moment.ms < 0 ? `${side}-ago` : `${side}-in`;
}

export interface ConditionWords {
  /** A condition in a few words, such as `Status: open, pending`. */
  readonly text: (condition: Condition) => string;
  /** All of a question, with what is looked for. */
  readonly all: (query: CaseQuery) => string;
  readonly options: (field: ChoiceField) => readonly ComboboxOption[];
}

/** What conditions say, in the words of the page and the team. */
export function useConditionWords(): ConditionWords {
  const t = useWords('views');
  const tSearch = useWords('search');
  const formats = useFormats();
  const meaningOf = useMeanings();
  const people = useNamedAgents();
  const labels = useLiveValue('cases.labels', {}, null);
  const own = useOwnNames();
  return useMemo((): ConditionWords => {
    const names = new Map<string, string>([
      [ME, tSearch('me')],
      [NOBODY, tSearch('nobody')],
      [BOT, tSearch('bot')],
      ...people.map(({ agentId, name }) => [agentId, name] as const),
    ]);
    const valueText = (field: ChoiceField, value: string): string => {
      if (field === 'assignee') return names.get(value) ?? t('gone');
      if (field === 'label') return value;
      if (field === 'language') return value === UNKNOWN_LANGUAGE ? tSearch('unknownLanguage') : formats.languageName(value);
      return meaningOf(field, value);
    };
    const dayText = (moment: Exclude<Moment, { readonly kind: 'offset' }>): string => {
      const day = formatDay(moment);
      return day === 'today' || day === 'yesterday' || day === 'tomorrow' ? tSearch(day) : day;
    };
    const text = (condition: Condition): string => {
      const field = t(`field.${condition.field}`);
      if (isChoice(condition) || isText(condition)) {
        const isUnsolved = condition.field === 'status' && [...condition.values].sort().join() === [...UNSOLVED.values].sort().join();
        const values = isUnsolved
          ? t('unsolved')
          : formats.series(condition.values.map((value) => (isChoice(condition) ? valueText(condition.field, value) : `“${value}”`)));
        return t(condition.not ? 'isNot' : 'is', { field, values });
      }
      const { moment } = condition;
      const value = moment.kind === 'offset' ? formats.duration(Math.abs(moment.ms)) : dayText(moment);
      return t(condition.not ? 'isNot' : 'is', { field, values: t(`time.${timeOperatorOf(condition)}`, { value }) });
    };
    const optionsOf = (field: ChoiceField): readonly string[] => {
      if (field === 'assignee') return [...names.keys()];
      if (field === 'label') return (labels ?? []).map(({ label }) => label);
      if (field === 'language') return [...languages, UNKNOWN_LANGUAGE];
      const known = field === 'is' ? CASE_STATES : field === 'has' ? CASE_THINGS : (CHOICES[field] ?? []);
      return field === 'kind' || field === 'missing' ? [...known, ...ownChoices(field, own).map(({ id }) => id)] : known;
    };
    return {
      text,
      all: ({ conditions, text: asked }) => [...conditions.map(text), ...(asked === '' ? [] : [t('text', { text: asked })])].join('; '),
      options: (field) => optionsOf(field).map((value) => ({ value, label: valueText(field, value) })),
    };
  }, [t, tSearch, formats, meaningOf, people, labels, own]);
}
