import { macroForCase } from './macro-fill.ts';
import { listMacros } from './macros.ts';
import type { OutboundGuard } from './outbound-guard.ts';
import { refusalOf } from './outbound-guard.ts';
import { bestParts, USUAL_PART_LENGTH } from './suggest-parts.ts';
import { playbookAnswers } from './suggest-playbooks.ts';
import type { FoundCase } from './suggest-cases.ts';
import { articleById, partsById } from '../store/knowledge.store.ts';
import { listAgents } from '../store/settings.store.ts';
import { givenAnswers, peopleOf } from '../store/suggest.store.ts';
import type { GivenAnswer } from '../store/suggest.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { SimilarCase, Suggestion } from '../../../shared/contract/suggest.contract.ts';
import type { PlaybookBook } from '../../../shared/domain/bot/playbook.ts';
import { playbookLanguage } from '../../../shared/domain/bot/playbook.ts';
import type { SecretScanner } from '../../../shared/domain/guard/secret-types.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { detectLanguage, languageOfTag } from '../../../shared/domain/language.ts';
import { gapsIn } from '../../../shared/domain/macro/fill-macro.ts';
import { fitsChannel, hasWords } from '../../../shared/domain/macro/macro.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import { visibleText } from '../../../shared/domain/quotes.ts';
import { adaptAnswer } from '../../../shared/domain/suggest/adapt-answer.ts';
import { bm25, fitOf, hasAny } from '../../../shared/domain/suggest/bm25.ts';
import { greetingIn } from '../../../shared/domain/suggest/greetings.ts';
import { pickAnswer } from '../../../shared/domain/suggest/pick-answer.ts';
import { LEAST_FIT, USUAL_CASE_LENGTH } from '../../../shared/domain/suggest/rank-cases.ts';
import type { AskedTerms } from '../../../shared/domain/suggest/rank-cases.ts';
import { termCounts } from '../../../shared/domain/suggest/terms.ts';
import type { TermCounts } from '../../../shared/domain/suggest/terms.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Similar cases that are shown, and those whose answers are read. */
const MOST_SIMILAR = 5;
const MOST_ANSWERED = 8;
const ANSWERS_OF_CASE = 10;
/** Macros and articles that are worked out. */
const MOST_MACROS = 2;
const MOST_PARTS = 2;
const MOST_STEPS = 2;
const EXCERPT = 280;
const LONGEST_SUGGESTION = 4_000;

/** For whom answers are made. */
export interface Asker {
  readonly caseId: CaseId;
  readonly language: string | null;
  readonly channel: Channel;
  /** How the customer is greeted; null when nobody knows the name. */
  readonly greetAs: string | null;
}

export interface AnswerDeps {
  readonly guard: OutboundGuard;
  readonly scanner: () => SecretScanner;
  readonly playbooks: () => PlaybookBook;
  readonly now: () => Instant;
}

/** A suggestion before the best ones are chosen. */
export interface Candidate {
  readonly suggestion: Suggestion;
  readonly weight: number;
}

/** What a source is worth among equals: somebody has thought about a macro, a playbook is the product's, an article is long. */
const WORTH = { case: 1, macro: 1.15, playbook: 0.95, article: 0.9 } as const;
/** A text in another language has to be translated by the writer. */
const OTHER_LANGUAGE = 0.5;
const LEAST_FIT_OF_OTHER = 0.35;

function isOther(asker: Asker, language: string | null): boolean {
  if (asker.language === null || language === null) return false;
  return languageOfTag(asker.language) !== languageOfTag(language);
}

/** None where there is too little to it. */
function candidate(asker: Asker, { key, source, language, text, fit }: Omit<Suggestion, 'isOtherLanguage' | 'gaps'>): readonly Candidate[] {
  const isOtherLanguage = isOther(asker, language);
  // words that two languages share are few, and mean little
  if (isOtherLanguage && fit < LEAST_FIT_OF_OTHER) return [];
  const weight = fit * WORTH[source.kind] * (isOtherLanguage ? OTHER_LANGUAGE : 1);
  return [{ suggestion: { key, source, language, isOtherLanguage, text, gaps: gapsIn(text), fit }, weight }];
}

interface AnsweredCase {
  readonly found: FoundCase;
  readonly answer: GivenAnswer | null;
}

/** The answer of each similar case that says most about what was asked; `stage`: answers that the open case has had. */
export function answersOf(
  db: ReadDb,
  weights: ReadonlyMap<string, number>,
  cases: readonly FoundCase[],
  stage: number,
): readonly AnsweredCase[] {
  return cases.slice(0, MOST_ANSWERED).map((found) => {
    const given = givenAnswers(db, found.id, ANSWERS_OF_CASE);
    const own = termCounts(found.texts.join('\n')).counts;
    const asked = new Map([...own.keys()].map((term) => [term, weights.get(term) ?? 0.5]));
    const index = pickAnswer(
      asked,
      given.map(({ text }) => visibleText(text)),
      stage,
    );
    return { found, answer: index === null ? null : (given[index] ?? null) };
  });
}

export function similarOf(answered: readonly AnsweredCase[]): readonly SimilarCase[] {
  return answered.slice(0, MOST_SIMILAR).map(({ found, answer }) => ({
    caseId: found.uid,
    subject: found.subject,
    contactName: found.contactName === '' ? found.contactAddress : found.contactName,
    channel: found.channel,
    language: found.language,
    lastMessageAt: found.lastMessageAt,
    question: excerpt(found.texts[0] ?? ''),
    answer: answer === null ? null : excerpt(visibleText(answer.text)),
    answeredBy: answer?.agentId ?? null,
    answeredAt: answer?.at ?? null,
    fit: found.fit,
  }));
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT).trimEnd()}…` : line;
}

/** What similar cases were answered, made ready for another customer; the same answer once. None that the guardrails would not let out. */
export function caseCandidates(db: ReadDb, deps: AnswerDeps, asker: Asker, answered: readonly AnsweredCase[]): readonly Candidate[] {
  const byText = new Map<string, Candidate>();
  const names = new Map(listAgents(db).map(({ agentId, name }) => [agentId, name]));
  for (const { found, answer } of answered) {
    if (answer === null) continue;
    const language = detectLanguage(visibleText(answer.text)) ?? found.language;
    const { text } = adaptAnswer({
      text: answer.text,
      language,
      writer: answer.agentId === null ? null : (names.get(answer.agentId) ?? null),
      others: [found.contactName, found.contactAddress, ...peopleOf(db, found.id)],
      said: found.texts,
      secretsIn: (each) => deps.scanner().scan(each),
      greetAs: asker.greetAs,
      isLetter: asker.channel === 'email',
    });
    if (text === '' || refusalOf(deps.guard(db, text, asker.caseId)) !== null) continue;
    const same = byText.get(text);
    if (same !== undefined && same.suggestion.source.kind === 'case') {
      const source = { ...same.suggestion.source, times: same.suggestion.source.times + 1 };
      byText.set(text, { ...same, suggestion: { ...same.suggestion, source } });
      continue;
    }
    const { messageId, agentId, at } = answer;
    const source = { kind: 'case', caseId: found.uid, messageId, subject: found.subject, agentId, at, times: 1 } as const;
    const [fresh] = candidate(asker, { key: `case:${found.uid}`, source, language, text, fit: found.fit });
    if (fresh !== undefined) byText.set(text, fresh);
  }
  return [...byText.values()];
}

/** The terms of texts that are asked for again and again: macros and playbooks hardly change. */
const counted = new Map<string, TermCounts>();
const MOST_COUNTED = 2_000;

function countsOf(text: string): TermCounts {
  const known = counted.get(text);
  if (known !== undefined) return known;
  if (counted.size >= MOST_COUNTED) counted.clear();
  const counts = termCounts(text);
  counted.set(text, counts);
  return counts;
}

/** Those of some terms that stand in a macro or a playbook. */
export function termsOfKnowledge(db: ReadDb, playbooks: PlaybookBook, terms: readonly string[]): ReadonlySet<string> {
  const texts = [...listMacros(db).map(wordsOfMacro), ...playbookAnswers(playbooks).flatMap(({ words }) => Object.values(words))];
  return new Set(terms.filter((term) => texts.some((text) => countsOf(text).counts.has(term))));
}

function wordsOfMacro({ name, shortcut, texts }: Pick<Macro, 'name' | 'shortcut' | 'texts'>): string {
  return [name, shortcut, ...texts.map(({ text }) => text)].join('\n');
}

/** How much of the question a text has; nothing when it has only words that are everywhere. */
function fitIn({ weights, telling }: AskedTerms, text: string, usualLength: number): number {
  const words = countsOf(text);
  return hasAny(telling, words) ? fitOf(bm25(weights, words, usualLength), weights, usualLength) : 0;
}

function best<Each>(
  of: readonly Each[],
  fit: (each: Each) => number,
  limit: number,
): readonly { readonly each: Each; readonly fit: number }[] {
  return of
    .map((each) => ({ each, fit: fit(each) }))
    .filter((found) => found.fit >= LEAST_FIT)
    .toSorted((one, other) => other.fit - one.fit)
    .slice(0, limit);
}

/** Macros whose words, in whatever language, are about what is asked; their texts are filled from the case as always. */
export function macroCandidates(db: ReadDb, deps: AnswerDeps, asker: Asker, asked: AskedTerms): readonly Candidate[] {
  const macros = listMacros(db).filter((macro) => hasWords(macro) && fitsChannel(macro, asker.channel));
  return best(macros, (macro) => fitIn(asked, wordsOfMacro(macro), USUAL_CASE_LENGTH), MOST_MACROS).flatMap(({ each, fit }) => {
    const filled = macroForCase(db, { guard: deps.guard, now: deps.now() }, each, asker.caseId);
    if (filled === null || filled.text === null || filled.problem === 'other-channel') return [];
    const { macroId, name, isTeam, actions } = each;
    const source = { kind: 'macro', macroId, name, isTeam, actions } as const;
    return candidate(asker, { key: `macro:${macroId}`, source, language: filled.language, text: filled.text, fit });
  });
}

export function playbookCandidates(db: ReadDb, deps: AnswerDeps, asker: Asker, asked: AskedTerms): readonly Candidate[] {
  const book = deps.playbooks();
  // one that does not speak the customer's language leaves them to a person, and so does this
  const steps = playbookAnswers(book).flatMap((step) => {
    const playbook = book.get(step.playbook);
    const language = playbook === undefined ? null : playbookLanguage(playbook, asker.language);
    return language === null ? [] : [{ ...step, language }];
  });
  const fitOfStep = ({ words, language }: (typeof steps)[number]): number => fitIn(asked, words[language] ?? '', USUAL_CASE_LENGTH);
  return best(steps, fitOfStep, MOST_STEPS).flatMap(({ each, fit }) => {
    const { language, playbook, step } = each;
    const text = asLetter(asker, language, each.say[language] ?? '');
    if (refusalOf(deps.guard(db, text, asker.caseId)) !== null) return [];
    const source = { kind: 'playbook', playbook, step, name: each.name[language] ?? playbook } as const;
    return candidate(asker, { key: `playbook:${playbook}/${step}`, source, language: languageOfTag(language) ?? language, text, fit });
  });
}

export function articleCandidates(db: ReadDb, deps: AnswerDeps, asker: Asker, { weights, telling }: AskedTerms): readonly Candidate[] {
  const found = bestParts(db, weights, MOST_PARTS);
  const parts = new Map(
    partsById(
      db,
      found.map(({ partId }) => partId),
    ).map((part) => [part.id, part]),
  );
  return found.flatMap(({ partId, score }) => {
    const part = parts.get(partId);
    const article = part === undefined ? undefined : articleById(db, part.articleId);
    const fit = fitOf(score, weights, USUAL_PART_LENGTH);
    if (part === undefined || article === undefined || fit < LEAST_FIT) return [];
    if (!hasAny(telling, termCounts(`${article.title}\n${part.heading}\n${part.text}`))) return [];
    const { articleId, title, language } = article;
    const text = asLetter(asker, language, part.text.slice(0, LONGEST_SUGGESTION));
    if (refusalOf(deps.guard(db, text, asker.caseId)) !== null) return [];
    const source = { kind: 'article', articleId, position: part.position, title, heading: part.heading } as const;
    return candidate(asker, { key: `article:${articleId}/${String(part.position)}`, source, language, text, fit });
  });
}

/** Knowledge greets nobody: in a letter the writer does. Its brackets are not gaps. */
function asLetter(asker: Asker, language: string | null, text: string): string {
  const plain = text.replaceAll(/[⟦⟧]/gu, '').trim();
  if (asker.channel !== 'email') return plain;
  const tag = language === null ? null : (languageOfTag(language) ?? language);
  return `${greetingIn(tag, asker.greetAs)}\n\n${plain}`;
}
