import type { ReadDb, WriteDb } from './sql.ts';
import type { ArticleId, CaseId } from '../../../shared/domain/ids.ts';
import type { ArticleFormat, ArticlePart } from '../../../shared/domain/suggest/article.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** An article without its parts. */
export interface StoredArticle {
  readonly articleId: ArticleId;
  readonly path: string;
  readonly sha256: string;
  readonly format: ArticleFormat;
  readonly title: string;
  readonly language: string | null;
  readonly importedAt: Instant;
  readonly writtenAt: Instant | null;
  readonly removedAt: Instant | null;
}

export interface StoredPart extends ArticlePart {
  readonly id: number;
  readonly articleId: ArticleId;
  readonly position: number;
  /** Terms of it, counted with repetition. */
  readonly length: number;
}

/** A part with its terms, as it is written. */
export interface CountedPart extends ArticlePart {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

const COLUMNS =
  'article_id AS articleId, path, sha256, format, title, language, imported_at AS importedAt, written_at AS writtenAt, removed_at AS removedAt';

/** All articles that are not removed, with how many parts each has. */
export function articles(db: ReadDb): readonly (StoredArticle & { readonly parts: number })[] {
  return db.all(
    `SELECT ${COLUMNS}, (SELECT count(*) FROM article_parts p WHERE p.article_id = a.article_id) AS parts
     FROM articles a WHERE removed_at IS NULL ORDER BY title COLLATE NOCASE, path`,
  );
}

export function articleCount(db: ReadDb): number {
  return db.get<{ count: number }>('SELECT count(*) AS count FROM articles WHERE removed_at IS NULL')?.count ?? 0;
}

export function articleById(db: ReadDb, articleId: ArticleId): StoredArticle | undefined {
  return db.get<StoredArticle>(`SELECT ${COLUMNS} FROM articles WHERE article_id = @articleId`, { articleId });
}

/** The article that says just this, if there is one. */
export function articleByHash(db: ReadDb, sha256: string): StoredArticle | undefined {
  return db.get<StoredArticle>(`SELECT ${COLUMNS} FROM articles WHERE sha256 = @sha256 AND removed_at IS NULL LIMIT 1`, { sha256 });
}

const PART_COLUMNS = 'id, article_id AS articleId, position, heading, length, text';

export function partsOfArticle(db: ReadDb, articleId: ArticleId): readonly StoredPart[] {
  return db.all<StoredPart>(`SELECT ${PART_COLUMNS} FROM article_parts WHERE article_id = @articleId ORDER BY position`, { articleId });
}

export function partsById(db: ReadDb, ids: readonly number[]): readonly StoredPart[] {
  return db.all<StoredPart>(`SELECT ${PART_COLUMNS} FROM article_parts WHERE id IN (SELECT value FROM json_each(@ids))`, {
    ids: JSON.stringify(ids),
  });
}

/** In how many parts each of these terms stands; terms that no part has are missing. */
export function partsWithTerms(db: ReadDb, terms: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    db
      .all<{ term: string; parts: number }>(
        'SELECT j.value AS term, count(*) AS parts FROM json_each(@terms) j CROSS JOIN article_terms t ON t.term = j.value GROUP BY j.value',
        { terms: JSON.stringify(terms) },
      )
      .map(({ term, parts }) => [term, parts]),
  );
}

/** Where a term stands, at most `limit` parts: how often, and how long the part is. */
export function partsOfTerm(
  db: ReadDb,
  term: string,
  limit: number,
): readonly { readonly partId: number; readonly times: number; readonly length: number }[] {
  return db.all(
    `SELECT t.part_id AS partId, t.times, p.length FROM article_terms t CROSS JOIN article_parts p ON p.id = t.part_id
     WHERE t.term = @term LIMIT @limit`,
    { term, limit },
  );
}

export function partCount(db: ReadDb): number {
  return db.get<{ count: number }>('SELECT count(*) AS count FROM article_parts')?.count ?? 0;
}

/** Writes an article in the place of what has its id. */
export function writeArticle(db: WriteDb, article: StoredArticle, parts: readonly CountedPart[]): void {
  deleteParts(db, article.articleId);
  db.run(
    `INSERT INTO articles(article_id, path, sha256, format, title, language, imported_at, written_at, removed_at)
     VALUES(@articleId, @path, @sha256, @format, @title, @language, @importedAt, @writtenAt, @removedAt)
     ON CONFLICT(article_id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256, format = excluded.format, title = excluded.title,
       language = excluded.language, imported_at = excluded.imported_at, written_at = excluded.written_at, removed_at = excluded.removed_at`,
    { ...article },
  );
  for (const [position, { heading, text, length, counts }] of parts.entries()) {
    db.run(
      'INSERT INTO article_parts(article_id, position, heading, length, text) VALUES(@articleId, @position, @heading, @length, @text)',
      { articleId: article.articleId, position, heading, length, text },
    );
    const id = db.get<{ id: number }>('SELECT id FROM article_parts WHERE article_id = @articleId AND position = @position', {
      articleId: article.articleId,
      position,
    })?.id;
    if (id !== undefined) addTerms(db, id, counts);
  }
}

export function addTerms(db: WriteDb, partId: number, counts: ReadonlyMap<string, number>): void {
  db.run('INSERT OR REPLACE INTO article_terms(term, part_id, times) SELECT value ->> 0, @partId, value ->> 1 FROM json_each(@counts)', {
    partId,
    counts: JSON.stringify([...counts]),
  });
}

function deleteTerms(db: WriteDb, articleId: ArticleId): void {
  db.run('DELETE FROM article_terms WHERE part_id IN (SELECT id FROM article_parts WHERE article_id = @articleId)', { articleId });
}

function deleteParts(db: WriteDb, articleId: ArticleId): void {
  deleteTerms(db, articleId);
  db.run('DELETE FROM article_parts WHERE article_id = @articleId', { articleId });
}

/** It is found no more; its parts stay for a while. */
export function markArticleRemoved(db: WriteDb, articleId: ArticleId, at: Instant): void {
  const changed = db.run('UPDATE articles SET removed_at = @at WHERE article_id = @articleId AND removed_at IS NULL', { articleId, at });
  if (changed > 0) deleteTerms(db, articleId);
}

/** False when it is gone for good, or was not removed. Its terms have to be added again. */
export function unmarkArticleRemoved(db: WriteDb, articleId: ArticleId): boolean {
  return db.run('UPDATE articles SET removed_at = NULL WHERE article_id = @articleId AND removed_at IS NOT NULL', { articleId }) > 0;
}

/** It moved: the same words from another path. */
export function deleteArticle(db: WriteDb, articleId: ArticleId): void {
  deleteParts(db, articleId);
  db.run('DELETE FROM articles WHERE article_id = @articleId', { articleId });
}

/** Forgets for good what was removed before. */
export function forgetRemoved(db: WriteDb, before: Instant): void {
  const gone = db.all<{ articleId: ArticleId }>('SELECT article_id AS articleId FROM articles WHERE removed_at < @before', { before });
  for (const { articleId } of gone) deleteArticle(db, articleId);
}

export function hiddenSuggestions(db: ReadDb, caseId: CaseId): ReadonlySet<string> {
  return new Set(
    db.all<{ source: string }>('SELECT source FROM hidden_suggestions WHERE case_uid = @caseId', { caseId }).map(({ source }) => source),
  );
}

export function hideSuggestion(db: WriteDb, caseId: CaseId, source: string, at: Instant): void {
  db.run('INSERT INTO hidden_suggestions(case_uid, source, hidden_at) VALUES(@caseId, @source, @at) ON CONFLICT DO NOTHING', {
    caseId,
    source,
    at,
  });
}

/** `source` null: all of the case. */
export function showSuggestion(db: WriteDb, caseId: CaseId, source: string | null): void {
  db.run('DELETE FROM hidden_suggestions WHERE case_uid = @caseId AND (@source IS NULL OR source = @source)', { caseId, source });
}
