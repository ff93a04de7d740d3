import { asObject, objectAt, numberAt, parseJson, textAt } from '../json-reading.ts';
import { readSpent } from './x-spending.ts';
import type { SpentState } from './x-spending.ts';

/**
 * How far a timeline was read. It is answered from the newest on, so that while more pages are to come there is a hole: `top` is where
 * it begins, `next` how to go on in it (an id or a token), `since` where it ends.
 */
export interface TimelineMark {
  readonly since: string | null;
  readonly top: string | null;
  readonly next: string | null;
  /** How many were taken in the hole. */
  readonly done: number;
}

export interface XCursor {
  readonly posts: TimelineMark;
  readonly directs: TimelineMark;
  readonly spent: SpentState | null;
}

const NOTHING: TimelineMark = { since: null, top: null, next: null, done: 0 };
export const X_BEGINNING: XCursor = { posts: NOTHING, directs: NOTHING, spent: null };

export function parseXCursor(text: string | null): XCursor {
  const value = text === null ? null : asObject(parseJson(Buffer.from(text)));
  if (value === null || value['v'] !== 1) return X_BEGINNING;
  const mark = (key: string): TimelineMark => {
    const each = objectAt(value, key);
    return { since: textAt(each, 'since'), top: textAt(each, 'top'), next: textAt(each, 'next'), done: numberAt(each, 'done') ?? 0 };
  };
  return { posts: mark('posts'), directs: mark('directs'), spent: readSpent(value['spent']) };
}

export function formatXCursor({ posts, directs, spent }: XCursor): string {
  return JSON.stringify({ v: 1, posts, directs, ...(spent === null ? {} : { spent }) });
}
