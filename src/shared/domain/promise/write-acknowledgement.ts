import { WEEKDAYS, epochDayOf, formatLocalTime, weekdayOf } from '../time/local-time.ts';
import type { LocalDateTime } from '../time/local-time.ts';
import { instant } from '../time.ts';
import type { AcknowledgementFacts } from './acknowledge.ts';
import { ACKNOWLEDGEMENT_LANGUAGES, DATE_WORDS } from './acknowledgement-texts.ts';
import type { AcknowledgementLanguage, AcknowledgementTemplate } from './acknowledgement-texts.ts';
import { detectPromises } from './detect-promises.ts';

/** The language of a template for a customer's language; English for those without one. Chinese without a script is simplified. */
export function acknowledgementLanguage(language: string | null): AcknowledgementLanguage {
  const tag = (language ?? '').toLowerCase();
  if (/^zh(?:-|$)/u.test(tag)) return /-(?:hant|tw|hk|mo)(?:-|$)/u.test(tag) ? 'zh-Hant' : 'zh-Hans';
  const base = tag.split('-')[0] ?? '';
  return ACKNOWLEDGEMENT_LANGUAGES.find((each) => each === base) ?? 'en';
}

export interface AcknowledgementNames {
  /** Null when the customer's name is not known. */
  readonly customer: string | null;
  readonly reference: string;
}

/** The whole text. Whatever a name holds is kept as it is: placeholders in it are not filled in. */
export function writeAcknowledgement(template: AcknowledgementTemplate, facts: AcknowledgementFacts, names: AcknowledgementNames): string {
  const name = names.customer?.replace(/\s+/gu, ' ').trim() ?? '';
  const greeting = name === '' ? template.namelessGreeting : filledIn(template.greeting, { name });
  const body = filledIn(template.body, { sentence: acknowledgementSentence(template, facts), reference: names.reference });
  return `${greeting}\n\n${body}`;
}

/** The sentence that the facts allow. */
export function acknowledgementSentence(template: AcknowledgementTemplate, facts: AcknowledgementFacts): string {
  if (facts.kind === 'untimed') return template.untimed;
  const time = timeWords(template.language, facts.readByLocal, facts.nowLocal);
  if (facts.readerLanguage === null) return filledIn(template.reading, { time });
  return filledIn(template.speaking, { time, language: languageName(facts.readerLanguage, template.language) });
}

/** `09:40`; of another day than `now` with that day, so that no "tomorrow" is read on the wrong day. */
function timeWords(language: AcknowledgementLanguage, local: LocalDateTime, now: LocalDateTime): string {
  const time = formatLocalTime(local);
  const isToday = epochDayOf(local) === epochDayOf(now);
  const { weekdays, months } = DATE_WORDS[language];
  const weekday = weekdays[WEEKDAYS.indexOf(weekdayOf(local))] ?? '';
  const month = months[local.month - 1] ?? '';
  const day = String(local.day);
  switch (language) {
    case 'en':
      return isToday ? time : `${time} on ${weekday} ${day} ${month}`;
    case 'es': {
      const spanish = `${local.hour === 1 ? 'la' : 'las'} ${time}`;
      return isToday ? spanish : `${spanish} del ${weekday} ${day} de ${month}`;
    }
    case 'zh-Hans':
    case 'zh-Hant':
      return isToday ? ` ${time} ` : ` ${String(local.month)}月${day}日（${weekday}）${time} `;
    case 'ja':
      return isToday ? time : `${String(local.month)}月${day}日（${weekday}）${time}`;
    case 'ko':
      return isToday ? time : `${String(local.month)}월 ${day}일(${weekday}) ${time}`;
  }
}

/** What a language is called in another: Chinese is one language to those who speak it, whatever script they write. */
export function languageName(language: string, inLanguage: AcknowledgementLanguage): string {
  const base = language.split('-')[0] ?? language;
  return new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'code' }).of(base) ?? base;
}

const PLACEHOLDER = /\{([a-z]{1,20})\}/gu;

function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole));
}

const ALLOWED: {
  readonly [Field in Exclude<keyof AcknowledgementTemplate, 'language'>]: {
    readonly may: readonly string[];
    readonly must: readonly string[];
  };
} = {
  greeting: { may: ['name'], must: [] },
  namelessGreeting: { may: [], must: [] },
  body: { may: ['reference', 'sentence'], must: ['sentence'] },
  speaking: { may: ['language', 'time'], must: ['language', 'time'] },
  reading: { may: ['time'], must: ['time'] },
  untimed: { may: [], must: [] },
};

/** What is wrong with a text of a template: a placeholder that it can not or must have, no text, or a time that nobody works out. */
export type TemplateProblem = { readonly field: keyof typeof ALLOWED } & (
  | { readonly code: 'unknown-placeholder' | 'missing-placeholder'; readonly placeholder: string }
  | { readonly code: 'empty' }
  /** The text itself promises a time (`within 24 hours`), which is sent whether it is true or not. */
  | { readonly code: 'fixed-promise'; readonly text: string }
);

/** Everything that must be put right before a template may be used; empty when it is fine. */
export function templateProblems(template: AcknowledgementTemplate): readonly TemplateProblem[] {
  return Object.entries(ALLOWED).flatMap(([name, { may, must }]): readonly TemplateProblem[] => {
    const field = FIELDS.find((each) => each === name);
    if (field === undefined) return [];
    const text = template[field];
    if (text.trim() === '') return [{ field, code: 'empty' }];
    const used = [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
    const unknown = used
      .filter((each) => !may.includes(each))
      .map((placeholder) => ({ field, code: 'unknown-placeholder' as const, placeholder }));
    const missing = must
      .filter((each) => !used.includes(each))
      .map((placeholder) => ({ field, code: 'missing-placeholder' as const, placeholder }));
    return [
      ...unknown,
      ...missing,
      ...fixedPromises(text, template.language).map((found) => ({ field, code: 'fixed-promise' as const, text: found })),
    ];
  });
}

const FIELDS = ['greeting', 'namelessGreeting', 'body', 'speaking', 'reading', 'untimed'] as const;

function fixedPromises(text: string, language: AcknowledgementLanguage): readonly string[] {
  // any instant will do: whether a time is told does not depend on it
  const context = { writtenAt: instant(0), customerZone: 'UTC', writerZone: 'UTC', businessHours: null, language };
  return detectPromises(text.replace(PLACEHOLDER, ' '), context, true).map(({ timeFrom, timeTo }) =>
    text.replace(PLACEHOLDER, ' ').slice(timeFrom, timeTo),
  );
}
