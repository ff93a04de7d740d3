import type { CaseFilter } from '../store/case-filter.store.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import type { SearchStore } from '../store/search.store.ts';
import { candidateSources, casesOfContacts, messagesOfFewCases, messagesOfFilter } from '../store/search-source.store.ts';
import type { Candidate } from '../store/search-source.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { SearchHit, SearchResult } from '../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { foldText } from '../../../shared/domain/search-fold.ts';
import { snippetAround } from '../../../shared/domain/search-snippet.ts';
import { findClause, matchPositions, parseQuery } from '../../../shared/domain/search-text.ts';
import type { Clause, Query } from '../../../shared/domain/search-text.ts';
import { DAY_MS } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

export interface SearchDeps {
  /** The main database; what is read of it is what a live search depends on. */
  readonly db: ReadDb;
  readonly search: SearchStore;
  readonly clock: Clock;
  /** For how long older candidates are looked at, in milliseconds. */
  readonly budgetMs?: number;
  /** Of how many cases of a filter the messages are looked up first. */
  readonly fewCases?: number;
}

/** Candidates looked at together. */
const PAGE = 200;
/** Candidates taken together when most are passed over by their number alone. */
const NARROW_PAGE = 2_000;
/** A filter of no more cases is looked up first, and only their messages are read. */
const FEW_CASES = 500;
/** The usual budget: a search must not be felt by whoever else needs the thread. */
const BUDGET_MS = 25;
const SNIPPET_LENGTH = 160;
/** Occurrences counted in one field; more say nothing more. */
const MAX_COUNT = 8;
const WEIGHTS = { subject: 4, people: 3, files: 2, text: 1 } as const;
type Field = keyof typeof WEIGHTS;
const FIELDS: readonly Field[] = ['subject', 'people', 'files', 'text'];
/** A text of this length is neither favoured nor held back. */
const USUAL_LENGTH = 600;

interface Match {
  readonly caseUid: CaseId;
  readonly score: number;
  readonly at: Instant;
  /** The text of the field that the snippet is taken from. */
  readonly shown: string;
}

export interface SearchInput {
  readonly text: string;
  readonly limit: number;
  /** Only cases that it lets through are found. */
  readonly filter?: CaseFilter;
}

/**
 * Cases in which everything that was typed occurs in one message (subject, people, text, names of files) or note, or whose
 * contact's name or address begins with it. Best first: by where and how often it matches, and by age. The index proposes
 * the newest candidates and the text decides; older ones are looked at while time allows, and `more` says that some were not.
 */
export function searchCases(deps: SearchDeps, input: SearchInput): SearchResult {
  const query = parseQuery(input.text);
  if (query.clauses.length === 0) return { hits: [], notIndexed: deps.search.notIndexed, more: false };
  const now = deps.clock.now();
  const best = new Map<CaseId, Match>();
  const more = collectMessages(deps, query, input, now, best);
  collectContacts(deps.db, input, now, best);
  const ranked = [...best.values()].sort((left, right) => right.score - left.score || right.at - left.at).slice(0, input.limit);
  return { hits: toHits(deps.db, ranked, query), notIndexed: deps.search.notIndexed, more: more || best.size > input.limit };
}

/** Returns whether there may be older matches. */
function collectMessages(deps: SearchDeps, query: Query, { limit, filter }: SearchInput, now: Instant, best: Map<CaseId, Match>): boolean {
  const begun = performance.now();
  const few = filter === undefined ? null : messagesOfFewCases(deps.db, filter, deps.fewCases ?? FEW_CASES);
  if (few?.size === 0) return false;
  const size = few === null ? PAGE : NARROW_PAGE;
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const proposed = deps.search.candidates(query, before, size);
    for (const candidate of candidatesOf(deps.db, proposed, filter, few)) {
      const match = judge(candidate, query, now);
      const known = best.get(candidate.caseUid);
      if (match !== null && (known === undefined || match.score > known.score)) best.set(candidate.caseUid, match);
    }
    if (proposed.length < size) return false;
    if (best.size >= limit || performance.now() - begun > (deps.budgetMs ?? BUDGET_MS)) return true;
    before = proposed.at(-1) ?? 0;
  }
}

/** The texts of the proposed messages that the filter lets through; those of few cases are known by number, without a look into the database. */
function candidatesOf(
  db: ReadDb,
  proposed: readonly number[],
  filter: CaseFilter | undefined,
  few: ReadonlySet<number> | null,
): readonly Candidate[] {
  if (proposed.length === 0) return [];
  const allowed = few ?? (filter === undefined ? null : messagesOfFilter(db, proposed, filter));
  const ids = allowed === null ? proposed : proposed.filter((id) => allowed.has(id));
  return ids.length === 0 ? [] : candidateSources(db, ids);
}

/** Null when some clause is nowhere in the message. */
function judge(candidate: Candidate, query: Query, now: Instant): Match | null {
  const folded = FIELDS.map((field) => foldText(candidate[field]));
  const matched = new Set<Field>();
  let score = 0;
  for (const clause of query.clauses) {
    let count = 0;
    for (const [index, field] of FIELDS.entries()) {
      const found = countClause(folded[index] ?? '', clause);
      if (found > 0) matched.add(field);
      // Being in a subject or a name matters, how often does not.
      count += field === 'text' ? found : Math.min(1, found) * WEIGHTS[field];
    }
    if (count === 0) return null;
    score += saturated(count, candidate.text.length);
  }
  return {
    caseUid: candidate.caseUid,
    score: score * recency(candidate.sentAt, now),
    at: candidate.sentAt,
    shown: shownText(candidate, matched),
  };
}

function countClause(folded: string, clause: Clause): number {
  return folded === '' ? 0 : findClause(folded, clause, MAX_COUNT).length;
}

/** The shape of BM25 for one term: more occurrences count less and less, and long texts need more of them. */
function saturated(count: number, length: number): number {
  return (count * 2.2) / (count + 1.2 * (0.25 + 0.75 * Math.min(4, length / USUAL_LENGTH)));
}

function recency(at: Instant, now: Instant): number {
  return 1 + 1.5 * Math.exp(-Math.max(0, now - at) / (30 * DAY_MS));
}

/** Shown is the text when something is in it; the subject stands on the row anyway. */
function shownText(candidate: Candidate, matched: ReadonlySet<Field>): string {
  if (matched.has('text') || matched.size === 0) return candidate.text;
  if (matched.has('files')) return candidate.files;
  return matched.has('people') ? candidate.people : candidate.subject;
}

/** Contacts are found by the beginning of their name or address, also before their messages are indexed. */
function collectContacts(db: ReadDb, input: SearchInput, now: Instant, best: Map<CaseId, Match>): void {
  const prefix = input.text.trim();
  if (prefix.startsWith('"')) return;
  for (const found of casesOfContacts(db, prefix, input.limit, input.filter)) {
    if (best.has(found.caseUid)) continue;
    const shown = found.name === '' ? found.address : `${found.name} ${found.address}`;
    best.set(found.caseUid, {
      caseUid: found.caseUid,
      score: saturated(WEIGHTS.people, USUAL_LENGTH) * recency(found.lastMessageAt, now),
      at: found.lastMessageAt,
      shown,
    });
  }
}

function toHits(db: ReadDb, ranked: readonly Match[], query: Query): SearchHit[] {
  const rows = new Map(
    rowsOfCases(
      db,
      ranked.map((match) => match.caseUid),
    ).map((row) => [row.caseId, row]),
  );
  return ranked.flatMap((match) => {
    const row = rows.get(match.caseUid);
    if (row === undefined) return [];
    const snippet = snippetAround(match.shown, matchPositions(match.shown, query), SNIPPET_LENGTH);
    return [{ row, snippet: snippet.text, marks: snippet.marks, messageAt: match.at }];
  });
}
