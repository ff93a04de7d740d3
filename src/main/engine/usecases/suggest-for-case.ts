import {
  answersOf,
  articleCandidates,
  caseCandidates,
  macroCandidates,
  playbookCandidates,
  similarOf,
  termsOfKnowledge,
} from './suggest-answers.ts';
import type { AnswerDeps, Asker, Candidate } from './suggest-answers.ts';
import { findCases } from './suggest-cases.ts';
import type { FindDeps, Question } from './suggest-cases.ts';
import { once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { hiddenSuggestions, hideSuggestion, partsWithTerms, showSuggestion } from '../store/knowledge.store.ts';
import { customerTexts } from '../store/routing.store.ts';
import { givenAnswers } from '../store/suggest.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { detailOf } from '../store/timeline.store.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { Suggestions } from '../../../shared/contract/suggest.contract.ts';
import type { CaseId, OperationId } from '../../../shared/domain/ids.ts';
import { detectLanguage } from '../../../shared/domain/language.ts';
import { firstName } from '../../../shared/domain/macro/fill-macro.ts';
import { visibleText } from '../../../shared/domain/quotes.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { inverseFrequency } from '../../../shared/domain/suggest/bm25.ts';
import type { AskedTerms } from '../../../shared/domain/suggest/rank-cases.ts';
import { termCounts, termsIn } from '../../../shared/domain/suggest/terms.ts';

/** Suggestions that are shown: those of cases, and all. */
const MOST_OF_CASES = 4;
const MOST_SUGGESTED = 6;
/** Of the customer's messages the newest ones say what it is about now, and the first what it was about. */
const NEWEST_TEXTS = 3;
const MOST_TEXTS = 40;

export interface SuggestDeps extends FindDeps, AnswerDeps {}

const NOTHING: Suggestions = { suggestions: [], similar: [], hidden: 0, isComplete: true, notIndexed: 0 };

/**
 * What may answer an open case: what similar solved cases were answered, macros, steps of playbooks and parts of articles, best first. Nothing for a case that
 * is not here or is solved.
 */
export async function suggestionsFor(deps: SuggestDeps, caseId: CaseId): Promise<Suggestions> {
  const asked = deps.read((db) => askedIn(db, caseId));
  if (asked === null) return NOTHING;
  const { question, asker, hidden } = asked;
  const found = await findCases(deps, question);
  await deps.pause();
  const past = deps.read((db) => {
    const answered = answersOf(db, found.weights, found.cases, asked.stage);
    return { similar: similarOf(answered), candidates: caseCandidates(db, deps, asker, answered) };
  });
  await deps.pause();
  const known = deps.read((db) => {
    const terms = withKnownTerms(db, deps, found, question);
    return [
      ...macroCandidates(db, deps, asker, terms),
      ...playbookCandidates(db, deps, asker, terms),
      ...articleCandidates(db, deps, asker, terms),
    ];
  });
  const isShown = ({ suggestion }: Candidate): boolean => !hidden.has(suggestion.key);
  const fromCases = heaviestFirst(past.candidates);
  const all = heaviestFirst([...fromCases.filter(isShown).slice(0, MOST_OF_CASES), ...known]);
  return {
    suggestions: all
      .filter(isShown)
      .slice(0, MOST_SUGGESTED)
      .map(({ suggestion }) => suggestion),
    similar: past.similar,
    hidden: [...past.candidates, ...known].filter((each) => !isShown(each)).length,
    isComplete: found.isComplete,
    notIndexed: deps.search.notIndexed,
  };
}

function heaviestFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.toSorted((one, other) => other.weight - one.weight);
}

/** Words that no other message has had yet, but that macros, playbooks or articles have. */
function withKnownTerms(db: ReadDb, deps: SuggestDeps, { weights, telling }: AskedTerms, question: Question): AskedTerms {
  const missing = [...termCounts(question.text, question.without).counts.keys()].filter((term) => !weights.has(term));
  const known = new Set([...partsWithTerms(db, missing).keys(), ...termsOfKnowledge(db, deps.playbooks(), missing)]);
  const weight = inverseFrequency(1, Math.max(deps.book.all(), FEW_MESSAGES));
  return {
    weights: new Map([...weights, ...[...known].map((term): [string, number] => [term, weight])]),
    telling: new Set([...telling, ...known]),
  };
}

/** With fewer messages nobody can tell what is rare. */
const FEW_MESSAGES = 50;

function askedIn(
  db: ReadDb,
  caseId: CaseId,
): {
  readonly question: Question;
  readonly asker: Asker;
  readonly hidden: ReadonlySet<string>;
  /** Answers that it has had. */
  readonly stage: number;
} | null {
  const uid = currentCaseUid(db, caseId);
  const saved = caseByUid(db, uid);
  const detail = saved === undefined ? null : detailOf(db, uid);
  if (saved === undefined || detail === null || saved.state.status === 'solved') return null;
  const { contact, channel, subject } = detail;
  const name = contactByUid(db, saved.state.contactId)?.name ?? contact.name;
  const texts = customerTexts(db, saved.id, MOST_TEXTS).map(({ text }) => visibleText(text.slice(0, 4_000)));
  const said = [...texts.slice(0, NEWEST_TEXTS), ...texts.slice(NEWEST_TEXTS).slice(-1)];
  const language = detail.language ?? contact.language ?? detectLanguage(said.join('\n'));
  return {
    question: {
      caseKey: saved.id,
      text: [subject, ...said].join('\n'),
      without: termsIn(`${name}\n${contact.address.split('@')[0] ?? ''}`),
      language,
      channel,
      kinds: detail.labels,
    },
    asker: { caseId: uid, language, channel, greetAs: firstName(name) },
    hidden: hiddenSuggestions(db, uid),
    stage: givenAnswers(db, saved.id, MOST_TEXTS).length,
  };
}

export function hideFor(
  context: UseCaseContext,
  { opId, caseId, key }: { readonly opId: OperationId; readonly caseId: CaseId; readonly key: string },
): Result<null, CallError> {
  return once(context, opId, 'suggest.hide', (tx) => {
    hideSuggestion(tx, currentCaseUid(tx, caseId), key, context.clock.now());
    return { value: null };
  });
}

export function showFor(
  context: UseCaseContext,
  { opId, caseId, key }: { readonly opId: OperationId; readonly caseId: CaseId; readonly key: string | null },
): Result<null, CallError> {
  return once(context, opId, 'suggest.show', (tx) => {
    showSuggestion(tx, currentCaseUid(tx, caseId), key);
    return { value: null };
  });
}
