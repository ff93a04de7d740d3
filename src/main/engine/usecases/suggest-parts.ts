import { partCount, partsById, partsOfTerm, partsWithTerms } from '../store/knowledge.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { ArticleId } from '../../../shared/domain/ids.ts';
import { inverseFrequency, termScore } from '../../../shared/domain/suggest/bm25.ts';

/** Parts looked at for one term; of a term that more have the first ones. */
const MOST_OF_TERM = 2_000;
/** Terms of a usual part. */
export const USUAL_PART_LENGTH = 120;

export interface FoundPart {
  readonly partId: number;
  readonly articleId: ArticleId;
  readonly score: number;
}

/** What terms weigh among the articles alone; those that no article has are missing. */
export function partWeights(db: ReadDb, terms: readonly string[]): ReadonlyMap<string, number> {
  const all = partCount(db);
  return new Map([...partsWithTerms(db, terms)].map(([term, having]) => [term, inverseFrequency(having, all)]));
}

/** The parts of articles that fit weighted terms best (BM25), best first, at most `limit`. */
export function bestParts(db: ReadDb, weights: ReadonlyMap<string, number>, limit: number): readonly FoundPart[] {
  const scores = new Map<number, number>();
  for (const [term, weight] of weights)
    for (const { partId, times, length } of partsOfTerm(db, term, MOST_OF_TERM))
      scores.set(partId, (scores.get(partId) ?? 0) + termScore(weight, times, length, USUAL_PART_LENGTH));
  const best = [...scores].toSorted((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, limit);
  const parts = new Map(
    partsById(
      db,
      best.map(([id]) => id),
    ).map((part) => [part.id, part]),
  );
  return best.flatMap(([partId, score]) => {
    const articleId = parts.get(partId)?.articleId;
    return articleId === undefined ? [] : [{ partId, articleId, score }];
  });
}
