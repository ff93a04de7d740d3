import { create } from 'zustand';
import type { AcknowledgementSettings } from '../../../shared/contract/promise.contract.ts';
import type { HandoffRules } from '../../../shared/domain/handoff/offer.ts';
import { ACKNOWLEDGEMENT_TEMPLATES } from '../../../shared/domain/promise/acknowledgement-texts.ts';
import type { AcknowledgementLanguage, AcknowledgementTemplate } from '../../../shared/domain/promise/acknowledgement-texts.ts';

/** Edits with what was saved when they began: if that has changed since, somebody else was there. */
export interface Edits<Value> {
  readonly base: Value;
  readonly draft: Value;
}

/** Unsaved edits; kept while the window lives, so that going to look at a case loses none. Null: nothing is edited. */
interface EditsState {
  readonly rules: Edits<HandoffRules> | null;
  readonly acknowledgements: Edits<AcknowledgementSettings> | null;
  /** Which text is edited. */
  readonly language: AcknowledgementLanguage;
}

export const useEdits = create<EditsState>()(() => ({ rules: null, acknowledgements: null, language: 'en' }));

export function forgetEdits(): void {
  useEdits.setState({ rules: null, acknowledgements: null });
}

/** Changes the rules as they are edited, or as they are saved when nothing is. */
export function editRules(saved: HandoffRules, patch: Partial<HandoffRules>): void {
  useEdits.setState(({ rules }) => ({ rules: edited(rules, saved, patch) }));
}

export function editAcknowledgements(saved: AcknowledgementSettings, patch: Partial<AcknowledgementSettings>): void {
  useEdits.setState(({ acknowledgements }) => ({ acknowledgements: edited(acknowledgements, saved, patch) }));
}

/** Edits that lead back to what is saved are none. */
function edited<Value extends object>(edits: Edits<Value> | null, saved: Value, patch: Partial<Value>): Edits<Value> | null {
  const draft = { ...(edits?.draft ?? saved), ...patch };
  return isSame(draft, saved) ? null : { base: edits?.base ?? saved, draft };
}

/** Plain data with its keys in the same order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

/** The text of a language as the settings have it: the team's own, else Meridian's. */
export function textOf(settings: AcknowledgementSettings, language: AcknowledgementLanguage): AcknowledgementTemplate {
  return settings.templates.find((each) => each.language === language) ?? ACKNOWLEDGEMENT_TEMPLATES[language];
}

/** The team's own texts with this one; a text that is Meridian's word for word is no own one. */
export function withText(settings: AcknowledgementSettings, text: AcknowledgementTemplate): readonly AcknowledgementTemplate[] {
  const others = settings.templates.filter((each) => each.language !== text.language);
  const isOwn = !isSame(text, ACKNOWLEDGEMENT_TEMPLATES[text.language]);
  return isOwn ? [...others, text].sort((a, b) => (a.language < b.language ? -1 : 1)) : others;
}
