import { foldText } from '../search-fold.ts';
import { KIND_IDS, kindOf, OTHER_KIND } from './checklist.ts';
import type { CaseKind, IntakeRules } from './checklist.ts';
import { KIND_WORDS } from './kind-words.ts';

/** How it is known what kind of case it is. */
export type KindBy = 'agent' | 'label' | 'words' | 'nothing';

export interface GuessedKind {
  /** Null where the team has no checklist for it. */
  readonly kind: CaseKind | null;
  readonly by: KindBy;
}

/** What is looked at: labels first, which somebody has set, then what the customer wrote first. */
export interface KindTraits {
  readonly subject: string;
  /** The customer's words, oldest first; see `ownWords`. */
  readonly texts: readonly string[];
  readonly labels: readonly string[];
}

/** Words that say less than this say nothing. */
const ENOUGH = 2;
/** What a case is about is said at its begin; what comes later may be about something else. */
const FIRST_TEXTS = 3;
const MOST_TEXT = 2_500;
/** A team's own words say as much as the best of ours. */
const OWN_WEIGHT = 4;

/** The kind that a case probably is. Of two that are as likely the first in the order of the checklists. */
export function guessKind({ subject, texts, labels }: KindTraits, rules: IntakeRules): GuessedKind {
  const active = rules.kinds.filter((each) => each.isActive);
  const said = new Set(labels.map((label) => foldText(label)));
  const byLabel = active.find((each) => each.labels.some((label) => said.has(foldText(label))));
  if (byLabel !== undefined) return { kind: byLabel, by: 'label' };
  const first = texts.slice(0, FIRST_TEXTS).map((text) => text.slice(0, MOST_TEXT));
  const read = [subject.slice(0, 300).normalize('NFKC'), ...first];
  let best: { readonly kind: CaseKind; readonly score: number } | null = null;
  for (const kind of active) {
    const score = scoreOf(kind, read);
    if (score >= ENOUGH && score > (best?.score ?? 0)) best = { kind, score };
  }
  if (best !== null) return { kind: best.kind, by: 'words' };
  return { kind: kindOf(rules, OTHER_KIND) ?? null, by: 'nothing' };
}

/** What is said in the subject or the first message says more than what comes later. */
function scoreOf(kind: CaseKind, read: readonly string[]): number {
  let score = 0;
  for (const [index, text] of read.entries()) {
    const share = index < 2 ? 1 : 0.5;
    for (const [weight, words] of wordsOf(kind)) if (words.test(text)) score += weight * share;
    if (hasOwnWord(kind, text)) score += OWN_WEIGHT * share;
  }
  return score;
}

function wordsOf(kind: CaseKind): (typeof KIND_WORDS)['app'] {
  const known = KIND_IDS.find((id) => id === kind.id);
  return known === undefined || known === 'other' ? [] : KIND_WORDS[known];
}

function hasOwnWord({ words }: CaseKind, text: string): boolean {
  if (words.length === 0) return false;
  const folded = ` ${foldText(text).replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `;
  return words.some((word) => {
    const wanted = foldText(word)
      .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim();
    // where words have no spaces between them a part is enough
    return wanted !== '' && folded.includes(/^[a-z0-9 ]+$/u.test(wanted) ? ` ${wanted} ` : wanted);
  });
}
