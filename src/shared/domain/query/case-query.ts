import { PRIORITIES, STATUSES, TIERS } from '../case.ts';
import { KIND_IDS } from '../intake/checklist.ts';
import { FACT_FIELDS } from '../intake/fact-fields.ts';
import { CHANNELS } from '../message.ts';

/** What a case is at the moment; each is one word a person can ask for. `stale`: its customer waits and has heard nothing for a day. */
export const CASE_STATES = ['unread', 'waiting', 'overdue', 'unstaffed', 'snoozed', 'raised', 'offered', 'stale'] as const;
export type CaseFlag = (typeof CASE_STATES)[number];

/** What hangs on a case. */
export const CASE_THINGS = ['attachment', 'draft', 'promise', 'queued', 'scheduled', 'failed', 'reminder'] as const;
export type CaseThing = (typeof CASE_THINGS)[number];

/** Who has a case: who asks, nobody, the bot, or an agent by id. */
export const ME = 'me';
export const NOBODY = 'nobody';
export const BOT = 'bot';
/** The language of a case whose language nobody knows. */
export const UNKNOWN_LANGUAGE = 'unknown';

/** Whatever is needed and not known. */
export const ANYTHING = 'anything';

/** Fields that are one of a list of values. */
export const CHOICE_FIELDS = [
  'channel',
  'status',
  'priority',
  'tier',
  'language',
  'label',
  'assignee',
  'is',
  'has',
  'kind',
  'missing',
] as const;
export type ChoiceField = (typeof CHOICE_FIELDS)[number];

/** Fields that contain a text, compared as the search compares texts: without case, accents and width. */
export const TEXT_FIELDS = ['from', 'subject'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** `updated`: the last message; `waiting`: since when the customer waits for us; `snoozed`: until when. */
export const TIME_FIELDS = ['due', 'waiting', 'updated', 'opened', 'snoozed'] as const;
export type TimeField = (typeof TIME_FIELDS)[number];

export type QueryField = ChoiceField | TextField | TimeField;

/** The values of a field that are a closed list; null where they are the team's own (labels, people, languages). */
export const CHOICES: { readonly [Field in ChoiceField]: readonly string[] | null } = {
  channel: CHANNELS,
  status: STATUSES,
  priority: PRIORITIES,
  tier: TIERS,
  language: null,
  label: null,
  assignee: null,
  is: CASE_STATES,
  has: CASE_THINGS,
  kind: KIND_IDS,
  missing: [ANYTHING, ...FACT_FIELDS.map((field) => field.toLowerCase())],
};

/**
 * A point in time as a person says it; it becomes an instant when the question is asked, so that a saved view goes with the clock.
 * `offset`: so many milliseconds from now; `day`: the beginning of today moved by days; `date`: the beginning of a date (`YYYY-MM-DD`), both
 * in the zone of who asks.
 */
export type Moment =
  | { readonly kind: 'offset'; readonly ms: number }
  | { readonly kind: 'day'; readonly days: number }
  | { readonly kind: 'date'; readonly date: string };

/** One condition. `not` turns it around: cases for which it does not hold, those without any such value among them. */
export type Condition =
  | { readonly field: ChoiceField; readonly not: boolean; readonly values: readonly string[] }
  | { readonly field: TextField; readonly not: boolean; readonly values: readonly string[] }
  /** Before or at/after the moment; a case without such a time is neither. */
  | { readonly field: TimeField; readonly not: boolean; readonly side: 'before' | 'from'; readonly moment: Moment };

/** Cases for which all conditions hold, and in which `text` is found (empty: any). One value of a condition is enough. */
export interface CaseQuery {
  readonly conditions: readonly Condition[];
  readonly text: string;
}

const CHOICE_SET: ReadonlySet<string> = new Set(CHOICE_FIELDS);
const TEXT_SET: ReadonlySet<string> = new Set(TEXT_FIELDS);

/** Whether a condition is about one of a list of values. */
export function isChoice(condition: Condition): condition is Extract<Condition, { readonly field: ChoiceField }> {
  return CHOICE_SET.has(condition.field);
}

/** Whether a condition is about a text that a field contains. */
export function isText(condition: Condition): condition is Extract<Condition, { readonly field: TextField }> {
  return TEXT_SET.has(condition.field);
}
