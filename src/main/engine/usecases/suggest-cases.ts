import { queryOf } from './suggest-terms.ts';
import type { TermBook } from './suggest-terms.ts';
import { dayOfMessage, MESSAGES_PER_DAY } from '../store/messages.store.ts';
import { customerTexts } from '../store/routing.store.ts';
import type { SearchStore } from '../store/search.store.ts';
import { labelsOf, solvedCasesOf } from '../store/suggest.store.ts';
import type { ProposedCase } from '../store/suggest.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { visibleText } from '../../../shared/domain/quotes.ts';
import { heaviest, rarestTerms, tellingTerms, weightsOf } from '../../../shared/domain/suggest/choose-terms.ts';
import type { KnownTerm } from '../../../shared/domain/suggest/choose-terms.ts';
import { inverseFrequency } from '../../../shared/domain/suggest/bm25.ts';
import { rankCases } from '../../../shared/domain/suggest/rank-cases.ts';
import type { CaseTraits, PastCase } from '../../../shared/domain/suggest/rank-cases.ts';
import { termCounts } from '../../../shared/domain/suggest/terms.ts';
import { DAY_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Distinct terms of a question that are looked up. */
const MOST_TERMS = 60;
/**
 * Messages are proposed in rounds, each from a time further back: the newest cases are open, and nobody has answered them. Days before now, and messages with
 * one term in a round.
 */
const ROUNDS = [0, 20, 90, 300] as const;
const MOST_OF_TERM = 60;
/** Proposed messages of a round whose cases are looked up, and cases whose texts decide. */
const MOST_MESSAGES = 200;
const MOST_CASES = 16;
/** Texts of a case that are compared, and characters of each. */
const TEXTS = 3;
const LONGEST_TEXT = 600;
/** How long one slice may take before others have their turn, and all of them, in milliseconds. */
const SLICE_MS = 7;
const ALL_MS = 60;

/** What is asked for: the words of an open case's customer, and the case itself. */
export interface Question extends CaseTraits {
  /** Local key of the case, which is not like itself. */
  readonly caseKey: number;
  readonly text: string;
  /** Words that are the customer's own, such as the name. */
  readonly without: ReadonlySet<string>;
}

export interface FoundCase extends ProposedCase {
  readonly fit: number;
  readonly score: number;
  /** What its customer wrote, oldest first. */
  readonly texts: readonly string[];
}

export interface FoundCases {
  readonly weights: ReadonlyMap<string, number>;
  readonly telling: ReadonlySet<string>;
  readonly cases: readonly FoundCase[];
  readonly isComplete: boolean;
}

export interface FindDeps {
  readonly read: <T>(work: (db: ReadDb) => T) => T;
  readonly search: SearchStore;
  readonly book: TermBook;
  readonly now: () => Instant;
  /** Lets everybody else have the thread. */
  readonly pause: () => Promise<void>;
  /** How many times as long as usual everything may take: 1, but where nobody waits. */
  readonly patience?: number;
}

/**
 * The solved cases whose customers wrote most alike. The index has neither positions nor numbers of occurrences, and no ranking over all of it fits into
 * a moment; so it proposes, and the texts decide: the rarest terms of the question name the newest messages that have them, those with the most weight
 * are read, and BM25 over their words, with a little for language, kind, channel and age, says which are alike. Each step has a limit of rows and of time,
 * and between steps others have their turn.
 */
export async function findCases(deps: FindDeps, question: Question): Promise<FoundCases> {
  const time = createTime(deps);
  const asked = [...termCounts(question.text, question.without).counts.keys()].slice(0, MOST_TERMS);
  let counted = deps.book.known(asked, time.until());
  // it remembers, and goes on where it was
  while (!counted.isComplete && (await time.goOn())) counted = deps.book.known(asked, time.until());
  const all = deps.book.all();
  const weights = weightsOf(counted.known, all);
  const telling = tellingTerms(counted.known, all);
  const proposed = await propose(deps, time, question, rarestTerms(counted.known, all), all);
  const read = await readCases(deps, time, proposed.cases);
  const ranked = rankCases({ weights, telling }, question, read.past, deps.now());
  const byId = new Map(read.cases.map((each) => [each.id, each]));
  return {
    weights,
    telling,
    cases: ranked.flatMap(({ id, fit, score }) => {
      const found = byId.get(id);
      return found === undefined ? [] : [{ ...found, fit, score }];
    }),
    isComplete: counted.isComplete && proposed.isComplete && read.isComplete,
  };
}

/** Slices of work, and what is left for all of them. */
interface Time {
  /** When this slice ends, of `performance.now()`. */
  until(): number;
  isUp(): boolean;
  /** Ends the slice, and begins another one when others had their turn; false when all of the time is used. */
  goOn(): Promise<boolean>;
}

function createTime({ pause, patience = 1 }: FindDeps): Time {
  let begun = performance.now();
  let left = ALL_MS * patience;
  return {
    until: () => begun + SLICE_MS * patience,
    isUp: () => performance.now() > begun + SLICE_MS * patience,
    goOn: async () => {
      left -= performance.now() - begun;
      await pause();
      begun = performance.now();
      return left > 0;
    },
  };
}

interface Proposed {
  readonly cases: readonly ProposedCase[];
  readonly isComplete: boolean;
}

/** Solved cases in which messages have the heaviest terms, the heaviest and newest first. */
async function propose(deps: FindDeps, time: Time, question: Question, terms: readonly KnownTerm[], all: number): Promise<Proposed> {
  const { search } = deps;
  const cases = new Map<number, ProposedCase>();
  const seen = new Set<number>();
  for (const days of terms.length === 0 ? [] : ROUNDS) {
    const before = days === 0 ? Number.MAX_SAFE_INTEGER : keyAt(deps.now(), days);
    const lists: { readonly weight: number; readonly keys: readonly number[] }[] = [];
    let isInTime = true;
    for (const { term, having } of terms) {
      const keys = search.candidates(queryOf(term), before, MOST_OF_TERM).filter((key) => !seen.has(key));
      lists.push({ weight: inverseFrequency(having, all), keys });
      if (time.isUp()) isInTime = await time.goOn();
      if (!isInTime) break;
    }
    const keys = heaviest(lists, MOST_MESSAGES);
    for (const key of keys) seen.add(key);
    const solved = deps.read((db) => solvedCasesOf(db, keys, MOST_CASES));
    for (const each of solved) if (each.id !== question.caseKey && !cases.has(each.id)) cases.set(each.id, each);
    if (cases.size >= MOST_CASES) break;
    if (!isInTime || !(await time.goOn())) return { cases: [...cases.values()], isComplete: false };
  }
  return { cases: [...cases.values()].slice(0, MOST_CASES), isComplete: true };
}

/** The key that messages of so many days ago begin with. */
function keyAt(now: Instant, days: number): number {
  return dayOfMessage(now - days * DAY_MS) * MESSAGES_PER_DAY;
}

interface ReadCases {
  readonly cases: readonly (ProposedCase & { readonly texts: readonly string[] })[];
  readonly past: readonly PastCase<number>[];
  readonly isComplete: boolean;
}

/** At least a few are read, however little time is left. */
const FEWEST_READ = 6;

async function readCases(deps: FindDeps, time: Time, proposed: readonly ProposedCase[]): Promise<ReadCases> {
  const cases: (ProposedCase & { readonly texts: readonly string[] })[] = [];
  const past: PastCase<number>[] = [];
  let isInTime = true;
  for (const each of proposed) {
    if (!isInTime && past.length >= FEWEST_READ) return { cases, past, isComplete: false };
    const texts = deps
      .read((db) => customerTexts(db, each.id, TEXTS))
      .map(({ text }) => visibleText(text.slice(0, LONGEST_TEXT * 2)).slice(0, LONGEST_TEXT))
      .toReversed();
    cases.push({ ...each, texts });
    past.push({
      id: each.id,
      language: each.language,
      channel: each.channel,
      kinds: deps.read((db) => labelsOf(db, each.id)),
      at: each.lastMessageAt,
      words: termCounts([each.subject, ...texts].join('\n')),
    });
    if (time.isUp()) isInTime = await time.goOn();
  }
  return { cases, past, isComplete: true };
}
