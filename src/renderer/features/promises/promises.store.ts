import { create } from 'zustand';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import type { PromiseState } from '../../../shared/domain/promise/promise.ts';
import type { RangeValue } from '../../ui/date-range.ts';

export type PromisePreset = 'today' | 'week' | 'month' | 'quarter';

/** What of the ledger is looked at, and what is being said about one promise. Kept while one looks at a case in between. */
export interface PromisesState {
  readonly owner: 'me' | 'all';
  readonly state: PromiseState;
  readonly range: RangeValue<PromisePreset>;
  /** Of the open ones only those that nobody can keep. */
  readonly isInfeasibleOnly: boolean;
  readonly dialog: { readonly kind: 'keep' | 'release'; readonly row: PromiseRow } | null;
}

export const PROMISES_AT_FIRST: PromisesState = {
  owner: 'me',
  state: 'open',
  range: { preset: 'month', from: null, to: null },
  isInfeasibleOnly: false,
  dialog: null,
};

export const usePromises = create<PromisesState>()(() => PROMISES_AT_FIRST);

export function filterPromises(patch: Partial<Pick<PromisesState, 'owner' | 'state' | 'range' | 'isInfeasibleOnly'>>): void {
  usePromises.setState(patch);
}

export function askAbout(kind: 'keep' | 'release', row: PromiseRow): void {
  usePromises.setState({ dialog: { kind, row } });
}

export function closeDialog(): void {
  usePromises.setState({ dialog: null });
}
