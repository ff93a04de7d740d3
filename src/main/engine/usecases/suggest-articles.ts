import { createHash } from 'node:crypto';
import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { privateMacros, teamMacros } from '../store/macros.store.ts';
import {
  addTerms,
  articleByHash,
  articleById,
  articleCount,
  articles,
  deleteArticle,
  forgetRemoved,
  markArticleRemoved,
  partsById,
  partsOfArticle,
  unmarkArticleRemoved,
  writeArticle,
} from '../store/knowledge.store.ts';
import type { CountedPart, StoredArticle } from '../store/knowledge.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { articleIdFor } from '../identity.ts';
import { articleText } from '../interchange/article-text.ts';
import { playbookAnswers } from './suggest-playbooks.ts';
import type { PlaybookBook } from '../../../shared/domain/bot/playbook.ts';
import { bestParts, partWeights } from './suggest-parts.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { Article, ArticleRow, ImportedArticles, KnowledgeView } from '../../../shared/contract/suggest.contract.ts';
import type { ArticleId, OperationId } from '../../../shared/domain/ids.ts';
import { detectLanguage } from '../../../shared/domain/language.ts';
import { hasWords } from '../../../shared/domain/macro/macro.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { foldText } from '../../../shared/domain/search-fold.ts';
import { articleOf, formatOfPath, isBinary, MAX_ARTICLES, nameOfPath } from '../../../shared/domain/suggest/article.ts';
import type { ArticleRefusal, ReadArticle } from '../../../shared/domain/suggest/article.ts';
import { termCounts } from '../../../shared/domain/suggest/terms.ts';
import { DAY_MS, instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What was removed can come back for so long. */
const KEPT_MS = DAY_MS;
/** Characters around a find. */
const SHOWN = 180;

interface ArticleFile {
  readonly path: string;
  readonly text: string;
  readonly writtenAt: Instant | null;
}

/** Takes files in as articles, each by its path. A file that can not be read is named with the reason, and does not stop the others. */
export function importArticles(
  context: UseCaseContext,
  { opId, files }: { readonly opId: OperationId; readonly files: readonly ArticleFile[] },
): Result<ImportedArticles, CallError> {
  return once(context, opId, 'knowledge.import', (tx) => {
    const now = context.clock.now();
    forgetRemoved(tx, instant(now - KEPT_MS));
    const tally = { added: 0, updated: 0, unchanged: 0 };
    const refused: { readonly path: string; readonly code: ArticleRefusal }[] = [];
    const paths = new Set(files.map(({ path }) => path));
    for (const file of files) {
      const outcome = importOne(tx, file, now, paths);
      if (outcome === 'added' || outcome === 'updated' || outcome === 'unchanged') tally[outcome] += 1;
      else refused.push({ path: file.path, code: outcome });
    }
    return { value: { ...tally, refused } };
  });
}

type Imported = 'added' | 'updated' | 'unchanged';

function importOne(tx: WriteDb, file: ArticleFile, now: Instant, paths: ReadonlySet<string>): Imported | ArticleRefusal {
  const path = file.path.replaceAll('\\', '/').normalize('NFC');
  const format = formatOfPath(path);
  if (format === null) return 'unknown-format';
  if (isBinary(file.text)) return 'not-text';
  const articleId = articleIdFor(path);
  const sha256 = createHash('sha256').update(file.text).digest('hex');
  const known = articleById(tx, articleId);
  const isThere = known !== undefined && known.removedAt === null;
  if (isThere && known.sha256 === sha256) return 'unchanged';
  const read = articleOf(articleText(file.text, format), nameOfPath(path));
  if (read.parts.length === 0) return 'empty';
  const moved = isThere ? undefined : articleByHash(tx, sha256);
  // two files of one import may say the same
  const hasMoved = moved !== undefined && !paths.has(moved.path);
  if (!isThere && !hasMoved && articleCount(tx) >= MAX_ARTICLES) return 'too-many';
  if (hasMoved) deleteArticle(tx, moved.articleId);
  const text = read.parts.map((part) => part.text).join('\n');
  writeArticle(
    tx,
    {
      articleId,
      path,
      sha256,
      format,
      title: read.title === '' ? path : read.title,
      language: detectLanguage(`${read.title}\n${text}`),
      importedAt: now,
      writtenAt: file.writtenAt,
      removedAt: null,
    },
    countedParts(read),
  );
  return isThere || hasMoved ? 'updated' : 'added';
}

/** A part is found by the title of its article and by its heading as well. */
function countedParts({ title, parts }: ReadArticle): readonly CountedPart[] {
  return parts.map((part) => ({ ...part, ...termCounts(`${title}\n${part.heading}\n${part.text}`) }));
}

export function removeArticles(
  context: UseCaseContext,
  { opId, articleIds }: { readonly opId: OperationId; readonly articleIds: readonly ArticleId[] },
): Result<null, CallError> {
  return once(context, opId, 'knowledge.remove', (tx) => {
    const now = context.clock.now();
    forgetRemoved(tx, instant(now - KEPT_MS));
    for (const articleId of articleIds) markArticleRemoved(tx, articleId, now);
    return { value: null };
  });
}

/** Throws a CommandFailure (`nothing-to-undo`) when none of them can come back. */
export function restoreArticles(
  context: UseCaseContext,
  { opId, articleIds }: { readonly opId: OperationId; readonly articleIds: readonly ArticleId[] },
): Result<null, CallError> {
  return once(context, opId, 'knowledge.restore', (tx) => {
    const back = articleIds.filter((articleId) => unmarkArticleRemoved(tx, articleId));
    if (back.length === 0) throw new CommandFailure('nothing-to-undo');
    for (const articleId of back) {
      const title = articleById(tx, articleId)?.title ?? '';
      for (const { id, heading, text } of partsOfArticle(tx, articleId))
        addTerms(tx, id, termCounts(`${title}\n${heading}\n${text}`).counts);
    }
    return { value: null };
  });
}

export function articleView(db: ReadDb, articleId: ArticleId): Article | null {
  const found = articleById(db, articleId);
  if (found === undefined || found.removedAt !== null) return null;
  const { title, path, language, importedAt, writtenAt } = found;
  const parts = partsOfArticle(db, articleId).map(({ position, heading, text }) => ({ position, heading, text }));
  return { articleId, title, path, language, importedAt, writtenAt, parts };
}

/** All articles by title, or those in which a text is found, best first: by title and path as one reads them, and by words (BM25). */
export function knowledgeView(db: ReadDb, playbooks: PlaybookBook, text: string): KnowledgeView {
  const all = articles(db);
  const base = {
    total: all.length,
    macros: [...privateMacros(db), ...teamMacros(db).map(({ macro }) => macro)].filter(hasWords).length,
    playbookSteps: playbookAnswers(playbooks).length,
  };
  const wanted = foldText(text).trim();
  if (wanted === '') return { ...base, articles: all.map((article) => rowOf(article, null)) };
  const best = new Map<ArticleId, { readonly score: number; readonly partId: number }>();
  for (const { partId, articleId, score } of bestParts(db, partWeights(db, [...termCounts(text).counts.keys()]), MOST_FOUND))
    if (!best.has(articleId)) best.set(articleId, { score, partId });
  const parts = new Map(
    partsById(
      db,
      [...best.values()].map(({ partId }) => partId),
    ).map((part) => [part.articleId, part]),
  );
  const isNamed = ({ title, path }: StoredArticle): boolean => foldText(`${title}\n${path}`).includes(wanted);
  return {
    ...base,
    articles: all
      .filter((article) => best.has(article.articleId) || isNamed(article))
      .toSorted((one, other) => Number(isNamed(other)) - Number(isNamed(one)) || scoreOf(best, other) - scoreOf(best, one))
      .map((article) => {
        const part = parts.get(article.articleId);
        return rowOf(
          article,
          part === undefined ? null : { position: part.position, heading: part.heading, text: around(part.text, text) },
        );
      }),
  };
}

const MOST_FOUND = 200;

function scoreOf(best: ReadonlyMap<ArticleId, { readonly score: number }>, { articleId }: StoredArticle): number {
  return best.get(articleId)?.score ?? 0;
}

function rowOf(article: StoredArticle & { readonly parts: number }, found: ArticleRow['found']): ArticleRow {
  const { articleId, title, path, format, language, importedAt, writtenAt, parts } = article;
  return { articleId, title, path, format, language, importedAt, writtenAt, parts, found };
}

/** A line of text around the first word that was looked for. */
function around(text: string, wanted: string): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  const small = line.toLowerCase();
  const places = [...termCounts(wanted).counts.keys()].map((term) => small.indexOf(term)).filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...(places.length === 0 ? [0] : places)) - 40);
  return `${from > 0 ? '…' : ''}${line.slice(from, from + SHOWN)}${from + SHOWN < line.length ? '…' : ''}`;
}
