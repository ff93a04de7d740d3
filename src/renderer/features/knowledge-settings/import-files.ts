import { useState } from 'react';
import type { ImportedArticles } from '../../../shared/contract/suggest.contract.ts';
import { formatOfPath, MAX_ARTICLE_FILE, MAX_ARTICLE_PATH } from '../../../shared/domain/suggest/article.ts';
import type { ArticleRefusal } from '../../../shared/domain/suggest/article.ts';
import { instant } from '../../../shared/domain/time.ts';
import { call, newOperationId } from '../../bridge/client.ts';

/** Files that travel together: a folder of thousands must not be one message, and others have their turn in between. */
const BATCH_FILES = 20;
const BATCH_CHARACTERS = 1_000_000;

export type Refusal = ArticleRefusal | 'unreadable';

export interface ImportOutcome {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly { readonly path: string; readonly code: Refusal }[];
}

export type ImportState =
  | { readonly state: 'idle' }
  | { readonly state: 'busy'; readonly done: number; readonly count: number }
  | { readonly state: 'done'; readonly outcome: ImportOutcome }
  | { readonly state: 'nothing' }
  | { readonly state: 'failed'; readonly code: string };

/** A file that was chosen, with its place below the folder. */
export interface ChosenFile {
  readonly path: string;
  readonly file: File;
}

export function chosenFiles(files: Iterable<File>): readonly ChosenFile[] {
  return [...files].map((file) => ({
    path: (file.webkitRelativePath === '' ? file.name : file.webkitRelativePath).slice(-MAX_ARTICLE_PATH),
    file,
  }));
}

type Batch = Parameters<typeof call<'knowledge.import'>>[1]['files'][number];

/** Imports files one batch after the other. Of a folder (`isFolder`) what is no article is passed over without a word. */
export function useImport(): {
  readonly state: ImportState;
  readonly run: (chosen: readonly ChosenFile[], isFolder: boolean) => Promise<void>;
} {
  const [state, setState] = useState<ImportState>({ state: 'idle' });
  const run = async (chosen: readonly ChosenFile[], isFolder: boolean): Promise<void> => {
    const files = isFolder ? chosen.filter(({ path }) => formatOfPath(path) !== null && !isHidden(path)) : chosen;
    if (files.length === 0) return setState({ state: 'nothing' });
    let outcome: ImportOutcome = { added: 0, updated: 0, unchanged: 0, refused: [] };
    let batch: Batch[] = [];
    let size = 0;
    const send = async (): Promise<string | null> => {
      if (batch.length === 0) return null;
      const answer = await call('knowledge.import', { opId: newOperationId(), files: batch });
      batch = [];
      size = 0;
      if (!answer.ok) return answer.error.code;
      outcome = sum(outcome, answer.value);
      return null;
    };
    for (const [index, { path, file }] of files.entries()) {
      setState({ state: 'busy', done: index, count: files.length });
      const text = file.size > MAX_ARTICLE_FILE * 4 ? 'too-large' : await read(file);
      if (typeof text === 'string') outcome = { ...outcome, refused: [...outcome.refused, { path, code: text }] };
      else {
        batch.push({ path, text: text.text, writtenAt: file.lastModified > FIRST_YEAR ? instant(file.lastModified) : null });
        size += text.text.length;
      }
      const isFull = batch.length >= BATCH_FILES || size >= BATCH_CHARACTERS;
      const code = isFull || index === files.length - 1 ? await send() : null;
      if (code !== null) return setState({ state: 'failed', code });
    }
    return setState({ state: 'done', outcome });
  };
  return { state, run };
}

/** Dates before it are none: some archives know no time. */
const FIRST_YEAR = Date.UTC(2000, 0, 2);

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === 'node_modules');
}

async function read(file: File): Promise<{ readonly text: string } | Refusal> {
  try {
    const text = await file.text();
    return text.length > MAX_ARTICLE_FILE ? 'too-large' : { text };
  } catch {
    return 'unreadable';
  }
}

function sum(one: ImportOutcome, other: ImportedArticles): ImportOutcome {
  return {
    added: one.added + other.added,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    refused: [...one.refused, ...other.refused],
  };
}
