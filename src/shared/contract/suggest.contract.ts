import { z } from 'zod';
import { command, query } from './define.ts';
import { articleId, caseId, instantSchema, operationId } from './schemas.ts';
import type { AgentId, ArticleId, CaseId, MacroId, MessageId } from '../domain/ids.ts';
import type { MacroAction } from '../domain/macro/macro.ts';
import type { Channel } from '../domain/message.ts';
import { MAX_ARTICLE_FILE, MAX_ARTICLE_PATH } from '../domain/suggest/article.ts';
import type { ArticleFormat, ArticleRefusal } from '../domain/suggest/article.ts';
import type { Instant } from '../domain/time.ts';

/** Where a suggested answer is from. */
export type SuggestionSource =
  | {
      readonly kind: 'case';
      readonly caseId: CaseId;
      readonly messageId: MessageId;
      readonly subject: string;
      /** Who answered; null when it was written in another program. */
      readonly agentId: AgentId | null;
      readonly at: Instant;
      /** In how many of the similar cases this was answered. */
      readonly times: number;
    }
  | {
      readonly kind: 'macro';
      readonly macroId: MacroId;
      readonly name: string;
      readonly isTeam: boolean;
      /** What it does with the reply. */
      readonly actions: readonly MacroAction[];
    }
  | { readonly kind: 'playbook'; readonly playbook: string; readonly step: string; readonly name: string }
  | {
      readonly kind: 'article';
      readonly articleId: ArticleId;
      readonly position: number;
      readonly title: string;
      readonly heading: string;
    };

export interface Suggestion {
  /** Names the source; by it a suggestion is hidden. */
  readonly key: string;
  readonly source: SuggestionSource;
  /** Of the text, BCP 47; null when unknown. */
  readonly language: string | null;
  /** The customer writes another language. */
  readonly isOtherLanguage: boolean;
  /** Ready to be put into a reply; a reply with a gap in it (`gapsIn`) does not leave. */
  readonly text: string;
  readonly gaps: readonly string[];
  /** How much of what the customer says it is about, from 0 to 1. */
  readonly fit: number;
}

/** A solved case in which a customer said much the same. */
export interface SimilarCase {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly contactName: string;
  readonly channel: Channel;
  readonly language: string | null;
  readonly lastMessageAt: Instant;
  /** What the customer asked, the begin of it. */
  readonly question: string;
  /** What was answered, the begin of it; null when nobody did. */
  readonly answer: string | null;
  readonly answeredBy: AgentId | null;
  readonly answeredAt: Instant | null;
  readonly fit: number;
}

export interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  readonly similar: readonly SimilarCase[];
  /** How many are not shown because somebody did not find them helpful here. */
  readonly hidden: number;
  /** False when time was up before everything was looked at. */
  readonly isComplete: boolean;
  /** Messages that the index does not know yet. */
  readonly notIndexed: number;
}

export interface ArticleRow {
  readonly articleId: ArticleId;
  readonly title: string;
  /** Where it was imported from, below the folder that was chosen. */
  readonly path: string;
  readonly format: ArticleFormat;
  readonly language: string | null;
  readonly importedAt: Instant;
  /** When its file was last changed; null when that is not known. */
  readonly writtenAt: Instant | null;
  readonly parts: number;
  /** Where a search found something: the heading and some text around it, else null. */
  readonly found: { readonly position: number; readonly heading: string; readonly text: string } | null;
}

export interface KnowledgeView {
  readonly articles: readonly ArticleRow[];
  /** How many articles there are, found or not. */
  readonly total: number;
  /** What suggestions draw on besides: macros with words, and steps of playbooks that say something. */
  readonly macros: number;
  readonly playbookSteps: number;
}

export interface Article {
  readonly articleId: ArticleId;
  readonly title: string;
  readonly path: string;
  readonly language: string | null;
  readonly importedAt: Instant;
  readonly writtenAt: Instant | null;
  readonly parts: readonly { readonly position: number; readonly heading: string; readonly text: string }[];
}

export interface ImportedArticles {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly path: string; readonly code: ArticleRefusal }[];
}

export const suggestContract = {
  /**
   * What may answer a case, best first: from similar solved cases, macros, playbooks and articles. Looked for anew when it is asked or something about it
   * changes (`asOf`: the newest message that the asker knows); nothing is sent by itself, and nothing leaves this computer.
   */
  'suggest.forCase': query<Suggestions>()(z.strictObject({ caseId, asOf: instantSchema.nullable() })),
  /** Is not shown for this case again. */
  'suggest.hide': command<null>()(z.strictObject({ opId: operationId, caseId, key: z.string().min(1).max(200) })),
  /** Takes `suggest.hide` back; of null all of a case. */
  'suggest.show': command<null>()(z.strictObject({ opId: operationId, caseId, key: z.string().min(1).max(200).nullable() })),
  /** The articles of this computer; those in which a text is found, best first, or all by title. */
  'knowledge.list': query<KnowledgeView>()(z.strictObject({ text: z.string().max(500) })),
  /** Null when it was removed. */
  'knowledge.article': query<Article | null>()(z.strictObject({ articleId })),
  /** Takes files in. One from the same path replaces what was there; one that says the same from another path has moved. */
  'knowledge.import': command<ImportedArticles>()(
    z.strictObject({
      opId: operationId,
      files: z
        .array(
          z.strictObject({
            path: z.string().min(1).max(MAX_ARTICLE_PATH),
            text: z.string().max(MAX_ARTICLE_FILE),
            writtenAt: instantSchema.nullable(),
          }),
        )
        .min(1)
        .max(50)
        .readonly(),
    }),
    ['too-many'],
  ),
  'knowledge.remove': command<null>()(z.strictObject({ opId: operationId, articleIds: z.array(articleId).min(1).max(5_000).readonly() })),
  /** Brings removed ones back, for a day. */
  'knowledge.restore': command<null>()(z.strictObject({ opId: operationId, articleIds: z.array(articleId).min(1).max(5_000).readonly() })),
};
