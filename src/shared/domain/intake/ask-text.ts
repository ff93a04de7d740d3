import type { Capabilities } from '../channel/capabilities.ts';
import { lengthIn } from '../channel/outbound-limits.ts';
import { languageOfTag } from '../language.ts';
import type { CaseKind, ChecklistItem } from './checklist.ts';
import { isFactField, isPersonal } from './fact-fields.ts';
import { ASK_WORDS, askLanguage } from './questions.ts';
import type { AskLanguage } from './questions.ts';

/** A message that asks for what is missing. */
export interface Ask {
  readonly text: string;
  readonly language: AskLanguage;
  /** The customer writes another language, or nobody knows which. */
  readonly isFallback: boolean;
  /** What it asks for, in its order. */
  readonly fields: readonly string[];
  /** What is missing and was left out because everybody could read the answer. */
  readonly heldBack: readonly string[];
  /** What is missing and found no room: more than anybody answers at once, or than the channel carries. */
  readonly left: readonly string[];
}

export interface AskFor {
  readonly kind: CaseKind | null;
  /** Needed facts that are missing, in the order of the checklist. */
  readonly missing: readonly string[];
  /** The customer's, BCP 47. */
  readonly language: string | null;
  readonly rounds: number;
  /** Only of the text's limits. */
  readonly channel: Pick<Capabilities, 'text'>;
  /** Everybody can read the conversation. */
  readonly isPublic: boolean;
  /** Signs that others need, such as a signature; counted as the channel counts. */
  readonly room?: number | undefined;
}

/** More than this nobody answers at once. */
export const MOST_AT_ONCE = 8;
/** A channel that carries less gets the short words. */
const SHORT_BELOW = 1_000;

/**
 * The one message for everything that is missing, in the customer's language, with why, and that no secret belongs into the answer. Null where
 * nothing is left to ask. Personal facts are not asked for in public.
 */
export function askText({ kind, missing, language, rounds, channel, isPublic, room = 0 }: AskFor): Ask | null {
  const chosen = askLanguage(language);
  const words = ASK_WORDS[chosen.language];
  const isShort = channel.text.max < SHORT_BELOW;
  const heldBack = isPublic ? missing.filter(isPersonal) : [];
  const wanted = missing.filter((field) => !heldBack.includes(field));
  const most = channel.text.max - room;
  const write = (fields: readonly string[]): string => {
    const first = isShort ? (rounds === 0 ? words.firstShort : words.againShort) : rounds === 0 ? words.first : words.again;
    const safety = isShort ? words.safetyShort : words.safety;
    const lines = fields.map((field, index) => `${String(index + 1)}. ${questionFor(field, kind, chosen.language, isShort)}`);
    return isShort ? [first, ...lines, safety].join('\n') : `${first}\n\n${lines.join('\n')}\n\n${safety}`;
  };
  for (let count = Math.min(MOST_AT_ONCE, wanted.length); count > 0; count -= 1) {
    const fields = wanted.slice(0, count);
    const text = write(fields);
    if (lengthIn(channel.text.unit, text) <= most) return { text, ...chosen, fields, heldBack, left: wanted.slice(count) };
  }
  return null;
}

/** The team's own words in the language of the text, else ours; of a fact that the team made its own in another language, else its name. */
export function questionFor(field: string, kind: CaseKind | null, language: AskLanguage, isShort = false): string {
  const item = kind?.items.find((each) => each.field === field);
  if (isShort) return isFactField(field) ? ASK_WORDS[language].names[field] : shortOf(item, language);
  const own = ownQuestion(item, language);
  if (own !== undefined) return own;
  if (isFactField(field)) return ASK_WORDS[language].questions[field];
  return ownQuestion(item, 'en') ?? item?.questions?.find(({ text }) => text.trim() !== '')?.text.trim() ?? item?.name ?? field;
}

function shortOf(item: ChecklistItem | undefined, language: AskLanguage): string {
  const name = item?.name?.trim() ?? '';
  return name === '' ? (ownQuestion(item, language) ?? item?.field ?? '') : name;
}

function ownQuestion(item: ChecklistItem | undefined, language: AskLanguage): string | undefined {
  const found = item?.questions?.find((each) => languageOfTag(each.language) === language && each.text.trim() !== '');
  // one line: the answer is told by its number
  return found?.text.replaceAll(/\s+/gu, ' ').trim();
}
