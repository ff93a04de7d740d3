import { create } from 'zustand';
import type { Input } from '../../../../shared/contract/contract.ts';
import type { SearchHit, SearchResult, SearchScope } from '../../../../shared/contract/cases.contract.ts';
import { call } from '../../../bridge/client.ts';

/** What the engine was asked, without where it goes on. */
export type SearchQuestion = Omit<Input<'cases.search'>, 'before' | 'limit'>;

export interface Further {
  /** The question that older messages are searched for; null while nothing is searched. */
  readonly key: string | null;
  /** Found beyond the first answer, in the order in which it was found; some may be in the first answer by now. */
  readonly hits: readonly SearchHit[];
  /** How far it came; null before the first step. */
  readonly scope: SearchScope | null;
  readonly state: 'idle' | 'running' | 'failed';
}

const IDLE: Further = { key: null, hits: [], scope: null, state: 'idle' };
/** Enough to look at before one asks for more. */
const STOP_AFTER_HITS = 100;
const STEP_LIMIT = 200;

export const useFurther = create<Further>(() => IDLE);

/** What the list shows: where going on begins. */
let shown: { readonly key: string; readonly question: SearchQuestion; readonly scope: SearchScope } | null = null;
/** Grows with each run, so that one that was cancelled notices. */
let runs = 0;

export function keyOfQuestion(question: SearchQuestion): string {
  return JSON.stringify([question.text, question.order ?? 'best', question.filter ?? null]);
}

/** The list has an answer, or none any more. Another question ends what goes on for the one before. */
export function showAnswer(question: SearchQuestion | null, result: SearchResult | null): void {
  const key = question === null ? null : keyOfQuestion(question);
  shown = question === null || key === null || result === null ? null : { key, question, scope: result.scope };
  if (useFurther.getState().key !== null && useFurther.getState().key !== key) stopAndForget();
}

function stopAndForget(): void {
  runs += 1;
  useFurther.setState(IDLE, true);
}

export function stopFurther(): void {
  runs += 1;
  if (useFurther.getState().state === 'running') useFurther.setState({ state: 'idle' });
}

/** Whether there is something older to look through. */
export function canSearchFurther(): boolean {
  const { key, scope, state } = useFurther.getState();
  return shown !== null && state !== 'running' && ((key === shown.key ? scope : null) ?? shown.scope).next !== null;
}

/** Looks through older messages, step by step, until all are looked through, there is enough to look at, or somebody stops it. */
export async function searchFurther(): Promise<void> {
  if (shown === null || !canSearchFurther()) return;
  const { key, question, scope } = shown;
  const known = useFurther.getState();
  const begun = known.key === key ? known : { ...IDLE, key };
  runs += 1;
  const run = runs;
  let before = (begun.scope ?? scope).next;
  let hits = begun.hits;
  const enough = hits.length + STOP_AFTER_HITS;
  useFurther.setState({ ...begun, state: 'running' }, true);
  while (before !== null && hits.length < enough) {
    const answer = await call('cases.search', { ...question, limit: STEP_LIMIT, before });
    if (run !== runs) return;
    if (!answer.ok) {
      useFurther.setState({ state: 'failed' });
      return;
    }
    const seen = new Set(hits.map((hit) => hit.row.caseId));
    hits = [...hits, ...answer.value.hits.filter((hit) => !seen.has(hit.row.caseId))];
    before = answer.value.scope.next;
    useFurther.setState({ hits, scope: answer.value.scope });
  }
  useFurther.setState({ state: 'idle' });
}
