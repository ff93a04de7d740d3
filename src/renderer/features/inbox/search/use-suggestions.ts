import { useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { PRIORITIES, STATUSES, TIERS } from '../../../../shared/domain/case.ts';
import { KIND_IDS } from '../../../../shared/domain/intake/checklist.ts';
import { FACT_FIELDS } from '../../../../shared/domain/intake/fact-fields.ts';
import { CHANNELS } from '../../../../shared/domain/message.ts';
import { ANYTHING, BOT, CASE_STATES, CASE_THINGS, ME, NOBODY, UNKNOWN_LANGUAGE } from '../../../../shared/domain/query/case-query.ts';
import type { ChoiceField } from '../../../../shared/domain/query/case-query.ts';
import { parseDuration } from '../../../../shared/domain/query/moment.ts';
import { ownChoices, ownWordOf } from '../../../../shared/domain/query/own-names.ts';
import type { OwnNames } from '../../../../shared/domain/query/own-names.ts';
import { OPERATOR_NAMES } from '../../../../shared/domain/query/query-words.ts';
import { languages } from '../../../../shared/domain/language.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useOwnNames } from '../../../state/own-names.ts';
import { useNamedAgents } from './asked-query.ts';
import { suggestionsAt } from './suggestions.ts';
import type { NamedValue, Suggestion, SuggestionWords } from './suggestions.ts';

const TIMES = ['30m', '1h', '2h', '4h', '8h', '1d', '3d', '7d'];

/** What can follow at the caret, in the words of the page and the team. Nothing is asked of the engine while there is no search. */
export function useSuggestions(typed: string, caret: number): readonly Suggestion[] {
  const words = useSuggestionWords();
  return useMemo(() => (typed.trim() === '' ? [] : suggestionsAt(typed, caret, words)), [typed, caret, words]);
}

/** What the values of closed lists are called in the page's language, or by the team; another value is its own name. */
export function useMeanings(): (field: ChoiceField, word: string) => string {
  const t = useWords('search');
  const tInbox = useWords('inbox');
  const tIntake = useWords('intake');
  const own = useOwnNames();
  return useMemo(() => {
    const meanings = new Map<string, string>([
      ...CHANNELS.map((word) => [`channel:${word}`, tInbox(`channel.${word}`)] as const),
      ['status:unsolved', t('unsolved')],
      ...STATUSES.map((word) => [`status:${word}`, tInbox(`status.${word}`)] as const),
      ...PRIORITIES.map((word) => [`priority:${word}`, tInbox(`priority.${word}`)] as const),
      ...TIERS.map((word) => [`tier:${word}`, t(`tier.${word}`)] as const),
      ...CASE_STATES.map((word) => [`is:${word}`, t(`is.${word}`)] as const),
      ...CASE_THINGS.map((word) => [`has:${word}`, t(`has.${word}`)] as const),
      ...KIND_IDS.map((word) => [`kind:${word}`, tIntake(`kinds.${word}`)] as const),
      [`missing:${ANYTHING}`, t('missingAnything')],
      ...FACT_FIELDS.map((word) => [`missing:${word.toLowerCase()}`, tIntake(`fields.${word}`)] as const),
      ...own.kind.map(({ id, name }) => [`kind:${id}`, name] as const),
      ...own.missing.map(({ id, name }) => [`missing:${id}`, name] as const),
    ]);
    return (field, word) => meanings.get(`${field}:${word}`) ?? word;
  }, [t, tInbox, tIntake, own]);
}

function useSuggestionWords(): SuggestionWords {
  const t = useWords('search');
  const meaningOf = useMeanings();
  const formats = useFormats();
  const people = useNamedAgents();
  const labels = useLiveValue('cases.labels', {}, null);
  const own = useOwnNames();
  return useMemo((): SuggestionWords => {
    const days: readonly NamedValue[] = (['today', 'yesterday', 'tomorrow'] as const).map((day) => ({ value: day, meaning: t(day) }));
    const operators = new Map(OPERATOR_NAMES.map((name): [string, string] => [name, t(`operator.${name}`)]));
    return {
      operator: (name) => operators.get(name) ?? name,
      value: meaningOf,
      people: [
        { value: ME, meaning: t('me') },
        { value: NOBODY, meaning: t('nobody') },
        { value: BOT, meaning: t('bot') },
        ...people.map(({ name }) => ({ value: name, meaning: name })),
      ],
      kinds: ownValues('kind', own),
      facts: ownValues('missing', own),
      labels: (labels ?? []).map(({ label, count }) => ({ value: label, meaning: formats.number(count) })),
      languages: [
        ...languages.map((tag) => ({ value: tag, meaning: formats.languageName(tag) })),
        { value: UNKNOWN_LANGUAGE, meaning: t('unknownLanguage') },
      ],
      times: TIMES.map((text) => ({ value: text, meaning: formats.duration(parseDuration(text) ?? 0) })),
      days,
      yesNo: [
        { value: 'yes', meaning: t('yes') },
        { value: 'no', meaning: t('no') },
      ],
    };
  }, [t, meaningOf, formats, people, labels, own]);
}

/** What the team has made itself, as it is written; what it has only renamed is there already. */
function ownValues(field: 'kind' | 'missing', own: OwnNames): readonly NamedValue[] {
  return ownChoices(field, own).map(({ id, name }) => ({ value: ownWordOf(field, id, own), meaning: name }));
}
