import type { CaseFilter } from '../store/case-filter.store.ts';
import { listLabels } from '../store/label-counts.store.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import type { SearchStore } from '../store/search.store.ts';
import {
  candidateSources,
  casesOfContacts,
  casesOfLabels,
  dayOfMessageKey,
  messagesOfFewCases,
  messagesOfFilter,
  middleOfKeyDay,
} from '../store/search-source.store.ts';
import type { Candidate } from '../store/search-source.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { FoundIn, SearchHit, SearchResult, SearchScope } from '../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { foldText } from '../../../shared/domain/search-fold.ts';
import { blended, isAllIn, qualityOf, qualityOfName, rankingOf } from '../../../shared/domain/search-rank.ts';
import type { MessagePart, Ranking, SearchOrder } from '../../../shared/domain/search-rank.ts';
import { snippetAround } from '../../../shared/domain/search-snippet.ts';
import { matchPositions } from '../../../shared/domain/search-text.ts';
import type { Query } from '../../../shared/domain/search-text.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

export interface SearchDeps {
  /** The main database; what is read of it is what a live search depends on. */
  readonly db: ReadDb;
  readonly search: SearchStore;
  readonly clock: Clock;
  /** For how long older candidates are looked at, in milliseconds. */
  readonly budgetMs?: number;
  /** For how long more are looked at than are shown, in milliseconds. */
  readonly rankMs?: number;
  /** Of how many cases of a filter the messages are looked up first. */
  readonly fewCases?: number;
}

/** Candidates looked at together. */
const PAGE = 200;
/** Candidates taken together when most are passed over by their number alone. */
const NARROW_PAGE = 2_000;
/** A filter of no more cases is looked up first, and only their messages are read. */
const FEW_CASES = 4_000;
/**
 * The usual budget: a search must not be felt by whoever else needs the thread. A step that would not end in time, by the time that the
 * last one took, is not begun; reading the rows of what was found comes on top.
 */
const BUDGET_MS = 25;
const SNIPPET_LENGTH = 160;
/** For so long more candidates than are shown are looked at, so that the best of them come first. */
const RANK_MS = 6;

interface Match {
  readonly caseUid: CaseId;
  readonly score: number;
  readonly at: Instant;
  readonly foundIn: readonly FoundIn[];
  /** The text that the snippet is taken from. */
  readonly shown: string;
}

export interface SearchInput {
  readonly text: string;
  readonly limit: number;
  /** Only cases that it lets through are found. */
  readonly filter?: CaseFilter | undefined;
  /** Left out: the best first. */
  readonly order?: SearchOrder | undefined;
  /** Goes on where another search stopped, and leaves nothing out of what it finds. */
  readonly before?: number | undefined;
}

/**
 * Cases in which everything that was typed occurs in one message (subject, people, text, names of files), note or label, or whose
 * contact's name or address begins with it. Best first (see `search-rank.ts`), or newest first. The index proposes the newest candidates and the
 * text decides; older ones are looked at while time allows. The scope says how far it came, and `before` goes on from there.
 */
export function searchCases(deps: SearchDeps, input: SearchInput): SearchResult {
  const ranking = rankingOf(input.text);
  const { notIndexed } = deps.search;
  if (ranking.query.clauses.length === 0) return { hits: [], notIndexed, more: false, scope: scopeOf(deps.search, null) };
  const found = new Found(deps.clock.now(), input.order ?? 'best');
  const stoppedAt = collectMessages(deps, ranking, input, found);
  const isContinued = input.before !== undefined && input.before < FROM_THE_NEWEST;
  if (!isContinued) {
    collectContacts(deps.db, input, found);
    collectLabels(deps.db, ranking, input, found);
  }
  const ranked = found.ranked();
  // who goes on wants all that is there; what is cut off at first is found again from the newest on
  const isCut = input.before === undefined && ranked.length > input.limit;
  const scope = scopeOf(deps.search, stoppedAt);
  return {
    hits: toHits(deps.db, isCut ? ranked.slice(0, input.limit) : ranked, ranking.query),
    notIndexed,
    more: stoppedAt !== null || isCut,
    scope: isCut ? { ...scope, next: FROM_THE_NEWEST } : scope,
  };
}

/** The best match of each case. */
class Found {
  readonly now: Instant;
  private readonly order: SearchOrder;
  private readonly best = new Map<CaseId, Match>();

  constructor(now: Instant, order: SearchOrder) {
    this.now = now;
    this.order = order;
  }

  get size(): number {
    return this.best.size;
  }

  get isByAge(): boolean {
    return this.order === 'newest';
  }

  /** Takes the better of two matches of one case; where the other was found is kept for labels, which belong to the case. */
  add(match: Match): void {
    const known = this.best.get(match.caseUid);
    if (known === undefined) {
      this.best.set(match.caseUid, match);
      return;
    }
    const [better, other] = this.compare(match, known) < 0 ? [match, known] : [known, match];
    const isLabelled = other.foundIn.includes('label') && !better.foundIn.includes('label');
    this.best.set(match.caseUid, isLabelled ? { ...better, foundIn: [...better.foundIn, 'label'] } : better);
  }

  has(caseUid: CaseId): boolean {
    return this.best.has(caseUid);
  }

  ranked(): readonly Match[] {
    return [...this.best.values()].sort((left, right) => this.compare(left, right));
  }

  private compare(left: Match, right: Match): number {
    const byScore = right.score - left.score;
    const byAge = right.at - left.at;
    return this.isByAge ? byAge || byScore : byScore || byAge;
  }
}

/** Above every key: all messages, the newest first. */
const FROM_THE_NEWEST = Number.MAX_SAFE_INTEGER;

/** Returns the key below which nothing was looked at; null when nothing is left. */
function collectMessages(deps: SearchDeps, ranking: Ranking, input: SearchInput, found: Found): number | null {
  const begun = performance.now();
  const { limit, filter } = input;
  const few = filter === undefined ? null : messagesOfFewCases(deps.db, filter, deps.fewCases ?? FEW_CASES);
  if (few?.size === 0) return null;
  const size = few === null ? PAGE : NARROW_PAGE;
  const budgetMs = deps.budgetMs ?? BUDGET_MS;
  let before = input.before ?? FROM_THE_NEWEST;
  let spent = 0;
  for (;;) {
    const proposed = deps.search.candidates(ranking.query, before, size);
    for (const candidate of candidatesOf(deps.db, proposed, filter, few)) judge(candidate, ranking, found);
    if (proposed.length < size) return null;
    before = proposed.at(-1) ?? 0;
    const now = performance.now() - begun;
    const lastStep = now - spent;
    spent = now;
    const isEnough = found.size >= limit && (found.isByAge || spent > (deps.rankMs ?? RANK_MS));
    if (isEnough || spent + lastStep > budgetMs) return before;
  }
}

function scopeOf(search: SearchStore, stoppedAt: number | null): SearchScope {
  const all = search.extent(0);
  const day = stoppedAt === null ? all.oldestDay : dayOfMessageKey(stoppedAt);
  return {
    searched: stoppedAt === null ? all.messages : search.extent(stoppedAt).messages,
    total: all.messages + search.notIndexed,
    since: day === null ? null : middleOfKeyDay(day),
    next: stoppedAt,
  };
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

function judge(candidate: Candidate, ranking: Ranking, found: Found): void {
  const { subject, people, files, text, caseUid, sentAt: at, isNote } = candidate;
  const folded = { subject: foldText(subject), people: foldText(people), files: foldText(files), text: foldText(text) };
  const judged = qualityOf(folded, ranking);
  if (judged === null) return;
  const { quality, parts } = judged;
  // the text is shown where something is in it: the subject stands on the row anyway
  const first = SHOWN_FIRST.find((part) => parts.includes(part)) ?? 'text';
  const foundIn = [first, ...parts.filter((part) => part !== first)].map((part): FoundIn => (part === 'text' && isNote ? 'note' : part));
  found.add({ caseUid, score: blended(quality, at, found.now), at, foundIn, shown: candidate[first] });
}

const SHOWN_FIRST: readonly MessagePart[] = ['text', 'files', 'people', 'subject'];

/** Contacts are found by the beginning of their name or address, also before their messages are indexed. */
function collectContacts(db: ReadDb, input: SearchInput, found: Found): void {
  const prefix = input.text.trim();
  if (prefix.startsWith('"')) return;
  for (const { caseUid, name, address, lastMessageAt: at } of casesOfContacts(db, prefix, input.limit, input.filter)) {
    if (found.has(caseUid)) continue;
    const shown = name === '' ? address : `${name} ${address}`;
    found.add({ caseUid, score: blended(qualityOfName('people'), at, found.now), at, foundIn: ['people'], shown });
  }
}

/** Cases with a label in which everything is that was typed. */
function collectLabels(db: ReadDb, ranking: Ranking, input: SearchInput, found: Found): void {
  const labels = listLabels(db).flatMap(({ label }) => (isAllIn(label, ranking) ? [label] : []));
  if (labels.length === 0) return;
  for (const { caseUid, label, lastMessageAt: at } of casesOfLabels(db, labels, input.limit, input.filter))
    found.add({ caseUid, score: blended(qualityOfName('label'), at, found.now), at, foundIn: ['label'], shown: label });
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
    return [{ row, snippet: snippet.text, marks: snippet.marks, messageAt: match.at, foundIn: match.foundIn }];
  });
}
