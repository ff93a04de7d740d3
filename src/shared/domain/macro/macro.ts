import type { Priority, Status } from '../case.ts';
import type { CaseAction } from '../case-actions.ts';
import type { AgentId, MacroId } from '../ids.ts';
import { languageOfTag } from '../language.ts';
import type { Channel } from '../message.ts';
import { after, MINUTE_MS } from '../time.ts';
import type { Instant } from '../time.ts';

/** What a macro does to a case, beside its words. Times count from the moment it is used. */
export type MacroAction =
  | { readonly kind: 'status'; readonly to: Status }
  | { readonly kind: 'priority'; readonly to: Priority }
  | { readonly kind: 'add-label'; readonly label: string }
  | { readonly kind: 'remove-label'; readonly label: string }
  /** `me`: whoever uses it; null: nobody, back into the queue. */
  | { readonly kind: 'assign'; readonly to: AgentId | 'me' | null }
  | { readonly kind: 'snooze'; readonly minutes: number };

/** The words of a macro in one language. */
export interface MacroText {
  /** BCP 47, one of those that detection names. */
  readonly language: string;
  readonly text: string;
}

/** Words and actions that somebody keeps under a name, to answer many customers alike. */
export interface Macro {
  readonly macroId: MacroId;
  readonly name: string;
  /** One short word to find it by, such as `kyc`; may be empty. */
  readonly shortcut: string;
  /** The first one is taken for customers of a language that has no text, unless there is an English one. */
  readonly texts: readonly MacroText[];
  readonly actions: readonly MacroAction[];
  /** Where it fits; empty: everywhere. */
  readonly channels: readonly Channel[];
}

export const MAX_MACRO_NAME = 80;
export const MAX_MACRO_TEXT = 10_000;
export const MAX_MACRO_TEXTS = 20;
export const MAX_MACRO_ACTIONS = 10;
/** How many macros one person, and a team, may keep. */
export const MAX_PRIVATE_MACROS = 500;
export const MAX_TEAM_MACROS = 500;
/** The longest a macro snoozes: 90 days. */
export const MAX_SNOOZE_MINUTES = 90 * 24 * 60;
/** One word of letters, digits, `-` and `_`, in any script; or nothing. */
export const SHORTCUT_PATTERN = /^(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,29})?$/u;

export interface ChosenText extends MacroText {
  /** The customer writes another language, or nobody knows which. */
  readonly isFallback: boolean;
}

/**
 * The text for a customer of this language (BCP 47; null when unknown): theirs, else that of the other Chinese script, else English, else the first.
 * Null for a macro without words.
 */
export function textFor({ texts }: Pick<Macro, 'texts'>, language: string | null): ChosenText | null {
  const wanted = language === null ? null : languageOfTag(language);
  const find = (of: string): MacroText | undefined => texts.find((each) => each.text.trim() !== '' && languageOfTag(each.language) === of);
  const own = wanted === null ? undefined : find(wanted);
  if (own !== undefined) return { ...own, isFallback: false };
  const near = wanted === 'zh-Hant' ? find('zh-Hans') : wanted === 'zh-Hans' ? find('zh-Hant') : undefined;
  const other = near ?? find('en') ?? texts.find((each) => each.text.trim() !== '');
  return other === undefined ? null : { ...other, isFallback: true };
}

export function hasWords(macro: Pick<Macro, 'texts'>): boolean {
  return macro.texts.some((each) => each.text.trim() !== '');
}

export function fitsChannel({ channels }: Pick<Macro, 'channels'>, channel: Channel): boolean {
  return channels.length === 0 || channels.includes(channel);
}

/** What is done to the case, in the order in which it makes sense: what it is about, who has it, whether it is done, when it comes back. */
export function stepsOf(actions: readonly MacroAction[], at: { readonly me: AgentId; readonly now: Instant }): readonly CaseAction[] {
  return [...actions].sort((a, b) => PLACES[a.kind] - PLACES[b.kind]).map((action) => stepOf(action, at));
}

const PLACES: Readonly<Record<MacroAction['kind'], number>> = {
  'add-label': 0,
  'remove-label': 1,
  priority: 2,
  assign: 3,
  status: 4,
  snooze: 5,
};

function stepOf(action: MacroAction, { me, now }: { readonly me: AgentId; readonly now: Instant }): CaseAction {
  switch (action.kind) {
    case 'assign':
      return { kind: 'assign', agentId: action.to === 'me' ? me : action.to };
    case 'snooze':
      return { kind: 'snooze', until: after(now, action.minutes * MINUTE_MS) };
    case 'status':
    case 'priority':
    case 'add-label':
    case 'remove-label':
      return action;
  }
}
